"""Examples of every stored fact, made from its annotations; and wrong ones."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.streams import Kind, stream_name
from ledger.envelope import Recorded, event_id

#: The greatest integer that every reader of JSON reads exactly (RFC 8259, section 6).
GREATEST = 2**53 - 1
TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-GREATEST, GREATEST),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    type(None): st.none(),
}
#: JSON that is no value of a plain type. A number in text is no date, whatever some readers say.
NEVER = ["1.5", "NaN", '{"_type_":"uuid_hex","_data_":"00"}', "{}", "[]"]
WRONG = {
    str: [*NEVER, "1", "true", '["一"]', "null"],
    int: [*NEVER, '"1"', "1.0", "1e2", "true", "null"],
    bool: [*NEVER, '"true"', "0", "null"],
    date: [*NEVER, "1", '"昨天"', '"2021-02-30"', '"2021-4-1"', '"2021-04-01T00:00:00"', "null"],
    datetime: [*NEVER, "1", '"2021-04-01"', '"昨天"', "null"],
    tuple: ["1", "{}", '"一"', "[1]", "null"],
    dict: ["1", '"一"', "[]", "null", "{}"],
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that an annotation allows, small ones first."""
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint):
        return facts(hint)
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2).map(tuple)
    return st.one_of(*map(values, get_args(hint)))


def facts(cls: Any) -> st.SearchStrategy[Any]:
    """Facts of a type, allowed or not: what is stored is read back whatever it says."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{each.name: values(hints[each.name]) for each in fields(cls)})


def entries(name: str, cls: Any) -> st.SearchStrategy[Recorded[Any]]:
    """Recorded facts of a type at some place of the ledger."""
    stream = st.builds(stream_name, st.sampled_from(Kind), TEXT)
    return st.tuples(stream, st.integers(1, GREATEST)).flatmap(
        lambda place: st.builds(
            Recorded,
            actor=TEXT,
            causation_id=st.none() | TEXT,
            command_id=TEXT,
            correlation_id=TEXT,
            data=facts(cls),
            event_id=st.just(event_id(*place)),
            occurred_on=st.dates(),
            recorded_at=PLAIN[datetime],
            registered_on=st.dates(),
            stream=st.just(place[0]),
            type=st.just(name),
            version=st.just(place[1]),
        )
    )


def paths(hint: Any, *outer: str | int) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Where the values of a fact are in its JSON, each with its annotation."""
    if not is_dataclass(hint):
        return
    hints = get_type_hints(hint)
    for each in fields(hint):  # type: ignore[arg-type]  # a dataclass, by the line above
        inner = hints[each.name]
        yield (*outer, each.name), inner
        yield from paths(inner, *outer, each.name)
        if get_origin(inner) is tuple:
            yield from paths(get_args(inner)[0], *outer, each.name, 0)


def wrong_json(hint: Any) -> Iterator[str]:
    """JSON texts that are no value of the annotation."""
    alternatives = get_args(hint) if get_origin(hint) is not tuple else ()
    plain = next(each for each in alternatives or (hint,) if each is not type(None))
    kind = dict if is_dataclass(plain) else get_origin(plain) or plain
    numbers = kind is tuple and get_args(plain)[:1] == (int,)
    for text in (each.replace("[1]", '["一"]') if numbers else each for each in WRONG[kind]):
        if text != "null" or type(None) not in alternatives:
            yield text
