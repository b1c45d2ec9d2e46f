"""处分的宣布、变更办理和执行报告."""

from datetime import date

from domain.sanctions.course import (
    PostChanged,
    PostChangeExtended,
    SanctionAnnounced,
    SanctionExecutionReported,
)
from domain.sanctions.execution import (
    announce_sanction,
    complete_post_change,
    extend_post_change,
    report_sanction_execution,
)
from domain.sanctions.lifecycle import stage
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, ORGAN, SANCTION, a_sanction
from tests.domain.sanctions.samples import (
    IN_REVIEW,
    NUMBER,
    a_party_decision,
    a_post_change,
    a_post_change_extension,
    a_removal_from_office,
    an_administrative_decision,
    an_announcement,
    an_execution_report,
)

DECIDED = (*IN_REVIEW, a_party_decision())
REMOVED = (*IN_REVIEW, a_removal_from_office())


@proves(announce_sanction, 1, 2)
def test_a_sanction_is_announced_once_after_it_was_decided() -> None:
    act = an_announcement()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    office = given(*DECIDED).when(act).then(stated(act, SanctionAnnounced, organ=ORGAN))
    assert stage(office.look(Kind.SANCTION, NUMBER)) == "announced"
    given(*DECIDED, act).when(act).refused("wrong_stage", field="number")
    early = an_announcement(announced_on=date(2021, 5, 31))
    given(*DECIDED).when(early).refused("impossible_date", field="announced_on")


def test_a_sanction_of_the_register_is_announced_too() -> None:
    act = an_announcement(number=SANCTION)
    assert given(*FILED_CASE, a_sanction()).when(act).refusal is None


@proves(extend_post_change, 4)
def test_the_change_of_post_may_be_put_off_to_six_months() -> None:
    act = a_post_change_extension(post_change_due_on=date(2021, 12, 1))
    given(*REMOVED).when(act).then(stated(act, PostChangeExtended, organ=ORGAN))
    for day in (date(2021, 12, 2), date(2021, 7, 1)):
        beyond = a_post_change_extension(post_change_due_on=day)
        given(*REMOVED).when(beyond).refused("impossible_date", field="post_change_due_on")


@proves(extend_post_change, 1, 2, 3)
def test_an_extension_is_of_a_change_that_is_due() -> None:
    act = a_post_change_extension()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    light = given(*IN_REVIEW, an_administrative_decision())
    light.when(act).refused("nothing_to_change", field="number")
    done = given(*REMOVED, a_post_change())
    done.when(act).refused("already_registered", field="number")
    early = a_post_change_extension(extended_on=date(2021, 5, 31))
    given(*REMOVED).when(early).refused("impossible_date", field="extended_on")
    unsigned = a_post_change_extension(extended_by="")
    given(*REMOVED).when(unsigned).refused("required", field="extended_by")


@proves(complete_post_change, 1, 2, 3)
def test_post_and_pay_are_changed_once() -> None:
    act = a_post_change()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    given(*REMOVED).when(act).then(stated(act, PostChanged, organ=ORGAN))
    given(*REMOVED, act).when(act).refused("already_registered", field="number")
    given(*DECIDED).when(a_post_change(number=NUMBER)).refused("nothing_to_change", field="number")
    early = a_post_change(post_changed_on=date(2021, 5, 31))
    given(*REMOVED).when(early).refused("impossible_date", field="post_changed_on")


@proves(report_sanction_execution, 1, 2)
def test_the_execution_is_reported_after_the_announcement() -> None:
    act = an_execution_report()
    given(*IN_REVIEW).when(act).refused("missing_reference", field="number")
    given(*DECIDED).when(act).refused("wrong_stage", field="number")
    announced = (*DECIDED, an_announcement())
    given(*announced).when(act).then(stated(act, SanctionExecutionReported, organ=ORGAN))
    early = an_execution_report(execution_reported_on=date(2021, 6, 19))
    given(*announced).when(early).refused("impossible_date", field="execution_reported_on")
