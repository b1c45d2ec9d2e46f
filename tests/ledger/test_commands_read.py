"""Acts from the outside: by name, values as JSON, read strictly."""

from datetime import date

import orjson
import pytest

from domain.acts import ACTS
from domain.concept import Act
from domain.window.decisions import AcceptMatter
from ledger.canonical import plain
from ledger.commands import (
    MalformedCommandError,
    UnknownActError,
    act_named,
    read_command,
    schema_of,
)
from tests.domain import samples as s

ACCEPT = act_named("accept_matter")


def test_a_command_is_read_as_its_values_say() -> None:
    said = orjson.dumps(plain(s.a_matter()))
    assert read_command(ACCEPT, said) == s.a_matter()


def test_a_value_that_may_be_unknown_may_be_left_out() -> None:
    command = read_command(ACCEPT, b'{"number": "SX1", "accepted_on": "2024-02-02"}')
    assert command == AcceptMatter(
        number="SX1", accepted_on=date(2024, 2, 2), applicant=None, unit=None, summary=None
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"accepted_on": "2024-02-02"}', "number"),
        (b'{"number": "SX1"}', "accepted_on"),
        (b'{"number": 1, "accepted_on": "2024-02-02"}', "number"),
        (b'{"number": "SX1", "accepted_on": "2024-02-30"}', "accepted_on"),
        (b'{"number": "SX1", "accepted_on": "2024-02-02", "colour": "red"}', "colour"),
    ],
)
def test_what_is_not_the_acts_values_is_named_and_not_repeated(body: bytes, field: str) -> None:
    with pytest.raises(MalformedCommandError) as refused:
        read_command(ACCEPT, body)
    assert [name for name, _ in refused.value.faults] == [field]
    assert "2024-02-30" not in str(refused.value)
    assert "red" not in str(refused.value)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_object_is_not_read(body: bytes) -> None:
    with pytest.raises(MalformedCommandError):
        read_command(ACCEPT, body)


def test_an_act_that_there_is_not_is_not_found() -> None:
    with pytest.raises(UnknownActError):
        act_named("forget_everything")


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_every_act_can_be_described(act: Act) -> None:
    schema = schema_of(act)
    assert schema["additionalProperties"] is False
    assert act.key in schema["properties"]
