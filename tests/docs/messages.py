"""The published messages, made from the registry of contracts.

``python -m tests.docs.messages`` writes docs/messages: a JSON Schema a contract, the AsyncAPI
document and the page that people read. It refuses to write a schema that would take less than
the one that is there: what senders were told once holds.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import yaml

from consumers.contracts.contract import Contract
from consumers.contracts.registry import CONTRACTS
from consumers.malformed import REASONS
from tests.docs.additive import breaches

FOLDER = Path(__file__).parents[2] / "docs" / "messages"
#: AsyncAPI 3.0 reads this dialect without being told.
_DIALECT = "http://json-schema.org/draft-07/schema#"
_ATTRIBUTES = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": {"type": "string", "minLength": 1, "description": "与 ce_source 一起唯一"},
    "ce_source": {"type": "string", "minLength": 1, "description": "发送系统"},
    "ce_time": {"type": "string", "format": "date-time"},
}


def schema_of(contract: Contract[Any]) -> dict[str, Any]:
    """The JSON Schema of a message's data, with its example."""
    made = contract.message.model_json_schema()
    for said in made["properties"].values():
        said.pop("title", None)
    made["description"] = str(made["description"]).rstrip(".") + "。"
    head = {"$schema": _DIALECT, "$id": f"urn:supervision-ledger:message:{contract.name}"}
    return head | made | {"title": contract.title, "examples": [dict(contract.example)]}


def schema_text(contract: Contract[Any]) -> str:
    """The schema as it is published."""
    return orjson.dumps(schema_of(contract), option=orjson.OPT_INDENT_2).decode() + "\n"


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI 3.0 document of everything that comes in."""
    senders = list(dict.fromkeys(each.sender for each in CONTRACTS))
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "监督台账：接收的消息",
            "version": "1.0.0",
            "description": "每条消息是一个 CloudEvents 1.0 事件，请求登记一个法定行为。"
            "契约只增不减，容不下的改动另立新版本。",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            sender.name: {
                "address": sender.topic,
                "title": sender.title,
                "messages": {
                    each.name: {"$ref": f"#/components/messages/{each.name}"}
                    for each in CONTRACTS
                    if each.sender == sender
                },
            }
            for sender in senders
        },
        "operations": {
            f"receive_{sender.name}": {
                "action": "receive",
                "channel": {"$ref": f"#/channels/{sender.name}"},
                "summary": f"{sender.title}告知事实，登记到台账",
            }
            for sender in senders
        },
        "components": {"messages": {each.name: _message(each) for each in CONTRACTS}},
    }


def _message(contract: Contract[Any]) -> dict[str, Any]:
    told = {"ce_type": {"type": "string", "const": contract.type}}
    shown = {
        "ce_specversion": "1.0",
        "ce_id": "2026-000001",
        "ce_source": f"/example/{contract.sender.name}",
        "ce_type": contract.type,
    }
    return {
        "name": contract.type,
        "title": contract.title,
        "summary": f"登记为：{contract.act.title}（{contract.act.name}）",
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "required": ["ce_specversion", "ce_id", "ce_source", "ce_type"],
            "properties": dict(_ATTRIBUTES) | told,
        },
        "payload": {"$ref": f"./{contract.name}.json"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": f"与内容中的 {contract.key} 相同"},
                "bindingVersion": "0.5.0",
            }
        },
        "examples": [{"headers": shown, "payload": dict(contract.example)}],
    }


def asyncapi_text() -> str:
    """The AsyncAPI document as it is published."""
    return yaml.dump(asyncapi(), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Every value written out: no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def page() -> str:
    """The page that people read."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield from _INTRODUCTION.splitlines()
    for sender, contracts in groupby(CONTRACTS, key=lambda each: each.sender):
        yield f"### {sender.title}"
        yield ""
        yield f"Topic `{sender.topic}`."
        yield ""
        yield "| fact | `ce_type` | key | recorded as |"
        yield "| --- | --- | --- | --- |"
        for each in contracts:
            schema = f"[{each.title}]({each.name}.json)"
            act = f"{each.act.title} `{each.act.name}`"
            yield f"| {schema} | `{each.type}` | `{each.key}` | {act} |"
        yield ""
    yield from _REFUSALS.splitlines()
    yield from (f"| `{code}` | {reason} |" for code, reason in REASONS.items())
    yield ""


_INTRODUCTION = """\
# Messages

What other systems may tell this ledger over Kafka. Generated from the
[registry of contracts](../../consumers/contracts/registry.py) (`make docs`); a test keeps it so.
[`asyncapi.yaml`](asyncapi.yaml) says the same for machines (AsyncAPI 3.0).

- A message is a [CloudEvents](https://cloudevents.io) 1.0 event, in binary mode (attributes as
  headers `ce_…`, the data as the value) or structured (`content-type:
  application/cloudevents+json`). The data is JSON in UTF-8; Chinese needs no escapes.
- `ce_source` and `ce_id` together are unique, for ever: a message that is sent again with the same
  two is the same message, and is recorded once. A new fact has a new `ce_id`.
- The key of the message is the field that the table names. Messages with one key are read in order:
  send a fact after those that it builds on. No name and no identity number is a key.
- A sender writes to its own topic; a type that comes by another topic is refused.
- Days are `YYYY-MM-DD` and claims of the sender. When a fact was registered, the ledger says.
- A contract asks for one legal act, and the law of the domain may refuse it, as at the desk.

A contract that is published only grows: an optional field, a further term. What does not fit is the
next version (`.v2`) beside it. A field that a contract does not have is refused, so that nothing is
lost unseen: the ledger takes a new field before its senders send it.

## Contracts

"""

_REFUSALS = """\
## What is malformed

A message is refused with a code, and the field at fault; never with the value. What the law of the
domain refuses has the code, reason and provision that it has at the desk.

| code | reason |
| --- | --- |
"""


def write() -> None:
    """Write everything anew; LookupError where a published contract would be broken."""
    FOLDER.mkdir(exist_ok=True)
    for each in CONTRACTS:
        path = FOLDER / f"{each.name}.json"
        broken = breaches(orjson.loads(path.read_bytes()), schema_of(each)) if path.exists() else []
        if broken:
            raise LookupError(f"{each.name} would take less than published: {broken}; make a v2")
        path.write_text(schema_text(each), encoding="utf-8")
    (FOLDER / "asyncapi.yaml").write_text(asyncapi_text(), encoding="utf-8")
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write()
