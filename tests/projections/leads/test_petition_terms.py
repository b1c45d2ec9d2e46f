"""The terms of petitions: acceptance or transfer, notices, quarterly feedback, assignments."""

from datetime import date
from typing import Any

import pytest

from consumers.calendars import known_calendars
from domain.streams import Kind
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain.petitions import samples as p
from tests.domain.samples import EVERYONE, a_correction
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

STREAM = f"petition:{p.PETITION}"
CALENDARS = tuple(known_calendars())


def term(desk: Desk, rule: str, on: date, stream: str = STREAM) -> Deadline | None:
    """The term of that rule on a petition, ended or not, as of a day."""
    with reading(desk.engine) as connection:
        found = deadlines(connection, Asked(on, done=True, stream=stream))
        return next((each for each in found if each.rule == rule), None)


def due(desk: Desk, rule: str, on: date, stream: str = STREAM) -> Any:
    """Last day and standing of a term."""
    found = term(desk, rule, on, stream)
    return found and (found.due_on, found.standing)


def test_an_accusation_is_accepted_or_transferred_within_five_working_days(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION)
    last = date(2024, 3, 8)
    assert due(desk, "petition.transfer", date(2024, 3, 1)) == (last, Standing.DUE)
    assert due(desk, "petition.transfer", date(2024, 3, 9)) == (last, Standing.OVERDUE)
    tell(desk, p.accept())
    assert due(desk, "petition.transfer", date(2024, 3, 9)) == (last, Standing.DONE)


@pytest.mark.parametrize("act", [p.transfer(), p.send_back()], ids=["transferred", "returned"])
def test_what_leaves_the_organ_waits_for_neither_acceptance_nor_notice(
    desk: Desk, act: Any
) -> None:
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION, act)
    for rule in ("petition.transfer", "petition.acceptance_notice"):
        assert due(desk, rule, date(2024, 3, 6))[1] is Standing.DONE


def test_a_lead_that_names_the_petition_ends_its_wait(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION, p.a_lead())
    assert due(desk, "petition.transfer", date(2024, 3, 8))[1] is Standing.DONE
    notice = due(desk, "petition.acceptance_notice", date(2024, 3, 8))
    assert notice[1] is Standing.DUE, "the reporter is still to be told"


def test_a_lead_of_another_source_ends_no_wait(desk: Desk) -> None:
    other = p.a_lead(source="审计移送", source_number=p.PETITION)
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION, other)
    assert due(desk, "petition.transfer", date(2024, 3, 8))[1] is Standing.DUE


def test_a_named_reporter_is_told_within_fifteen_working_days_of_receipt(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.ACCEPTED_PETITION)
    found = due(desk, "petition.acceptance_notice", date(2024, 3, 5))
    assert found == (date(2024, 3, 22), Standing.DUE)
    tell(desk, p.notify_acceptance())
    assert due(desk, "petition.acceptance_notice", date(2024, 3, 12))[1] is Standing.DONE


@pytest.mark.parametrize(
    "said", [{"signature": "匿名"}, {"signature": None}, {"repeat": True}], ids=str
)
def test_nobody_else_is_told(desk: Desk, said: dict[str, Any]) -> None:
    tell(desk, *CALENDARS, *EVERYONE, p.a_petition(**said))
    assert due(desk, "petition.acceptance_notice", date(2024, 3, 5)) is None


def test_a_repeat_found_later_ends_both_waits(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION, p.a_repeat(), p.mark_repeat())
    stream = f"petition:{p.REPEAT}"
    for rule in ("petition.transfer", "petition.acceptance_notice"):
        assert due(desk, rule, date(2024, 3, 21), stream)[1] is Standing.DONE


def test_a_signature_found_by_correction_begins_the_wait(desk: Desk) -> None:
    tell(desk, *CALENDARS, *EVERYONE, p.a_petition(signature="匿名"))
    tell(desk, a_correction(Kind.PETITION, p.PETITION, "signature", was="匿名", now="实名"))
    today = desk.ledger.today()
    found = term(desk, "petition.acceptance_notice", today)
    assert found is not None
    assert found.due_on == date(2024, 3, 22)


def test_the_receiver_of_a_transfer_answers_within_five_working_days(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.RECEIVED_PETITION, p.transfer())
    found = due(desk, "petition.transfer_acceptance", date(2024, 3, 6))
    assert found == (date(2024, 3, 13), Standing.DUE)
    tell(desk, p.answer())
    assert due(desk, "petition.transfer_acceptance", date(2024, 3, 11))[1] is Standing.DONE


def test_the_result_is_told_to_a_named_reporter_and_fed_back_in_the_quarter(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.CONCLUDED_PETITION)
    on = date(2024, 5, 20)
    assert due(desk, "petition.result_notice", on) == (date(2024, 6, 11), Standing.DUE)
    assert due(desk, "petition.quarterly_feedback", on) == (date(2024, 6, 30), Standing.DUE)
    tell(desk, p.notify_result(), p.feed_back())
    later = date(2024, 7, 1)
    assert due(desk, "petition.result_notice", later)[1] is Standing.DONE
    assert due(desk, "petition.quarterly_feedback", later)[1] is Standing.DONE


def test_the_result_of_an_anonymous_report_is_fed_back_but_told_to_nobody(desk: Desk) -> None:
    anonymous = (p.a_petition(signature="匿名"), p.accept(), p.conclude())
    tell(desk, *CALENDARS, *EVERYONE, *anonymous)
    assert due(desk, "petition.result_notice", date(2024, 5, 20)) is None
    assert due(desk, "petition.quarterly_feedback", date(2024, 5, 20)) is not None


def test_an_assigned_petition_is_reported_in_three_months_and_three_more(desk: Desk) -> None:
    tell(desk, *CALENDARS, *p.ACCEPTED_PETITION, p.assign())
    found = due(desk, "petition.assigned_report", date(2024, 5, 1))
    assert found == (date(2024, 6, 2), Standing.DUE)
    tell(desk, p.extend())
    found = due(desk, "petition.assigned_report", date(2024, 6, 3))
    assert found == (date(2024, 9, 2), Standing.DUE)
    assert due(desk, "petition.assigned_report", date(2024, 5, 29))[0] == date(2024, 6, 2)
    tell(desk, p.report_up())
    assert due(desk, "petition.assigned_report", date(2024, 8, 1))[1] is Standing.DONE


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2024, 3, 8), Standing.DONE), (date(2024, 3, 11), Standing.DONE_LATE)],
)
def test_what_was_handed_straight_up_shows_whether_it_was_in_time(
    desk: Desk, day: date, standing: Standing
) -> None:
    tell(desk, *CALENDARS, *EVERYONE, p.hand_up(handed_up_on=day))
    stream = f"handed_up_report:{p.HANDED_UP}"
    found = due(desk, "petition.transfer", date(2024, 3, 20), stream)
    assert found == (date(2024, 3, 8), standing)
