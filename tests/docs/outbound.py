"""The published messages that go out, made from the concepts of the domain and their facts.

``python -m tests.docs.outbound`` writes docs/messages/out: a JSON Schema a type of fact, the
AsyncAPI document and the page that people read. It refuses to write a schema that says less than
the one that is there: what readers were told once, they are told for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_origin, get_type_hints

import orjson
import yaml

from consumers.outbound.messages import POSITIONS, TYPES, topic_of
from domain.concept import Concept
from domain.concepts import CONCEPTS, STORED_NAMES
from domain.fields import field_index
from domain.streams import TITLES
from ledger.masking import MASK
from tests.docs import messages
from tests.docs.additive import withdrawn

FOLDER = messages.FOLDER / "out"
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}
_TEXT = {"type": "string", "minLength": 1}
_HEADERS = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": _TEXT | {"description": "流标识/版本；同一事实永远相同，据此去重"},
    "ce_source": _TEXT | {"description": "发布的台账"},
    "ce_type": _TEXT | {"description": "事实的类型"},
    "ce_subject": _TEXT | {"description": "流：种类:编号"},
    "ce_time": {"type": "string", "format": "date-time", "description": "台账记录的时刻"},
    "ce_position": _TEXT | {"description": "台账位置，只增不减，可能有间断"},
    "ce_streamversion": _TEXT | {"description": "在流中的版本，从 1 起"},
    "ce_occurredon": {"type": "string", "format": "date", "description": "事实日期"},
    "ce_registeredon": {"type": "string", "format": "date", "description": "登记日期"},
    "content-type": {"type": "string", "const": "application/json"},
}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of what a type of fact says."""
    head = {
        "$schema": messages._DIALECT,
        "$id": f"urn:supervision-ledger:message:ledger.{name}",
    }
    said = {"title": title_of(name), "description": _sentence(name)}
    return head | said | _record(STORED_NAMES[name])


def title_of(name: str) -> str:
    """The official name of a type of fact."""
    found = re.match(r"[^\x00-\x7f]+", _sentence(name))
    return found[0] if found is not None else _sentence(name)


def _sentence(name: str) -> str:
    """What a type of fact is, in the words of the domain."""
    return (STORED_NAMES[name].__doc__ or "").splitlines()[0].rstrip(".。")


def _record(cls: Any) -> dict[str, Any]:
    hints, index = get_type_hints(cls), field_index(cls)
    said = {f: f"{TITLES[kind]}编号或代码" for f, kind in index.references}
    said |= {f: f"术语表 {table}" for f, table in index.codes}
    said |= dict.fromkeys(index.personal, "个人信息，不对外说明")
    told = {}
    for each in fields(cls):
        schema = _value(hints[each.name], hidden=each.name in index.personal)
        told[each.name] = schema | ({"description": said[each.name]} if each.name in said else {})
    return {
        "type": "object",
        "properties": told,
        "required": list(told),
        "additionalProperties": True,
    }


def _value(hint: Any, *, hidden: bool) -> dict[str, Any]:
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], hidden=hidden)}
    if is_dataclass(hint):
        return _record(hint)
    if hint is str and hidden:
        return {"type": "string", "const": MASK}
    if hint in _PLAIN:
        return _PLAIN[hint]
    return {"anyOf": [_value(each, hidden=hidden) for each in get_args(hint)]}


def schema_text(name: str) -> str:
    """The schema as it is published."""
    return orjson.dumps(schema_of(name), option=orjson.OPT_INDENT_2).decode() + "\n"


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document of everything that goes out."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "监督台账：发布的事实",
            "version": "1.0.0",
            "description": "台账每登记一项事实，发布一个 CloudEvents 1.0 事件（二进制模式）。"
            "只增不减：新的字段可能出现，已有的字段不会消失。个人信息不对外说明。",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            concept.plural: {
                "address": topic_of(concept.plural),
                "title": TITLES[kind],
                "messages": {
                    name: {"$ref": f"#/components/messages/{name}"} for name in concept.facts
                },
            }
            for kind, concept in CONCEPTS.items()
        },
        "operations": {
            f"send_{concept.plural}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{concept.plural}"},
                "summary": f"{TITLES[kind]}的事实，按登记的先后",
            }
            for kind, concept in CONCEPTS.items()
        },
        "components": {
            "messages": {name: _message(name) for name in STORED_NAMES},
            "messageTraits": {"fact": _trait()},
        },
    }


def _message(name: str) -> dict[str, Any]:
    return {
        "name": f"{TYPES}.{name}",
        "title": title_of(name),
        "payload": {"$ref": f"./{name}.json"},
        "traits": [{"$ref": "#/components/messageTraits/fact"}],
    }


def _trait() -> dict[str, Any]:
    return {
        "contentType": "application/json",
        "headers": {"type": "object", "required": list(_HEADERS), "properties": _HEADERS},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": "流标识（UUID）：同一流的事实依次到达"},
                "bindingVersion": "0.5.0",
            }
        },
    }


def asyncapi_text() -> str:
    """The AsyncAPI document as it is published."""
    return yaml.dump(
        asyncapi(), Dumper=messages._Plain, allow_unicode=True, sort_keys=False, width=100
    )


def page() -> str:
    """The page that people read."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield from _INTRODUCTION.splitlines()
    for kind, concept in CONCEPTS.items():
        yield f"### {TITLES[kind]} `{kind}`"
        yield ""
        yield f"Topic `{topic_of(concept.plural)}`."
        yield ""
        yield from _facts(concept)
        yield ""


def _facts(concept: Concept) -> Iterator[str]:
    yield "| fact | `ce_type` |"
    yield "| --- | --- |"
    for name in concept.facts:
        yield f"| [{title_of(name)}]({name}.json) | `{TYPES}.{name}` |"


_INTRODUCTION = f"""\
# Facts that are published

What this ledger tells other systems over Kafka: every fact, as it was recorded, without what it
says of persons in free words. Generated from the [concepts](../../../domain/concepts.py)
(`make docs`); a test keeps it so. [`asyncapi.yaml`](asyncapi.yaml) says the same for machines
(AsyncAPI 3.0).

- A message is a [CloudEvents](https://cloudevents.io) 1.0 event in binary mode: attributes as
  headers `ce_…`, the fact as JSON in the value.
- **Read with `isolation.level=read_committed`.** Facts and the publisher's position are one
  transaction; whoever reads uncommitted sees what broken transactions left, and sees it again.
- **Drop what was seen:** `ce_source` and `ce_id` together are one fact, for ever. After
  `publish rewind`, and only then, facts come again under the same ids, older ones behind newer.
- The key is the id of the stream: the facts of one record come in the order of `ce_streamversion`.
  Across records and topics, `ce_position` is the order of the ledger. Positions only grow and may
  have gaps. Never change the number of partitions of a topic: keys would move.
- `ce_time` is when the ledger recorded the fact, `ce_occurredon` when it happened as claimed
  (`0001-01-01`: always known), `ce_registeredon` when it was registered.
- A field that is personal says `{MASK}`, or null where nothing is known. Who entered a fact is
  not told. References are official numbers; give topics to those who may know whom they mean.
- Nothing is ever taken back: a correction (更正) is a fact of its own, with the record before and
  after. A type that is published only grows: a field may be added, so ignore fields that you do not
  know. What does not fit is the next version (`.v2`) under a type of its own.
- `{POSITIONS}` (one partition, compacted) holds how far each ledger is published. It is
  the publisher's own; let nobody else write there.

## Topics

"""


def write() -> None:
    """Write everything anew; LookupError where readers would be told less than before."""
    FOLDER.mkdir(exist_ok=True)
    for name in STORED_NAMES:
        path = FOLDER / f"{name}.json"
        before = orjson.loads(path.read_bytes()) if path.exists() else None
        broken = withdrawn(before, schema_of(name)) if before is not None else []
        if broken:
            raise LookupError(f"{name} would say less than published: {broken}; make a v2")
        path.write_text(schema_text(name), encoding="utf-8")
    (FOLDER / "asyncapi.yaml").write_text(asyncapi_text(), encoding="utf-8")
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
