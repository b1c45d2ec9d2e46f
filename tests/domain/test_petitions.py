"""信访举报."""

import pytest

from domain.fields import field_index, restate
from domain.petitions.decisions import check_petition, receive_petition
from domain.petitions.petition import Petition, PetitionReceived
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import PETITION, a_petition, an_organ


@proves(receive_petition, 3)
def test_a_petition_is_received() -> None:
    office = given(an_organ()).when(a_petition()).then(stated(a_petition(), PetitionReceived))
    recorded = restate(office.look(Kind.PETITION, PETITION), Petition)
    assert recorded == stated(a_petition(), Petition)


def test_a_repeat_is_received_under_its_own_number() -> None:
    act = a_petition(number="XF2021-002", repeat=True)
    given(an_organ(), a_petition()).when(act).then(stated(act, PetitionReceived))


def test_a_petition_of_which_little_is_known_is_received() -> None:
    act = a_petition(channel=None, category=None, signature=None, repeat=None, summary=None)
    given(an_organ()).when(act).then(stated(act, PetitionReceived))


@proves(receive_petition, 2)
def test_a_number_of_a_petition_is_received_once() -> None:
    history = given(an_organ(), a_petition())
    history.when(a_petition()).refused("already_registered", field="number")


@proves(check_petition, 1)
def test_a_petition_to_an_unknown_organ_is_refused() -> None:
    given().when(a_petition()).refused("missing_reference", field="organ")


@proves(check_petition, 2)
@pytest.mark.parametrize(
    ("field", "value"), [("channel", "微信"), ("category", "表扬"), ("signature", "化名")]
)
def test_a_term_that_is_in_no_table_is_refused(field: str, value: str) -> None:
    given(an_organ()).when(a_petition(**{field: value})).refused("unknown_code", field=field)


@proves(receive_petition, 1)
@pytest.mark.parametrize("level", ["上级党委管理的干部", "本机关主要负责人"])
def test_a_report_that_goes_straight_up_is_not_entered(level: str) -> None:
    act = a_petition(reported_level=level)
    refusal = given(an_organ()).when(act).refused("not_entered", field="reported_level")
    assert refusal.provision == "《纪检监察机关处理检举控告工作规则》（2020）第15条"
    assert "不得录入" in refusal.reason
    assert act.summary not in refusal.reason


def test_on_whom_a_report_is_is_asked_and_not_kept() -> None:
    act = a_petition(reported_level="其他")
    given(an_organ()).when(act).then(stated(act, PetitionReceived))
    assert "reported_level" not in field_index(PetitionReceived).names
    strange = a_petition(reported_level="邻居")
    given(an_organ()).when(strange).refused("unknown_code", field="reported_level")
