"""An integrity archive: kept, reviewed, supplied with items, looked into, closed."""

from datetime import date
from typing import Any

from domain.archives.accessing import (
    ApproveArchiveAccess,
    LookIntoArchive,
    RefuseArchiveAccess,
    RequestArchiveAccess,
)
from domain.archives.opinions import GiveIntegrityOpinion, RequestIntegrityOpinion
from domain.archives.supplying import SignStatement, SupplyArchiveItem
from domain.persons.keeping import (
    ChangePost,
    CloseArchive,
    DeclareRecusal,
    NameArchiveKeeper,
    ReviewArchive,
)
from tests.domain.samples import EVERYONE, ORGAN, PERSON, a_unit

OTHER_UNIT = "DW02"
OPINION, ACCESS = "YJ2021-001", "CY2021-001"


def keeper_named(**changes: Any) -> NameArchiveKeeper:
    said = {
        "person": PERSON,
        "keeper": "林某",
        "keeper_named_on": date(2019, 1, 2),
        "named_by": "案件监督管理室主任",
    }
    return NameArchiveKeeper(**(said | changes))


def recused(**changes: Any) -> DeclareRecusal:
    said = {
        "person": PERSON,
        "who": "林某",
        "recused_on": date(2020, 3, 1),
        "reason": "与王小明系亲属",
    }
    return DeclareRecusal(**(said | changes))


def reviewed(**changes: Any) -> ReviewArchive:
    said = {
        "person": PERSON,
        "item": "DA2021-010",
        "reviewed_on": date(2021, 6, 30),
        "reviewed_by": "林某",
        "changes": "新增述职述廉报告一份",
    }
    return ReviewArchive(**(said | changes))


def post_changed(**changes: Any) -> ChangePost:
    said = {
        "person": PERSON,
        "item": "DA2021-011",
        "post_changed_on": date(2021, 8, 1),
        "present_unit": OTHER_UNIT,
        "present_post": "副局长",
        "present_rank": "乡科级",
        "origin": "组织部门",
        "source_department": "区委组织部",
        "supplied_on": date(2021, 8, 5),
        "document": "丰委组〔2021〕12号",
    }
    return ChangePost(**(said | changes))


def closed(**changes: Any) -> CloseArchive:
    said = {
        "person": PERSON,
        "archive_closed_on": date(2021, 11, 1),
        "ground": "调离本区",
        "handed_to": "邻区纪委监委",
    }
    return CloseArchive(**(said | changes))


def supplied(**changes: Any) -> SupplyArchiveItem:
    said = {
        "number": "DA2021-012",
        "person": PERSON,
        "occurred_on": date(2021, 7, 1),
        "category": "奖励",
        "content": "王小明获评优秀共产党员",
        "origin": "组织部门",
        "source_department": "区委组织部",
        "supplied_on": date(2021, 7, 8),
        "document": "丰委组〔2021〕9号",
    }
    return SupplyArchiveItem(**(said | changes))


def signed(**changes: Any) -> SignStatement:
    said = {
        "number": "DA2021-013",
        "person": PERSON,
        "signed_on": date(2021, 12, 20),
        "content": "王小明述责述廉报告",
        "stamped": True,
    }
    return SignStatement(**(said | changes))


def opinion_requested(**changes: Any) -> RequestIntegrityOpinion:
    said = {
        "number": OPINION,
        "person": PERSON,
        "organ": ORGAN,
        "requester": "区委组织部",
        "purpose": "选拔任用",
        "requested_on": date(2021, 7, 5),
        "answer_due_on": date(2021, 7, 15),
    }
    return RequestIntegrityOpinion(**(said | changes))


def opinion_given(**changes: Any) -> GiveIntegrityOpinion:
    said = {
        "number": OPINION,
        "item": "DA2021-014",
        "given_on": date(2021, 7, 12),
        "conclusion": "未发现影响使用的问题",
        "approved_by": "书记",
        "as_of": date(2021, 7, 11),
        "at_position": None,
        "leads": (),
        "cases": (),
        "dispositions": (),
        "sanctions": (),
    }
    return GiveIntegrityOpinion(**(said | changes))


def access_requested(**changes: Any) -> RequestArchiveAccess:
    said = {
        "number": ACCESS,
        "person": PERSON,
        "requested_by": "陈某",
        "department": "区委组织部",
        "reason": "王小明拟提任考察",
        "requested_on": date(2021, 7, 6),
    }
    return RequestArchiveAccess(**(said | changes))


def access_approved(**changes: Any) -> ApproveArchiveAccess:
    said = {
        "number": ACCESS,
        "approved_on": date(2021, 7, 7),
        "approved_by": "分管副书记",
        "valid_until": date(2021, 7, 20),
    }
    return ApproveArchiveAccess(**(said | changes))


def access_refused(**changes: Any) -> RefuseArchiveAccess:
    said = {
        "number": ACCESS,
        "refused_on": date(2021, 7, 7),
        "refused_by": "分管副书记",
        "grounds": "事由不明",
    }
    return RefuseArchiveAccess(**(said | changes))


def looked(**changes: Any) -> LookIntoArchive:
    said = {
        "number": ACCESS,
        "person": PERSON,
        "looked_on": date(2021, 7, 8),
        "looked_by": "陈某",
    }
    return LookIntoArchive(**(said | changes))


#: A cadre's archive opened on 2019-01-01, kept, reviewed.
OPENED = (*EVERYONE, a_unit(code=OTHER_UNIT, name="区审计局"))
KEPT = (*OPENED, keeper_named())
REVIEWED = (*KEPT, reviewed())
CLOSED = (*REVIEWED, closed())
