"""Persons sanctioned, as sanctions are changed and revoked; terms of their execution."""

from datetime import date
from typing import Any

from projections.cuts import Cut, Period
from projections.deadlines import Asked, deadlines
from projections.store import reading
from tests.domain.sanctions import samples as x
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

Y2021 = Period(date(2021, 1, 1), date(2021, 12, 31))
Y2022 = Period(date(2022, 1, 1), date(2022, 12, 31))


def sanctioned(desk: Desk, period: Period, on: date | None = None) -> tuple[int, int, int]:
    figures = desk.figures(period, Cut(as_of=on) if on else None)
    return (
        figures["sanctions.persons"],
        figures["sanctions.party.persons"],
        figures["sanctions.administrative.persons"],
    )


def kinds(desk: Desk) -> dict[str, int]:
    with reading(desk.engine) as connection:
        rows = connection.exec_driver_sql(
            "SELECT detail, SUM(quantity) FROM postings WHERE account = 'sanctions' GROUP BY detail"
        )
        return {row[0]: row[1] for row in rows}


def test_a_revoked_sanction_counts_no_more_and_what_was_published_stays(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_party_decision(), x.an_administrative_decision())
    assert sanctioned(desk, Y2021) == (1, 1, 1)
    tell(desk, x.a_revocation())
    assert sanctioned(desk, Y2021, date(2022, 3, 31)) == (1, 1, 1), "as published"
    assert sanctioned(desk, Y2021) == (1, 0, 1)
    assert sanctioned(desk, Y2022) == (0, 0, 0)
    assert all(check.holds for check in desk.statement(Y2021).checks)
    tell(desk, x.a_revocation(number=x.OTHER))
    assert sanctioned(desk, Y2021) == (0, 0, 0)


def test_a_changed_sanction_is_of_its_new_kind_on_its_old_day(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_party_decision(), x.a_change())
    assert kinds(desk) == {"严重警告": 0, "警告": 1}
    assert sanctioned(desk, Y2021) == (1, 1, 0)
    tell(desk, x.a_revocation())
    assert kinds(desk) == {"严重警告": 0, "警告": 0}


def due(desk: Desk, on: date) -> dict[tuple[str, str], tuple[Any, ...]]:
    with reading(desk.engine) as connection:
        found = list(deadlines(connection, Asked(on, done=True)))
    return {
        (each.rule, each.stream.partition(":")[2]): (each.due_on, each.standing.value)
        for each in found
        if each.rule.startswith("sanction.")
    }


def test_a_sanction_is_announced_and_reported_in_time(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_party_decision())
    announcement, report = (
        ("sanction.announcement", x.NUMBER),
        (
            "sanction.execution_report",
            x.NUMBER,
        ),
    )
    assert due(desk, date(2021, 7, 1)) == {
        announcement: (date(2021, 7, 1), "due"),
        report: (date(2021, 12, 1), "due"),
    }
    assert due(desk, date(2021, 7, 2))[announcement][1] == "overdue"
    tell(desk, x.an_announcement(announced_on=date(2021, 7, 5)), x.an_execution_report())
    assert {each[1] for each in due(desk, date(2021, 12, 31)).values()} == {"done", "done_late"}


def test_a_change_of_post_may_be_put_off_once_approved(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_removal_from_office(), x.an_administrative_decision(number="CF-9"))
    change = ("sanction.post_change", x.OTHER)
    found = due(desk, date(2021, 6, 24))
    assert found[change] == (date(2021, 7, 1), "due")
    assert ("sanction.post_change", "CF-9") not in found, "记大过 changes no post"
    tell(desk, x.a_post_change_extension())
    assert due(desk, date(2021, 8, 1))[change] == (date(2021, 9, 1), "due")
    tell(desk, x.a_post_change())
    assert due(desk, date(2021, 9, 2))[change] == (date(2021, 9, 1), "done")


def test_a_probation_ends_on_its_day_extended_or_not(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_probation())
    probation = ("sanction.probation", x.NUMBER)
    assert due(desk, date(2021, 6, 1))[probation] == (date(2022, 6, 1), "due")
    tell(desk, x.a_probation_extension())
    assert due(desk, date(2022, 7, 1))[probation] == (date(2023, 6, 1), "due")
    tell(
        desk,
        x.an_application(restoration_applied_on=date(2023, 6, 1)),
        x.a_resolution(branch_resolved_on=date(2023, 6, 10)),
        x.a_restoration(rights_restored_on=date(2023, 7, 1)),
    )
    assert due(desk, date(2023, 7, 2))[probation][1] == "done_late"


def test_a_revocation_ends_every_term(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_probation(), x.a_revocation())
    assert {each[1] for each in due(desk, date(2024, 1, 1)).values()} <= {"done", "done_late"}
