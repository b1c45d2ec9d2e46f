"""立案: whatever is asked for in whatever order, the table of stages and the decisions agree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given as generated
from hypothesis import strategies as st

from domain.cases.case_file import LIFECYCLE
from domain.cases.decisions import CloseCase
from domain.cases.filing import FILING_LIFECYCLE
from tests.domain.cases import samples as s
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, tried
from tests.domain.samples import CASE, FILED_CASE

#: Acts by name, each given a day when it is drawn.
ACTS: dict[str, tuple[Any, str]] = {
    "announce": (s.an_announcement(), "announced_on"),
    "family": (s.a_family_notice(), "family_notified_on"),
    "publish": (s.a_publication(), "published_on"),
    "plan": (s.a_plan(), "plan_decided_on"),
    "team": (s.a_team(), "assigned_on"),
    "extend": (s.an_extension(), "decided_on"),
    "report": (s.a_report(), "report_on"),
    "send": (s.a_sending(), "sent_to_review_on"),
    "accept": (s.an_acceptance(), "accepted_on"),
    "reviewers": (s.other_reviewers(), "assigned_on"),
    "longer": (s.a_longer_review(review_until=date(2029, 1, 1)), "decided_on"),
    "back": (s.a_return(), "returned_on"),
    "again": (s.a_resending(), "resent_on"),
    "reviewed": (s.a_review_report(), "review_concluded_on"),
    "ask": (s.a_recusal_request(officer="JC01"), "requested_on"),
    "decide": (s.a_recusal(officer="JC01", granted=False), "decided_on"),
    "withdraw": (s.a_withdrawal(unit_notified_on=None), "withdrawn_on"),
    "waive": (s.a_waiver(), "waived_on"),
    "close": (CloseCase(number=CASE, closed_on=date(2021, 6, 2)), "closed_on"),
    "transfer": (s.a_transfer(), "transferred_on"),
    "supplement": (s.a_supplement(), "supplement_returned_on"),
    "complete": (s.a_completion(), "supplement_completed_on"),
}
#: What an office does one after the other, so that random orders start from every stage.
USUAL = (
    *("team", "report", "send", "accept", "reviewed", "transfer"),
    *("supplement", "complete", "supplement", "complete", "close"),
)
SENT_BACK = (
    *("team", "report", "send", "accept", "back", "report"),
    *("again", "accept", "reviewed", "waive", "close"),
)


def dated(names: Sequence[str]) -> list[Any]:
    """The acts one after the other, a day apart."""
    first = date(2021, 4, 1)
    return [
        replace(ACTS[name][0], **{ACTS[name][1]: first + timedelta(days=at)})
        for at, name in enumerate(names)
    ]


def office_with_a_case() -> Office:
    office = Office()
    for command in FILED_CASE:
        office.carry_out(command)
    return office


ORDERS = st.tuples(
    st.sampled_from([USUAL, SENT_BACK]),
    st.integers(0, 11),
    st.lists(st.sampled_from(sorted(ACTS)), max_size=12),
).map(lambda drawn: [*drawn[0][: drawn[1]], *drawn[2]])


def test_the_table_of_stages_is_what_the_decisions_do() -> None:
    ways: set[tuple[str, str, str]] = set()

    @MACHINES
    @generated(ORDERS)
    def holds(names: list[str]) -> None:
        ways.update(tried(LIFECYCLE, office_with_a_case(), CASE, dated(names)))

    holds()
    for names in (USUAL, SENT_BACK, *each_from_every_stage()):
        ways.update(tried(LIFECYCLE, office_with_a_case(), CASE, dated(names)))
    table = {(move.act, *way) for move in LIFECYCLE.moves for way in move.arrows}
    assert ways == table, table - ways


def each_from_every_stage() -> list[list[str]]:
    """Every act asked for at every stage, with what it needs before it."""
    reached = (
        ["team"],
        USUAL[:3],
        USUAL[:4],
        SENT_BACK[:5],
        SENT_BACK[:6],
        USUAL[:5],
        ["close"],
        USUAL[:6],
        USUAL[:7],
        ["transfer"],
        ["team", "transfer", "supplement"],
        ["withdraw"],
        ["withdraw", "close"],
    )
    beside = ([], ["announce"], ["ask"])
    return [[*before, *more, act] for before in reached for more in beside for act in ACTS]


def test_a_request_is_decided_one_way() -> None:
    ways: set[tuple[str, str, str]] = set()
    acts = [s.an_approval(), s.a_refusal(), s.an_approval(case="AJ2021-002")]

    @MACHINES
    @generated(st.lists(st.sampled_from(acts), max_size=3))
    def holds(wanted: list[Any]) -> None:
        office = Office()
        for command in s.REQUESTED:
            office.carry_out(command)
        ways.update(tried(FILING_LIFECYCLE, office, s.FILING, wanted))

    holds()
    assert ways == {
        ("approve_case_filing", "requested", "approved"),
        ("refuse_case_filing", "requested", "refused"),
    }
