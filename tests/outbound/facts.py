"""One recorded fact of every type, all that it may say of persons recognisable."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import stream_name
from ledger.application import Followed
from ledger.envelope import Recorded, event_id
from ledger.mapper import LedgerMapper
from tests.ledger.office import MONDAY

#: In Chinese and in ASCII: what might be escaped or encoded is found either way.
SECRET = "张三secret-4401"
ACTOR = "经办人李四actor-5502"


def filled(cls: Any) -> Any:
    """A fact that says everything it may, each personal text a secret."""
    hints, index = get_type_hints(cls), field_index(cls)
    return cls(
        **{
            each.name: _value(hints[each.name], SECRET if each.name in index.personal else "词")
            for each in fields(cls)
        }
    )


def _value(hint: Any, text: str) -> Any:
    if get_origin(hint) is tuple:
        return (_value(get_args(hint)[0], text),) * 2
    if is_dataclass(hint):
        return filled(hint)
    known = {str: text, int: 7, bool: True, date: date(2026, 1, 5)}
    return known[hint] if hint in known else _value(get_args(hint)[0], text)


def every_fact(mapper: LedgerMapper) -> Iterator[Followed]:
    """Each as a follower of a ledger with that mapper is told it."""
    facts = [(kind, name) for kind, each in CONCEPTS.items() for name in each.facts]
    for position, (kind, name) in enumerate(facts, start=1):
        stream = stream_name(kind, "N-1")
        recorded = Recorded(
            actor=ACTOR,
            causation_id=None,
            command_id=ACTOR,
            correlation_id=ACTOR,
            data=filled(CONCEPTS[kind].facts[name]),
            event_id=event_id(stream, position),
            occurred_on=date(2026, 1, 4),
            recorded_at=MONDAY,
            registered_on=date(2026, 1, 5),
            stream=stream,
            type=name,
            version=position,
        )
        yield position, mapper.plain(name, mapper.entry(recorded))
