"""Commands about sanctions beyond the registers, on a case sent to review."""

from datetime import date
from typing import Any

from domain.cases.decisions import SendCaseToReview
from domain.sanctions.deciding import DecideSanction
from domain.sanctions.execution import (
    AnnounceSanction,
    CompletePostChange,
    ExtendPostChange,
    ReportSanctionExecution,
)
from domain.sanctions.organisational_decisions import (
    EndOrganisationalMeasure,
    ImposeOrganisationalMeasure,
)
from domain.sanctions.probation import (
    ApplyForRestoration,
    ExtendProbation,
    ResolveRestoration,
    RestoreRights,
    RevokeRestoration,
)
from domain.sanctions.revision import (
    ChangeSanction,
    ReinstatePerson,
    RequireSanctionRehandling,
    RevokeSanction,
    UpholdSanction,
)
from tests.domain import samples as s

NUMBER, OTHER = "CF2021-101", "CF2021-102"
IN_REVIEW = (
    *s.FILED_CASE,
    SendCaseToReview(number=s.CASE, sent_to_review_on=date(2021, 5, 10)),
)


def a_party_decision(**changes: Any) -> DecideSanction:
    said = {
        "number": NUMBER,
        "case": s.CASE,
        "person": s.PERSON,
        "organ": s.ORGAN,
        "category": "党纪处分",
        "kind": "严重警告",
        "decided_on": s.DECIDED,
        "rank": "乡科级",
        "effective_on": None,
        "approver": "区纪委常委会",
        "standing": None,
        "heard_on": None,
        "facts": "违规发放津贴，有账册、谈话笔录为证",
        "basis": "《中国共产党纪律处分条例》有关规定",
        "remedy": "对处分决定不服的，可以提出申诉",
        "posts_removed": None,
        "probation_months": None,
        "merged": None,
        "period_months": None,
        "violated_on": date(2020, 12, 31),
        "earlier": (),
        "employer_sanction": None,
        "elected": False,
        "removed_from_office_on": None,
    }
    return DecideSanction(**(said | changes))


def an_administrative_decision(**changes: Any) -> DecideSanction:
    said = {
        "number": OTHER,
        "category": "政务处分",
        "kind": "记大过",
        "standing": "公务员及参公管理人员",
        "heard_on": date(2021, 5, 28),
    }
    return a_party_decision(**(said | changes))


def a_removal_from_office(**changes: Any) -> DecideSanction:
    return an_administrative_decision(**({"kind": "撤职", "posts_removed": "科长"} | changes))


def a_probation(**changes: Any) -> DecideSanction:
    return a_party_decision(**({"kind": "留党察看", "probation_months": 12} | changes))


def an_announcement(**changes: Any) -> AnnounceSanction:
    said = {"number": NUMBER, "announced_on": date(2021, 6, 20), "scope": "所在党支部"}
    return AnnounceSanction(**(said | changes))


def a_post_change_extension(**changes: Any) -> ExtendPostChange:
    said = {
        "number": OTHER,
        "extended_on": date(2021, 6, 25),
        "post_change_due_on": date(2021, 9, 1),
        "extended_by": "区委组织部",
    }
    return ExtendPostChange(**(said | changes))


def a_post_change(**changes: Any) -> CompletePostChange:
    return CompletePostChange(**({"number": OTHER, "post_changed_on": date(2021, 8, 20)} | changes))


def an_execution_report(**changes: Any) -> ReportSanctionExecution:
    said = {"number": NUMBER, "execution_reported_on": date(2021, 11, 1)}
    return ReportSanctionExecution(**(said | changes))


def a_probation_extension(**changes: Any) -> ExtendProbation:
    said = {
        "number": NUMBER,
        "probation_extended_on": date(2022, 6, 10),
        "extended_by": "区纪委",
    }
    return ExtendProbation(**(said | changes))


def an_application(**changes: Any) -> ApplyForRestoration:
    return ApplyForRestoration(
        **({"number": NUMBER, "restoration_applied_on": date(2022, 6, 5)} | changes)
    )


def a_resolution(**changes: Any) -> ResolveRestoration:
    said = {
        "number": NUMBER,
        "branch_resolved_on": date(2022, 6, 20),
        "entitled": 21,
        "in_favour": 11,
    }
    return ResolveRestoration(**(said | changes))


def a_restoration(**changes: Any) -> RestoreRights:
    said = {"number": NUMBER, "rights_restored_on": date(2022, 7, 1), "restored_by": "区城管局党委"}
    return RestoreRights(**(said | changes))


def a_restoration_revoked(**changes: Any) -> RevokeRestoration:
    said = {
        "number": NUMBER,
        "restoration_revoked_on": date(2023, 3, 2),
        "expulsion": OTHER,
    }
    return RevokeRestoration(**(said | changes))


def a_change(**changes: Any) -> ChangeSanction:
    said = {
        "number": NUMBER,
        "changed_on": date(2022, 3, 1),
        "kind": "警告",
        "changed_by": "区纪委监委",
        "grounds": "情节认定有误",
        "on_request": True,
    }
    return ChangeSanction(**(said | changes))


def a_revocation(**changes: Any) -> RevokeSanction:
    said = {
        "number": NUMBER,
        "revoked_on": date(2022, 4, 1),
        "revoked_by": "市纪委监委",
        "grounds": "事实不清",
    }
    return RevokeSanction(**(said | changes))


def a_rehandling(**changes: Any) -> RequireSanctionRehandling:
    said = {
        "number": NUMBER,
        "rehandling_on": date(2022, 2, 1),
        "ruling": "（2022）闽05刑再1号",
    }
    return RequireSanctionRehandling(**(said | changes))


def an_upholding(**changes: Any) -> UpholdSanction:
    said = {"number": NUMBER, "upheld_on": date(2022, 2, 20), "grounds": "不影响违纪认定"}
    return UpholdSanction(**(said | changes))


def a_reinstatement(**changes: Any) -> ReinstatePerson:
    said = {"number": NUMBER, "reinstated_on": date(2022, 5, 1), "restored": "级别、待遇、名誉"}
    return ReinstatePerson(**(said | changes))


def a_suspension(**changes: Any) -> ImposeOrganisationalMeasure:
    said = {
        "number": "ZZ2021-1",
        "person": s.PERSON,
        "organ": s.ORGAN,
        "lead": s.LEAD,
        "case": s.CASE,
        "sanction": None,
        "measure": "停职检查",
        "decided_by": "区委组织部",
        "decided_on": date(2021, 4, 10),
        "ends_on": date(2021, 10, 10),
    }
    return ImposeOrganisationalMeasure(**(said | changes))


def an_ordered_resignation(**changes: Any) -> ImposeOrganisationalMeasure:
    said = {"number": "ZZ2021-2", "measure": "责令辞职", "ends_on": None, "sanction": NUMBER}
    return a_suspension(**(said | {"decided_on": date(2021, 6, 1)} | changes))


def an_end_of_measure(**changes: Any) -> EndOrganisationalMeasure:
    said = {"number": "ZZ2021-1", "ended_on": date(2021, 8, 1), "reason": "停职原因消除"}
    return EndOrganisationalMeasure(**(said | changes))
