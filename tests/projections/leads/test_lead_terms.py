"""The terms of leads: opinion, reply, report, acceptance, feedback."""

from datetime import date
from typing import Any

from consumers.calendars import known_calendars
from projections.deadlines import Asked, Deadline, Standing, deadlines
from projections.store import reading
from tests.domain.leads import samples as c
from tests.domain.samples import PERSON
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

STREAM = f"lead:{c.LEAD}"


def term(desk: Desk, rule: str, on: date) -> Deadline | None:
    """The term of that rule on the lead, ended or not, as of a day."""
    with reading(desk.engine) as connection:
        found = deadlines(connection, Asked(on, done=True, stream=STREAM))
        return next((each for each in found if each.rule == rule), None)


def due(desk: Desk, rule: str, on: date) -> Any:
    """Last day and standing of a term."""
    found = term(desk, rule, on)
    return found and (found.due_on, found.standing)


def test_the_opinion_on_a_lead_is_due_within_a_month_of_receipt(desk: Desk) -> None:
    tell(desk, *c.RECEIVED_LEAD)
    last = date(2024, 4, 1)
    assert due(desk, "lead.handling_opinion", date(2024, 3, 1)) == (last, Standing.DUE)
    assert due(desk, "lead.handling_opinion", date(2024, 4, 2)) == (last, Standing.OVERDUE)
    tell(desk, c.propose())
    assert due(desk, "lead.handling_opinion", date(2024, 4, 2)) == (last, Standing.OVERDUE)
    tell(desk, c.approve())
    assert due(desk, "lead.handling_opinion", date(2024, 4, 2)) == (last, Standing.DONE)


def test_the_month_begins_again_with_the_organ_that_accepts_a_transfer(desk: Desk) -> None:
    tell(desk, *known_calendars(), *c.RECEIVED_LEAD, c.transfer())
    found = due(desk, "lead.transfer_acceptance", date(2024, 3, 6))
    assert found == (date(2024, 3, 12), Standing.DUE), "five working days"
    assert due(desk, "lead.handling_opinion", date(2024, 3, 6))[1] is Standing.DONE
    tell(desk, c.accept())
    assert due(desk, "lead.transfer_acceptance", date(2024, 3, 8))[1] is Standing.DONE
    opinion = term(desk, "lead.handling_opinion", date(2024, 3, 9))
    assert opinion is not None
    assert (opinion.due_on, opinion.organ) == (date(2024, 4, 8), c.OTHER_ORGAN)


def test_an_inquiry_is_replied_to_within_fifteen_working_days_of_each_person(desk: Desk) -> None:
    tell(desk, *known_calendars(), *c.TALKING, c.inquire())
    inquiry = term(desk, "lead.inquiry_reply", date(2024, 3, 18))
    assert inquiry is not None
    assert (inquiry.item, inquiry.person) == (PERSON, PERSON)
    assert inquiry.due_on == date(2024, 4, 9), "over 清明, with a Sunday worked"
    tell(desk, c.reply())
    assert due(desk, "lead.inquiry_reply", date(2024, 4, 1))[1] is Standing.DONE


def test_the_report_is_due_a_month_after_the_last_talk_or_reply(desk: Desk) -> None:
    tell(desk, *c.TALKING, c.inquire(), c.talk())
    assert due(desk, "lead.talk_report", date(2024, 3, 25)) == (date(2024, 4, 25), Standing.DUE)
    tell(desk, c.reply())
    assert due(desk, "lead.talk_report", date(2024, 3, 28)) == (date(2024, 4, 28), Standing.DUE)
    tell(desk, c.report_talk())
    assert due(desk, "lead.talk_report", date(2024, 4, 10))[1] is Standing.DONE


def test_the_feedback_of_a_closing_is_due_on_the_day_set_with_it(desk: Desk) -> None:
    tell(desk, *c.TALK_REPORTED, c.believe())
    found = due(desk, "lead.closing_feedback", date(2024, 5, 1))
    assert found == (date(2024, 4, 30), Standing.OVERDUE)
    tell(desk, c.feed_back())
    assert due(desk, "lead.closing_feedback", date(2024, 5, 1))[1] is Standing.DONE


def test_a_reopened_lead_waits_for_its_opinion_again(desk: Desk) -> None:
    tell(desk, *c.CLOSED, c.reopen())
    found = due(desk, "lead.handling_opinion", date(2024, 7, 2))
    assert found == (date(2024, 8, 1), Standing.DUE)


def test_a_merged_lead_waits_for_no_opinion_of_its_own(desk: Desk) -> None:
    second = c.a_lead(number=c.SECOND, received_on=date(2024, 3, 1))
    tell(desk, *c.RECEIVED_LEAD, second)
    merged = c.merge(lead=c.LEAD, merged_into=c.SECOND)
    tell(desk, merged)
    assert due(desk, "lead.handling_opinion", date(2024, 3, 20))[1] is Standing.DONE
