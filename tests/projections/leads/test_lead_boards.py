"""The registers of petitions and leads as lists, with stage and the term that ends first."""

from datetime import date
from typing import Any

import pytest

from consumers.calendars import known_calendars
from domain.leads import lifecycle as lead_stages
from domain.petitions import lifecycle as petition_stages
from domain.streams import Kind, split_stream_name
from projections.boards.board import UnknownColumnError, Wanted
from projections.boards.catalogue import BOARDS
from projections.store import reading
from tests.domain.harness import Office
from tests.domain.leads import samples as c
from tests.domain.petitions import samples as p
from tests.domain.samples import EVERYONE, ORGAN, a_conclusion, a_handling
from tests.ledger.story import COURSES
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk

TOLD = (*EVERYONE, *COURSES["petitions"], *COURSES["leads"])
#: Leads at the stages that the story passes through and that registers tell.
MORE = (
    *(c.a_lead(number=f"XS-L-3{at}") for at in range(6)),
    c.transfer(lead="XS-L-30"),
    c.propose(lead="XS-L-31"),
    c.approve(lead="XS-L-31"),
    c.talk(lead="XS-L-31"),
    c.report_talk(lead="XS-L-31"),
    a_handling(lead="XS-L-32", decided_on=c.DECIDED, method="暂存待查"),
    a_handling(lead="XS-L-33", decided_on=c.DECIDED, method="予以了结"),
    a_handling(lead="XS-L-34", decided_on=c.DECIDED, method="谈话函询"),
    a_conclusion(lead="XS-L-34", decided_on=c.DECIDED, concluded_on=None, outcome="诫勉"),
    c.propose(lead="XS-L-35", proposed_method="初步核实"),
    c.approve(lead="XS-L-35"),
    c.plan(lead="XS-L-35"),
    c.report_verification(lead="XS-L-35"),
)


def rows(desk: Desk, board: str, **wanted: Any) -> list[dict[str, Any]]:
    """The rows of a board, by column."""
    chosen = BOARDS[board]
    names = [column.name for column in chosen.columns]
    on = wanted.pop("on", date(2024, 12, 31))
    with reading(desk.engine) as connection:
        found = chosen.rows(connection, Wanted(on, **wanted))
        return [dict(zip(names, row, strict=True)) for row in found]


@pytest.fixture
def told(desk: Desk) -> Desk:
    return tell(desk, *known_calendars(), *TOLD, *MORE)


@pytest.mark.parametrize(
    ("board", "kind", "stages"),
    [("leads", Kind.LEAD, lead_stages), ("petitions", Kind.PETITION, petition_stages)],
)
def test_a_board_shows_the_stage_that_the_domain_reads_off(
    told: Desk, board: str, kind: Kind, stages: Any
) -> None:
    office = Office()
    for command in (*TOLD, *MORE):
        office.carry_out(command)
    expected = {
        split_stream_name(stream)[1]: stages.STAGES[stages.stage(state)]
        for stream, state in office.states.items()
        if split_stream_name(stream)[0] is kind
    }
    shown = {row["number"]: row["stage"] for row in rows(told, board)}
    assert shown == expected
    assert len(set(shown.values())) > len(stages.STAGES) / 2


def test_a_board_is_read_page_by_page_and_by_stage(told: Desk) -> None:
    everything = rows(told, "leads")
    first = rows(told, "leads", limit=3)
    after = (first[-1]["number"],)
    assert first + rows(told, "leads", after=after) == everything
    held = rows(told, "leads", values={"stage": "暂存待查"})
    assert held == [row for row in everything if row["stage"] == "暂存待查"] != []
    own = rows(told, "leads", organs=(ORGAN,))
    assert {row["organ"] for row in own} == {ORGAN}
    assert len(own) < len(everything)


def test_a_board_has_no_other_columns_to_ask_by(told: Desk) -> None:
    for column in ("summary", "due_on"):
        with pytest.raises(UnknownColumnError):
            rows(told, "leads", values={column: "x"})


def test_a_row_shows_its_open_term_that_ends_first(desk: Desk) -> None:
    tell(desk, *known_calendars(), *p.ACCEPTED_PETITION, p.assign(), c.a_lead())
    (petition,) = rows(desk, "petitions", on=date(2024, 3, 6))
    assert petition["term"] == "告知实名检举控告人受理情况"
    assert (petition["due_on"], petition["standing"]) == ("2024-03-22", "未到期")
    (late,) = rows(desk, "petitions", on=date(2024, 3, 25))
    assert (late["due_on"], late["standing"]) == ("2024-03-22", "超期")
    (lead,) = rows(desk, "leads", on=date(2024, 3, 6))
    assert (lead["term"], lead["due_on"]) == ("提出处置意见", "2024-04-01")
    tell(desk, p.notify_acceptance(), c.propose(), c.approve())
    (told,) = rows(desk, "petitions", on=date(2024, 3, 25))
    assert (told["term"], told["due_on"]) == ("上级交办件办结报告", "2024-06-02")
    (handled,) = rows(desk, "leads", on=date(2024, 3, 25))
    assert (handled["term"], handled["due_on"], handled["standing"]) == (None, None, None)
