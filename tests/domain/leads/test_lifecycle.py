"""The lifecycle of a lead, tried at random: what the table allows, the decisions allow."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.leads.lifecycle import LIFECYCLE
from domain.streams import Kind
from tests.domain.harness import Office
from tests.domain.leads import samples as c
from tests.domain.machines import MACHINES, tried
from tests.domain.samples import PERSON

FIRST = date(2024, 3, 1)

#: Each act with the field of its day; a random history gives them days that only go forward.
ACTS: tuple[tuple[str, Any], ...] = (
    ("assigned_on", c.assign()),
    *(
        ("proposed_on", c.propose(proposed_method=method))
        for method in ("谈话函询", "初步核实", "暂存待查")
    ),
    ("proposed_on", c.UNCHECKED),
    ("returned_on", c.send_back()),
    ("decided_on", c.approve()),
    ("delivered_on", c.inquire()),
    ("replied_on", c.reply()),
    ("talked_on", c.talk()),
    ("reported_on", c.report_talk()),
    ("closed_on", c.believe(feedback_due_on=None)),
    *(
        ("concluded_on", c.conclude_talk(result=result))
        for result in ("谈话提醒", "再次谈话函询", "转初步核实")
    ),
    ("plan_approved_on", c.plan()),
    ("reported_on", c.report_verification()),
    ("closed_on", c.close_verified()),
    *(
        ("concluded_on", c.conclude_verified(result=result))
        for result in ("拟立案审查调查", "暂存待查")
    ),
    ("closing_fed_back_on", c.feed_back()),
    ("reactivated_on", c.take_up()),
    ("reactivated_on", c.take_up(method="谈话函询")),
    ("reopened_on", c.reopen()),
    ("transferred_on", c.transfer()),
    ("transferred_on", c.transfer(organ="JW01")),
    ("transfer_accepted_on", c.accept()),
    ("sent_out_on", c.send_out()),
    ("withdrawn_on", c.withdraw()),
    ("split_on", c.split()),
    ("merged_on", c.merge(lead=c.LEAD, merged_into="XS-L-09")),
    ("person_concluded_on", c.for_person(person=PERSON)),
)


def dated(acts: list[tuple[str, Any]]) -> list[Any]:
    """The acts, each on a day after the one before."""
    days = (FIRST + timedelta(days=at + 1) for at in range(len(acts)))
    return [replace(act, **{field: day}) for day, (field, act) in zip(days, acts, strict=False)]


def an_office() -> Office:
    office = Office()
    for command in (*c.RECEIVED_LEAD, c.a_lead(number="XS-L-09")):
        office.carry_out(command)
    return office


def situation(office: Office) -> tuple[Any, ...]:
    """What decides which acts are allowed next."""
    lead = office.look(Kind.LEAD, c.LEAD)
    last = max((each.decided_on for each in lead.handlings), default=None)
    talked = any(last and talk.talked_on >= last for talk in lead.talks)
    waits = any(each.replied_on is None for each in lead.inquiries)
    planned = last and lead.plan_approved_on and lead.plan_approved_on >= last
    return (LIFECYCLE.stage(lead), talked, waits, bool(planned), bool(last), lead.proposed_method)


def every_way() -> set[tuple[str, str, str]]:
    """Every act from every situation that acts lead to, nearest first."""
    ways: set[tuple[str, str, str]] = set()
    seen, waiting = set(), [(an_office(), FIRST)]
    for office, day in waiting:
        for field, act in ACTS:
            after = Office(dict(office.states))
            tomorrow = day + timedelta(days=1)
            ways |= tried(LIFECYCLE, after, c.LEAD, [replace(act, **{field: tomorrow})])
            found = situation(after)
            if found not in seen:
                seen.add(found)
                waiting.append((after, tomorrow))
    return ways


def test_every_move_of_the_table_is_made_and_no_other() -> None:
    arrows = {(move.act, *arrow) for move in LIFECYCLE.moves for arrow in move.arrows}
    assert arrows - every_way() == set()


@MACHINES
@given(st.lists(st.sampled_from(ACTS), min_size=6, max_size=30))
def test_the_table_of_moves_is_what_the_decisions_allow(acts: list[tuple[str, Any]]) -> None:
    tried(LIFECYCLE, an_office(), c.LEAD, dated(acts))
