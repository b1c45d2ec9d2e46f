"""立案: the whole state of a case, its record and its course, and the stages it goes through."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from domain.cases.case import (
    Case,
    CaseClosed,
    CaseCorrected,
    CaseFiled,
    CaseSentToReview,
    CaseTransferredToProcuratorate,
)
from domain.cases.course import (
    CaseAcceptedForReview,
    CaseMeasureNoted,
    CourseEvent,
    InvestigatorsAssigned,
    RecusalDecided,
    RecusalRequested,
    ReviewersAssigned,
)
from domain.fields import Code, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

INVESTIGATION, REVIEW = "审查调查", "审理"


@fact
class Team:
    """办案人员: the officers on a duty from a day."""

    duty: str
    assigned_on: date
    officers: tuple[str, ...]


@fact
class Recusal:
    """回避: one request that an officer withdraw, and what was decided."""

    officer: str
    requested_on: date
    decided_on: date | None
    granted: bool | None


@fact
class CaseMeasure:
    """一项措施 of the case, in the order in which they began."""

    measure: str
    measure_kind: str
    measured: str | None
    began_on: date
    began_at: str | None
    ended_on: date | None
    ended_at: str | None


@fact
class CaseFile(Case):
    """案件 as it stands, with its course; counts are None where nothing was counted yet."""

    announced_on: date | None
    serious: bool | None
    family_notified_on: date | None
    published_on: date | None
    plan_decided_on: date | None
    plan: str | None
    investigators: tuple[str, ...]
    reviewers: tuple[str, ...]
    investigation_until: date | None
    report_on: date | None
    report: str | None
    letter_drafted: bool | None
    acceptances: int | None
    accepted_on: date | None
    review_until: date | None
    returns: int | None
    returned_on: date | None
    resends: int | None
    resent_on: date | None
    review_concluded_on: date | None
    review_report: str | None
    withdrawn_on: date | None
    waived_on: date | None
    waiver: Annotated[str | None, Code("waiver")]
    supplements: int | None
    supplement_returned_on: date | None
    supplements_completed: int | None
    supplement_completed_on: date | None
    teams: tuple[Team, ...]
    recusals: tuple[Recusal, ...]
    measures: tuple[CaseMeasure, ...]


#: The course of a case of which only the filing is known.
_NOTHING_YET = {
    **dict.fromkeys(CaseFile.__annotations__),
    **dict.fromkeys(("sent_to_review_on", "closed_on", "transferred_on")),
    **dict.fromkeys(("investigators", "reviewers", "teams", "recusals", "measures"), ()),
}

CaseEvent = (
    CaseFiled
    | CaseSentToReview
    | CaseClosed
    | CaseTransferredToProcuratorate
    | CaseCorrected
    | CourseEvent
)


def _team(event: CaseEvent) -> Team | None:
    match event:
        case InvestigatorsAssigned():
            return Team(
                duty=INVESTIGATION, assigned_on=event.assigned_on, officers=event.investigators
            )
        case ReviewersAssigned():
            return Team(duty=REVIEW, assigned_on=event.assigned_on, officers=event.reviewers)
        case CaseAcceptedForReview():
            return Team(duty=REVIEW, assigned_on=event.accepted_on, officers=event.reviewers)
    return None


def _recusals(case: CaseFile, event: RecusalRequested | RecusalDecided) -> tuple[Recusal, ...]:
    if isinstance(event, RecusalRequested):
        return (*case.recusals, restate(event, Recusal, decided_on=None, granted=None))
    return tuple(
        replace(each, decided_on=event.decided_on, granted=event.granted)
        if each.officer == event.officer and each.decided_on is None
        else each
        for each in case.recusals
    )


def _measures(case: CaseFile, event: CaseMeasureNoted) -> tuple[CaseMeasure, ...]:
    if not event.ended:
        began = restate(event, CaseMeasure, began_on=event.noted_on, ended_on=None)
        return (*case.measures, began)
    return tuple(
        replace(each, ended_on=event.noted_on, ended_at=event.ended_at)
        if each.measure == event.measure
        else each
        for each in case.measures
    )


def evolve(case: CaseFile | None, event: CaseEvent) -> CaseFile:
    """The case after one more event; a fact's fields are named as the state's."""
    if isinstance(event, CaseFiled):
        return restate(event, CaseFile, **_NOTHING_YET)
    assert case is not None, "a case begins with its filing"  # noqa: S101 -- fold order
    if isinstance(event, CaseCorrected):
        return amended(case, event.after)
    after = amended(case, event)
    team = _team(event)
    if team is not None:
        after = replace(after, teams=(*case.teams, team))
    if isinstance(event, RecusalRequested | RecusalDecided):
        after = replace(after, recusals=_recusals(case, event))
    if isinstance(event, CaseMeasureNoted):
        after = replace(after, measures=_measures(case, event))
    return after


def has_investigated(case: CaseFile) -> frozenset[str]:
    """Every officer who was ever on the investigation of the case."""
    teams = (each.officers for each in case.teams if each.duty == INVESTIGATION)
    return frozenset(officer for officers in teams for officer in officers)


def has_reviewed(case: CaseFile) -> frozenset[str]:
    """Every officer who was ever on the review of the case."""
    teams = (each.officers for each in case.teams if each.duty == REVIEW)
    return frozenset(officer for officers in teams for officer in officers)


def recused(case: CaseFile) -> frozenset[str]:
    """The officers who are off the case for good."""
    return frozenset(each.officer for each in case.recusals if each.granted)


# -- stages ----------------------------------------------------------------------------------


def stage_of(case: CaseFile) -> str:
    """How far the case has come, by what is known of it."""
    if case.withdrawn_on is not None:
        return "withdrawn"
    if (case.supplements or 0) > (case.supplements_completed or 0):
        return "supplement"
    if case.transferred_on is not None:
        return "transferred"
    if case.closed_on is not None:
        return "closed"
    return _stage_of_review(case)


def _stage_of_review(case: CaseFile) -> str:
    if case.review_concluded_on is not None:
        return "reviewed"
    returns, resends = case.returns or 0, case.resends or 0
    if returns > resends:
        return "returned"
    if (case.acceptances or 0) > resends:
        return "review"
    return "sent" if case.sent_to_review_on is not None else "investigation"


_OPEN = ("investigation", "sent", "review", "returned", "reviewed")
_ENDED = ("closed", "transferred", "supplement", "withdrawn")
_ANY = (*_OPEN, *_ENDED)

LIFECYCLE = Lifecycle(
    kind=Kind.CASE,
    title="案件",
    stages={
        "investigation": "审查调查",
        "sent": "已移送审理",
        "review": "审理",
        "returned": "退回补充审查调查",
        "reviewed": "已审结",
        "closed": "已结案",
        "transferred": "已移送检察机关",
        "supplement": "退回补充调查",
        "withdrawn": "已撤案",
    },
    stage=stage_of,
    opened_by=("file_case", "approve_case_filing"),
    moves=(
        Move("decide_investigation_plan", ("investigation", "returned")),
        Move("announce_case_filing", _OPEN),
        Move("notify_family_of_case", _OPEN),
        Move("publish_case", _OPEN),
        Move("assign_investigators", ("investigation", "returned", "supplement")),
        Move("extend_investigation", ("investigation",)),
        Move("conclude_investigation", ("investigation", "returned")),
        Move("send_case_to_review", ("investigation",), ("sent",)),
        Move("send_case_to_review", _ENDED),
        Move("accept_case_for_review", ("sent",), ("review",)),
        Move("assign_reviewers", ("review",)),
        Move("extend_review", ("review",)),
        Move("return_case_to_investigation", ("sent", "review"), ("returned",)),
        Move("resend_case_to_review", ("returned",), ("sent",)),
        Move("conclude_review", ("review",), ("reviewed",)),
        Move("request_recusal", (*_OPEN, "supplement")),
        Move("decide_recusal", (*_OPEN, "supplement")),
        Move("waive_sanction", ("reviewed",)),
        Move("withdraw_case", _OPEN, ("withdrawn",)),
        Move("close_case", _OPEN, ("closed",)),
        Move("close_case", ("transferred", "supplement", "withdrawn")),
        Move("transfer_case_to_procuratorate", (*_OPEN, "closed"), ("transferred",)),
        Move("transfer_case_to_procuratorate", ("withdrawn",)),
        Move("return_case_for_supplement", ("transferred",), ("supplement",)),
        Move("complete_supplement", ("supplement",), ("transferred",)),
    ),
)
