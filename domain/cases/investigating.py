"""立案: announcing a case, planning it, who investigates, how long, and the report."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile, has_reviewed
from domain.cases.course import (
    CaseFilingAnnounced,
    CasePublished,
    FamilyOfCaseNotified,
    InvestigationConcluded,
    InvestigationExtended,
    InvestigationPlanDecided,
    InvestigatorsAssigned,
)
from domain.cases.rules import (
    SUPERVISION_LAW,
    case_for,
    require_after,
    require_none_recused,
    require_once,
    require_separate,
    require_team,
)
from domain.fields import PersonalText, Ref, fact, restate
from domain.limits.limits import end_of, limit
from domain.measures.kinds import measure_kinds
from domain.organs.levels import require_next_higher
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.streams import Kind


@fact
class AnnounceCaseFiling:
    """宣布立案决定."""

    number: Annotated[str, Ref(Kind.CASE)]
    announced_on: date
    serious: bool


@fact
class NotifyFamilyOfCase:
    """通知被调查人家属."""

    number: Annotated[str, Ref(Kind.CASE)]
    family_notified_on: date


@fact
class PublishCase:
    """向社会公开发布立案信息."""

    number: Annotated[str, Ref(Kind.CASE)]
    published_on: date


@fact
class DecideInvestigationPlan:
    """专题会议确定调查方案和措施."""

    number: Annotated[str, Ref(Kind.CASE)]
    plan_decided_on: date
    plan: str | None
    measures_planned: tuple[str, ...]


@fact
class AssignInvestigators:
    """确定审查调查人员."""

    number: Annotated[str, Ref(Kind.CASE)]
    assigned_on: date
    investigators: tuple[str, ...]


@fact
class ExtendInvestigation:
    """延长审查调查期限."""

    number: Annotated[str, Ref(Kind.CASE)]
    decided_on: date
    investigation_until: date
    approver: str
    reason: PersonalText | None


@fact
class ConcludeInvestigation:
    """审查调查终结."""

    number: Annotated[str, Ref(Kind.CASE)]
    report_on: date
    report: str | None
    letter_drafted: bool | None


def announce_case_filing(case: CaseFile | None, act: AnnounceCaseFiling) -> CaseFilingAnnounced:
    """Announce the filing to the person and to the organisations concerned.

    1. The case is open (台账规则).
    2. It is announced once (台账规则).
    3. It is not announced before it was filed (《监察法》（2024修正）第42条).
    """
    filed = case_for("announce_case_filing", case, act.number)
    require_once(filed.announced_on, "announced_on")
    require_after(filed.filed_on, act.announced_on, "announced_on")
    return restate(act, CaseFilingAnnounced, organ=filed.organ)


def _require_serious(case: CaseFile, field: str) -> None:
    refuse_if(
        not case.serious,
        "not_serious",
        "未宣布立案，或者不属于严重职务违法、职务犯罪案件",
        field=field,
        provision=f"{SUPERVISION_LAW}第42条",
    )


def notify_family_of_case(case: CaseFile | None, act: NotifyFamilyOfCase) -> FamilyOfCaseNotified:
    """Tell the person's family of the filing.

    1. The case is open (台账规则).
    2. It was announced as one of a serious violation or crime (《监察法》（2024修正）第42条).
    3. The family is told once (台账规则).
    4. It is not told before the case was filed (台账规则).
    """
    filed = case_for("notify_family_of_case", case, act.number)
    _require_serious(filed, "family_notified_on")
    require_once(filed.family_notified_on, "family_notified_on")
    require_after(filed.filed_on, act.family_notified_on, "family_notified_on")
    return restate(act, FamilyOfCaseNotified, organ=filed.organ)


def publish_case(case: CaseFile | None, act: PublishCase) -> CasePublished:
    """Publish the filing to the public.

    1. The case is open (台账规则).
    2. It was announced as one of a serious violation or crime (《监察法》（2024修正）第42条).
    3. It is published once (台账规则).
    4. It is not published before it was filed (台账规则).
    """
    filed = case_for("publish_case", case, act.number)
    _require_serious(filed, "published_on")
    require_once(filed.published_on, "published_on")
    require_after(filed.filed_on, act.published_on, "published_on")
    return restate(act, CasePublished, organ=filed.organ)


def decide_investigation_plan(
    case: CaseFile | None, act: DecideInvestigationPlan
) -> InvestigationPlanDecided:
    """Decide plan and measures at a special meeting; a later plan replaces the earlier.

    1. The case is under investigation (《监察法》（2024修正）第42条).
    2. The meeting is not before the filing (《监察法》（2024修正）第42条).
    3. The measures planned are those that the law knows on the day (《监察法》（2024修正）第四章).
    """
    filed = case_for("decide_investigation_plan", case, act.number)
    require_after(filed.filed_on, act.plan_decided_on, "plan_decided_on")
    for name in act.measures_planned:
        kind = measure_kinds().get(name)
        unknown = kind is None or not kind.in_force(act.plan_decided_on)
        reason = f"“{name}”不是 {act.plan_decided_on} 法定的监察措施"
        refuse_if(unknown, "unknown_code", reason, field="measures_planned")
    return restate(act, InvestigationPlanDecided, organ=filed.organ)


def assign_investigators(case: CaseFile | None, act: AssignInvestigators) -> InvestigatorsAssigned:
    """Assign the officers who investigate from now on.

    1. The case is under investigation or sent back (台账规则).
    2. They are at least two (《监察法》（2024修正）第44条).
    3. None of them is recused (《监察法》（2024修正）第67条).
    4. None of them has reviewed the case (《监督执纪工作规则》（2018）第54条).
    5. They are not assigned before the filing (台账规则).
    """
    filed = case_for("assign_investigators", case, act.number)
    require_team(filed, act.investigators, "investigators", f"{SUPERVISION_LAW}第44条")
    require_none_recused(filed, act.investigators, "investigators")
    require_separate(act.investigators, has_reviewed(filed), "investigators", "已参与本案审理")
    require_after(filed.filed_on, act.assigned_on, "assigned_on")
    return restate(act, InvestigatorsAssigned, organ=filed.organ)


def extend_investigation(
    case: CaseFile | None, act: ExtendInvestigation, *, organ: Organ | None
) -> InvestigationExtended:
    """Extend the time of an investigation.

    1. The case is under investigation (台账规则).
    2. It is extended once (《监督执纪工作规则》（2017试行第28条，2018沿用）).
    3. The next higher organ approves (《监督执纪工作规则》（2017试行第28条，2018沿用）).
    4. The last day is after the first term and at most one extension later
       (《监督执纪工作规则》（2017试行第28条，2018沿用）).
    5. It is not decided before the filing (台账规则).
    """
    filed = case_for("extend_investigation", case, act.number)
    more = limit("case.investigation_extension", filed.filed_on)
    refuse_if(
        filed.investigation_until is not None,
        "no_more_extensions",
        "审查调查期限只可延长一次",
        field="investigation_until",
        provision=more.provision,
    )
    if organ is None:
        raise Refusal("missing_reference", f"机构 {filed.organ} 不存在", field="number")
    require_next_higher(organ, act.approver, "approver", more.provision)
    first = end_of(limit("case.investigation", filed.filed_on), filed.filed_on)
    last = end_of(more, first)
    refuse_if(
        not first < act.investigation_until <= last,
        "beyond_limit",
        f"延长后的期限须在 {first} 之后，至迟 {last}",
        field="investigation_until",
        provision=more.provision,
    )
    require_after(filed.filed_on, act.decided_on, "decided_on")
    return restate(act, InvestigationExtended, organ=filed.organ)


def conclude_investigation(
    case: CaseFile | None, act: ConcludeInvestigation
) -> InvestigationConcluded:
    """Conclude an investigation by its report; whether a recommendation is drafted is only noted.

    1. The case is under investigation or sent back (《监督执纪工作规则》（2018）第55条).
    2. At least two officers are on the investigation (《监察法》（2024修正）第44条).
    3. The report is not before the filing, nor before the return it answers (台账规则).
    """
    filed = case_for("conclude_investigation", case, act.number)
    require_team(filed, filed.investigators, "number", f"{SUPERVISION_LAW}第44条")
    require_after(filed.filed_on, act.report_on, "report_on")
    require_after(filed.returned_on, act.report_on, "report_on", "审理退回")
    return restate(act, InvestigationConcluded, organ=filed.organ)
