"""Boards of sanctions and of the four forms."""

from datetime import date
from typing import Any

import pytest

from projections.boards.board import UnknownColumnError, Wanted
from projections.boards.catalogue import BOARDS
from projections.store import reading
from tests.domain import samples as s
from tests.domain.dispositions import samples as d
from tests.domain.sanctions import samples as x
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

SECOND = "RY002"


def board(desk: Desk, name: str, on: date, **more: Any) -> list[tuple[Any, ...]]:
    with reading(desk.engine) as connection:
        return [tuple(row) for row in BOARDS[name].rows(connection, Wanted(on, **more))]


@pytest.fixture
def sanctioned(desk: Desk) -> Desk:
    """One person with a warning, then another; a second person with a removal from office."""
    other = s.a_person(number=SECOND, name="李小明", political_status="群众")
    return tell(
        desk,
        *s.FILED_CASE,
        other,
        s.a_sanction(number="CF-1", decided_on=date(2021, 6, 1)),
        s.a_sanction(number="CF-2", decided_on=date(2021, 12, 1)),
        s.a_sanction(
            number="CF-3",
            case=None,
            person=SECOND,
            category="政务处分",
            kind="撤职",
            decided_on=date(2021, 7, 1),
        ),
    )


def test_the_effects_of_each_person_are_listed_as_of_a_day(sanctioned: Desk) -> None:
    rows = board(sanctioned, "sanction_effects", date(2022, 1, 1))
    assert [(r[0], r[1], r[7], r[8], r[9]) for r in rows] == [
        (s.PERSON, "CF-1", "2021-12-01", "并入后一处分", "CF-2"),
        (s.PERSON, "CF-2", "2023-06-01", "影响期内", None),
        (SECOND, "CF-3", "2023-07-01", "影响期内", None),
    ]
    early = board(sanctioned, "sanction_effects", date(2021, 11, 30))
    assert [(r[1], r[7], r[8]) for r in early] == [
        ("CF-1", "2022-06-01", "影响期内"),
        ("CF-3", "2023-07-01", "影响期内"),
    ]


def test_a_page_of_effects_begins_after_the_one_before(sanctioned: Desk) -> None:
    on, name = date(2022, 1, 1), "sanction_effects"
    every = board(sanctioned, name, on)
    for at, row in enumerate(every):
        key = BOARDS[name].key_of(row)
        assert board(sanctioned, name, on, after=key) == every[at + 1 :]
    assert board(sanctioned, name, on, limit=2) == every[:2]
    running = board(sanctioned, name, on, values={"running": "影响期内"}, limit=1)
    assert [row[1] for row in running] == ["CF-2"]
    assert board(sanctioned, name, on, organs=["无"]) == []
    with pytest.raises(UnknownColumnError):
        board(sanctioned, name, on, values={"name": "王小明"})


def test_sanctions_that_do_not_match_are_pointed_out(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_party_decision(), x.a_removal_from_office())
    name = "sanction_mismatches"
    ((person, case, organ, why),) = board(desk, name, date(2021, 6, 1))
    assert (person, case, organ) == (s.PERSON, s.CASE, s.ORGAN)
    assert "严重警告" in why
    assert board(desk, name, date(2021, 5, 31)) == []
    tell(desk, x.a_change(number=x.OTHER, kind="降级"))
    assert board(desk, name, date(2022, 2, 28)) != []
    assert board(desk, name, date(2022, 3, 1)) == []


def test_a_heavy_sanction_of_one_who_is_no_member_stands_alone(sanctioned: Desk) -> None:
    assert board(sanctioned, "sanction_mismatches", date(2022, 1, 1)) == []


def test_a_sanction_whose_form_is_not_counted_is_pointed_out(desk: Desk) -> None:
    tell(desk, *x.IN_REVIEW, x.a_party_decision())
    name, on = "sanctions_without_form", date(2022, 1, 1)
    ((row),) = board(desk, name, on)
    assert row == (
        s.PERSON,
        x.NUMBER,
        s.ORGAN,
        s.CASE,
        "党内严重警告",
        "第二种形态",
        None,
    )
    talked = d.a_conclusion_of_forms(decided_on=date(2021, 6, 1))
    tell(desk, talked)
    assert board(desk, name, on)[0][-1] == "第一种形态"
    tell(desk, d.a_replacement(decided_on=date(2021, 7, 1)))
    assert board(desk, name, on) == []
    assert board(desk, name, date(2021, 6, 30))[0][-1] == "第一种形态"
    tell(desk, x.a_revocation())
    assert board(desk, name, date(2022, 5, 1)) == []


def test_admonitions_have_effect_for_six_months(desk: Desk) -> None:
    tell(desk, *s.EVERYONE, s.a_lead(), d.a_conclusion_of_forms())
    tell(
        desk, s.a_disposition(number="CZ-9", case=None, measure="诫勉", decided_on=date(2021, 5, 1))
    )
    name = "admonitions"
    rows = board(desk, name, date(2021, 10, 9))
    assert [(row[0], row[-1]) for row in rows] == [
        ("CZ-9", "2021-11-01"),
        (d.TALK, "2021-10-10"),
    ]
    assert [row[0] for row in board(desk, name, date(2021, 10, 10))] == ["CZ-9"]
    assert board(desk, name, date(2021, 4, 9)) == []
    assert [row[0] for row in board(desk, name, date(2021, 10, 9), after=("CZ-9",))] == [d.TALK]


def test_an_admonition_that_was_replaced_is_none(desk: Desk) -> None:
    replaced = d.a_replacement(decided_on=date(2021, 6, 1))
    tell(desk, *s.EVERYONE, s.a_lead(), d.a_conclusion_of_forms(), replaced)
    assert len(board(desk, "admonitions", date(2021, 5, 31))) == 1
    assert board(desk, "admonitions", date(2021, 6, 1)) == []


def test_a_person_counted_twice_on_one_lead_is_pointed_out(desk: Desk) -> None:
    tell(desk, *s.EVERYONE, s.a_lead(), d.a_conclusion_of_forms())
    name = "dispositions_twice"
    assert board(desk, name, date(2022, 1, 1)) == []
    tell(desk, d.a_conclusion_of_forms(number="CZ2021-109"))
    rows = board(desk, name, date(2022, 1, 1))
    assert rows == [(s.LEAD, s.PERSON, s.ORGAN, d.TALK, "CZ2021-109", 2)]
    tell(desk, d.a_withdrawal())
    assert board(desk, name, date(2022, 3, 1)) == []
    assert board(desk, name, date(2022, 2, 28)) == rows


def test_what_other_bodies_did_is_listed_apart(desk: Desk) -> None:
    tell(desk, *s.EVERYONE, d.another_bodys())
    ((row),) = board(desk, "other_dispositions", date(2022, 1, 1))
    assert row[4:7] == ("党委（党组）", "区城管局党组", "提醒谈话")
