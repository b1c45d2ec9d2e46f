"""A street commission's matter from the lead to the letter closed, as commands with their days.

The director of a community committee leases collective assets past the three majors and one large
(三重一大): verified, filed, a party warning, a supervision recommendation to the committee.
"""

from datetime import date
from typing import Any

from domain.cases.decisions import CloseCase, SendCaseToReview
from domain.cases.filing_decisions import ApproveCaseFiling, RequestCaseFiling
from domain.cases.investigating import (
    AnnounceCaseFiling,
    AssignInvestigators,
    ConcludeInvestigation,
)
from domain.cases.reviewing import AcceptCaseForReview, ConcludeReview
from domain.dispositions.decisions import ConcludeDisposition
from domain.leads.decisions import RegisterLead
from domain.leads.disposal import ApproveLeadHandling, ProposeLeadHandling
from domain.leads.routing import AssignLead, ConcludeForPerson
from domain.leads.verification import (
    ApproveVerificationPlan,
    ConcludeVerification,
    ReportVerification,
)
from domain.organs.decisions import RegisterOrgan
from domain.persons.decisions import RegisterPerson
from domain.recommendations.drafting import (
    ApproveRecommendationDraft,
    DraftRecommendation,
    IssueRecommendationDraft,
    Wanted,
)
from domain.recommendations.following import DeliverRecommendation, FileReply
from domain.recommendations.rectification import (
    CheckSite,
    EvaluateSuggestion,
    StrikeOffRecommendation,
)
from domain.sanctions.deciding import DecideSanction
from domain.sanctions.execution import AnnounceSanction, ReportSanctionExecution
from domain.units.decisions import RegisterUnit

DISTRICT, STREET, COMMITTEE, DIRECTOR = "JW350503", "JW350503J1", "DW-SQ-01", "RY-SQ-01"
LEAD, FILING, CASE, SANCTION = "XS-2024-01", "CP-2024-01", "AJ-2024-01", "CF-2024-01"
FORM, DRAFT, LETTER = "CZ-2024-01", "JYG-2024-01", "JY-2024-01"
RANK = "农村、企业等其他人员"


def day(month: int, of_month: int, year: int = 2024) -> date:
    """A day of the story."""
    return date(year, month, of_month)


OFFICE: tuple[tuple[date, Any], ...] = (
    (
        day(1, 2),
        RegisterOrgan(
            code=DISTRICT, name="区纪委监委", type="纪委监委", parent=None, region="350503"
        ),
    ),
    (
        day(1, 2),
        RegisterOrgan(
            code=STREET, name="街道纪工委监察组", type="派出机构", parent=DISTRICT, region="350503"
        ),
    ),
    (
        day(1, 2),
        RegisterUnit(
            code=COMMITTEE, name="某社区居委会", type="村（社区）", parent=None, region="350503"
        ),
    ),
    (
        day(1, 2),
        RegisterPerson(
            number=DIRECTOR,
            name="赵甲",
            political_status="中共党员",
            unit=COMMITTEE,
            post="社区居委会主任",
            rank=RANK,
            district_managed=False,
            archive_opened_on=day(1, 2),
        ),
    ),
)

LEAD_VERIFIED: tuple[tuple[date, Any], ...] = (
    (
        day(1, 15),
        RegisterLead(
            number=LEAD,
            source="监督检查发现",
            source_number=None,
            received_on=day(1, 15),
            organ=STREET,
            department=None,
            persons=(DIRECTOR,),
            category="违反工作纪律",
            summary="未经集体研究出租集体店面",
        ),
    ),
    (
        day(1, 16),
        AssignLead(lead=LEAD, assigned_on=day(1, 16), department="街道纪工委", handler="JC01"),
    ),
    (
        day(1, 29),
        ProposeLeadHandling(
            lead=LEAD,
            proposed_on=day(1, 29),
            proposed_method="初步核实",
            closing_ground=None,
            proposer="JC01",
            opinion="建议初步核实",
        ),
    ),
    (
        day(1, 31),
        ApproveLeadHandling(
            lead=LEAD, decided_on=day(1, 31), approver="纪工委书记", approver_role="主要负责人"
        ),
    ),
    (
        day(2, 1),
        ApproveVerificationPlan(
            lead=LEAD,
            plan_approved_on=day(2, 1),
            team=("JC01", "JC02"),
            approver="纪工委书记",
            approver_role="主要负责人",
        ),
    ),
    (
        day(3, 1),
        ReportVerification(lead=LEAD, reported_on=day(3, 1), finding="反映属实"),
    ),
    (
        day(3, 4),
        ConcludeVerification(
            lead=LEAD,
            concluded_on=day(3, 4),
            result="拟立案审查调查",
            recipient=None,
            approver="纪工委书记",
            approver_role="主要负责人",
        ),
    ),
    (
        day(3, 4),
        ConcludeForPerson(
            lead=LEAD,
            person=DIRECTOR,
            person_concluded_on=day(3, 4),
            person_outcome="拟立案",
            measure=None,
        ),
    ),
)

CASE_DECIDED: tuple[tuple[date, Any], ...] = (
    (
        day(3, 5),
        RequestCaseFiling(
            number=FILING,
            lead=LEAD,
            person=DIRECTOR,
            organ=STREET,
            requested_on=day(3, 5),
            rank=RANK,
            department="街道纪工委",
            grounds="涉嫌违反工作纪律",
        ),
    ),
    (
        day(3, 7),
        ApproveCaseFiling(number=FILING, case=CASE, approved_on=day(3, 7), approver="主要负责人"),
    ),
    (day(3, 8), AnnounceCaseFiling(number=CASE, announced_on=day(3, 8), serious=False)),
    (
        day(3, 8),
        AssignInvestigators(number=CASE, assigned_on=day(3, 8), investigators=("JC01", "JC02")),
    ),
    (
        day(4, 20),
        ConcludeInvestigation(
            number=CASE, report_on=day(4, 20), report="DC-2024-01", letter_drafted=True
        ),
    ),
    (day(4, 22), SendCaseToReview(number=CASE, sent_to_review_on=day(4, 22))),
    (
        day(4, 23),
        AcceptCaseForReview(number=CASE, accepted_on=day(4, 23), reviewers=("SL01", "SL02")),
    ),
    (
        day(5, 10),
        ConcludeReview(
            number=CASE,
            review_concluded_on=day(5, 10),
            review_report="SL-2024-01",
            opinion="建议给予党内警告处分",
        ),
    ),
    (
        day(5, 15),
        DecideSanction(
            number=SANCTION,
            case=CASE,
            person=DIRECTOR,
            organ=STREET,
            category="党纪处分",
            kind="警告",
            decided_on=day(5, 15),
            rank=RANK,
            effective_on=None,
            approver="街道党工委",
            standing=None,
            heard_on=day(5, 12),
            facts="未经集体研究出租集体店面",
            basis="《中国共产党纪律处分条例》",
            remedy="可以申诉",
            posts_removed=None,
            probation_months=None,
            merged=None,
            period_months=None,
            violated_on=day(3, 1, 2023),
            earlier=(),
            employer_sanction=None,
            elected=False,
            removed_from_office_on=None,
        ),
    ),
    (
        day(5, 15),
        ConcludeDisposition(
            number=FORM,
            lead=LEAD,
            case=CASE,
            person=DIRECTOR,
            organ=STREET,
            measures=("党内警告",),
            applied_by="纪检监察机关",
            approver="主要负责人",
            decided_on=day(5, 15),
            rank=RANK,
        ),
    ),
    (day(5, 20), CloseCase(number=CASE, closed_on=day(5, 20))),
    (
        day(5, 30),
        AnnounceSanction(number=SANCTION, announced_on=day(5, 30), scope="社区党组织和本人"),
    ),
    (
        day(10, 8),
        ReportSanctionExecution(number=SANCTION, execution_reported_on=day(10, 8)),
    ),
)

#: The lease is terminated, the rules are amended.
ASKED = (
    Wanted(requirement="终止违规出租的店面合同", due_on=day(6, 30)),
    Wanted(requirement="修订集体资产出租管理制度", due_on=day(6, 30)),
)
LETTER_CLOSED: tuple[tuple[date, Any], ...] = (
    (
        day(5, 21),
        DraftRecommendation(
            number=DRAFT,
            category="监察建议",
            organ=STREET,
            recipient=COMMITTEE,
            addressee_kind="监察对象所在单位",
            addressee="某社区居委会",
            related=CASE,
            department="街道纪工委",
            drafted_on=day(5, 21),
            reply_due_on=day(6, 21),
            findings="集体资产出租未经集体研究",
            suggestions=ASKED,
        ),
    ),
    (
        day(5, 22),
        ApproveRecommendationDraft(number=DRAFT, approved_on=day(5, 22), approved_by="主要负责人"),
    ),
    (day(5, 23), IssueRecommendationDraft(number=DRAFT, letter=LETTER, issued_on=day(5, 23))),
    (
        day(5, 24),
        DeliverRecommendation(number=LETTER, delivered_on=day(5, 24), received_by="居委会文书"),
    ),
    (
        day(6, 18),
        FileReply(
            number=LETTER,
            filed_on=day(6, 18),
            adopted=True,
            account="店面合同已终止，制度已修订",
            attachments=("解除合同协议", "资产出租管理办法"),
        ),
    ),
    (
        day(6, 25),
        CheckSite(
            number=LETTER,
            checked_on=day(6, 25),
            checked_by="JC02",
            finding="合同已解除，新制度已公示",
        ),
    ),
    *(
        (
            day(6, 26),
            EvaluateSuggestion(
                number=LETTER,
                suggestion=which,
                evaluated_on=day(6, 26),
                result="整改到位",
                remarks=None,
            ),
        )
        for which in (1, 2)
    ),
    (day(6, 28), StrikeOffRecommendation(number=LETTER, closed_on=day(6, 28))),
)

STORY = tuple(
    sorted((*OFFICE, *LEAD_VERIFIED, *CASE_DECIDED, *LETTER_CLOSED), key=lambda each: each[0])
)
