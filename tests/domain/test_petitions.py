"""信访举报."""

import pytest

from domain.petitions.petition import Petition, PetitionReceived
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.samples import PETITION, a_petition, an_organ


def test_a_petition_is_received() -> None:
    office = given(an_organ()).when(a_petition()).then(stated(a_petition(), PetitionReceived))
    assert office.look(Kind.PETITION, PETITION) == stated(a_petition(), Petition)


def test_a_repeat_is_received_under_its_own_number() -> None:
    act = a_petition(number="XF2021-002", repeat=True)
    given(an_organ(), a_petition()).when(act).then(stated(act, PetitionReceived))


def test_a_petition_of_which_little_is_known_is_received() -> None:
    act = a_petition(channel=None, category=None, signature=None, repeat=None, summary=None)
    given(an_organ()).when(act).then(stated(act, PetitionReceived))


def test_a_number_of_a_petition_is_received_once() -> None:
    history = given(an_organ(), a_petition())
    history.when(a_petition()).refused("already_registered", field="number")


def test_a_petition_to_an_unknown_organ_is_refused() -> None:
    given().when(a_petition()).refused("missing_reference", field="organ")


@pytest.mark.parametrize(
    ("field", "value"), [("channel", "微信"), ("category", "表扬"), ("signature", "化名")]
)
def test_a_term_that_is_in_no_table_is_refused(field: str, value: str) -> None:
    given(an_organ()).when(a_petition(**{field: value})).refused("unknown_code", field=field)
