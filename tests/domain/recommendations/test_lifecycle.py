"""Any acts in any order: a letter and its draft move only as their tables say."""

from datetime import date, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.recommendations.draft import DRAFT as DRAFTS
from domain.recommendations.lifecycle import LETTER as LETTERS
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, tried
from tests.domain.recommendations import samples as r
from tests.domain.samples import FILED_CASE, LETTER, a_lead, a_letter

START = date(2021, 7, 15)
ONE_OR_TWO = st.integers(1, 2)
RESULTS = st.sampled_from(["整改到位", "部分到位", "未到位"])
GROUNDS = st.sampled_from(["拒不采纳", "逾期不回复", "整改不到位", "整改后反弹"])
LEAD = a_lead(number="XS-WZ-1", received_on=START)

#: Acts on a letter, each on the day it is given; deadlines lie months ahead.
ACTS = {
    "list": lambda on: st.just(r.listed(listed_on=on, due_on=on)),
    "deliver": lambda on: st.just(r.delivered(delivered_on=on)),
    "object": lambda on: st.lists(ONE_OR_TWO, max_size=2, unique=True).map(
        lambda disputed: r.objected(*disputed, objected_on=on)
    ),
    "decide": lambda on: st.booleans().map(lambda yes: r.decided(upheld=yes, decided_on=on)),
    "extend": lambda on: st.just(
        r.reply_extended(approved_on=on, extended_to=START + timedelta(on.toordinal() % 400))
    ),
    "extend one": lambda on: ONE_OR_TWO.map(
        lambda at: r.suggestion_extended(at, approved_on=on, until=on + timedelta(200))
    ),
    "reply": lambda on: st.booleans().map(lambda yes: r.replied(filed_on=on, adopted=yes)),
    "check": lambda on: st.just(r.site_checked(checked_on=on)),
    "evaluate": lambda on: st.builds(
        lambda at, result: r.evaluated(at, result, evaluated_on=on), ONE_OR_TWO, RESULTS
    ),
    "return": lambda on: ONE_OR_TWO.map(
        lambda at: r.sent_back(at, returned_on=on, due_on=on + timedelta(30))
    ),
    "revisit": lambda on: st.booleans().map(lambda yes: r.revisited(revisited_on=on, relapsed=yes)),
    "strike off": lambda on: st.just(r.struck_off(closed_on=on)),
    "escalate": lambda on: GROUNDS.map(lambda why: r.escalated(why, escalated_on=on)),
}


#: Where a course may begin; from each stage every act is tried.
BEGINNINGS = (
    (*FILED_CASE, a_letter(suggestions=None)),
    r.ISSUED,
    r.DELIVERED,
    (*r.DELIVERED, r.objected(2)),
    (*r.DELIVERED, r.objected()),
    r.REPLIED,
    r.RECTIFIED,
    r.HALF_DONE,
    r.RETURNED,
)


@st.composite
def courses(draw: st.DrawFn) -> list[Any]:
    """Acts on one letter, a week apart."""
    names = draw(st.lists(st.sampled_from([*ACTS]), min_size=3, max_size=10))
    return [draw(ACTS[name](START + timedelta(7 * at))) for at, name in enumerate(names)]


#: One act of each kind, tried from every beginning whatever is drawn.
ONCE = (
    *(r.listed(listed_on=START, due_on=START), r.delivered(delivered_on=START)),
    *(r.objected(objected_on=START), r.objected(1, objected_on=START)),
    *(r.decided(upheld=yes, decided_on=START) for yes in (True, False)),
    *(r.reply_extended(), r.suggestion_extended(approved_on=START), r.replied(filed_on=START)),
    *(r.site_checked(checked_on=START), r.sent_back(returned_on=START)),
    *(r.evaluated(at, evaluated_on=START) for at in (1, 2)),
    *(r.revisited(), r.struck_off(), r.escalated("整改不到位"), r.escalated("逾期不回复")),
)


def every_act_first(test: Any) -> Any:
    """Try each act of ``ONCE`` from each beginning before what Hypothesis draws."""
    for before in BEGINNINGS:
        for act in ONCE:
            test = example(before, [act])(test)
    return test


def test_a_letter_moves_as_its_table_says_and_every_move_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()

    @settings(MACHINES, max_examples=60)
    @given(st.sampled_from(BEGINNINGS), courses())
    @every_act_first
    def holds(before: tuple[Any, ...], acts: list[Any]) -> None:
        office = Office()
        for command in (*before, LEAD):
            office.carry_out(command)
        ways.update(tried(LETTERS, office, LETTER, acts))

    holds()
    assert {act for act, _, _ in ways} == {move.act for move in LETTERS.moves}
    assert {to for _, _, to in ways} == LETTERS.stages.keys()


def drafts() -> st.SearchStrategy[list[Any]]:
    each = [r.returned(), r.revised(), r.approved(), r.withdrawn(), r.issued()]
    return st.lists(st.sampled_from(each), min_size=2, max_size=8)


def test_a_draft_moves_as_its_table_says_and_every_move_is_taken() -> None:
    ways: set[tuple[str, str, str]] = set()

    @settings(MACHINES, max_examples=120)
    @given(drafts())
    def holds(acts: list[Any]) -> None:
        office = Office()
        for command in (*FILED_CASE, r.a_draft()):
            office.carry_out(command)
        ways.update(tried(DRAFTS, office, r.DRAFT, acts))

    holds()
    assert {act for act, _, _ in ways} == {move.act for move in DRAFTS.moves}
    assert {(one, to) for _, one, to in ways} == {a for m in DRAFTS.moves for a in m.arrows}
