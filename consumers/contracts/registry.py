"""Every contract there is, and how a message becomes the one command that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consumers.cloudevents import CloudEvent, is_json
from consumers.contracts import inspection, personnel, petitions, transfers, window
from consumers.contracts.contract import Contract
from consumers.malformed import MalformedMessageError
from domain.streams import derived_id

#: Each type of message; a new one is one line in its module, a new sender one here.
CONTRACTS: tuple[Contract[Any], ...] = (
    *personnel.CONTRACTS,
    *petitions.CONTRACTS,
    *window.CONTRACTS,
    *inspection.CONTRACTS,
    *transfers.CONTRACTS,
)
BY_TYPE: Mapping[str, Contract[Any]] = {each.type: each for each in CONTRACTS}


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a message asks for: a command of the domain, under an id that only it has.

    ``command_id`` is a UUID as text, the same each time that the same message comes.
    """

    contract: Contract[Any]
    command: Any
    command_id: str


def instruction_of(event: CloudEvent, topic: str) -> Instruction:
    """What an event that came by a topic asks for; pure: the law of the domain is asked later.

    A sender states its own facts only: each type comes by the topic of its sender.
    MalformedMessageError for what no contract says.
    """
    contract = BY_TYPE.get(event.type)
    if contract is None:
        raise MalformedMessageError("unknown_type", "type")
    if topic != contract.topic:
        raise MalformedMessageError("wrong_topic", "type")
    if not is_json(event.datacontenttype):
        raise MalformedMessageError("unsupported_content", "datacontenttype")
    if not event.data:
        raise MalformedMessageError("no_data", "data")
    said = contract.read(event.data)
    return Instruction(contract, contract.command(said), command_id(event))


def command_id(event: CloudEvent) -> str:
    """The id of the command of a message, from what makes the message unique: source and id."""
    return derived_id(f"cloudevent\n{event.source}\n{event.id}")
