"""组织人事部门: supervised persons, posts, rewards, penalties, requests for an opinion."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from consumers.contracts.contract import Contract, Line, Message, Number, Prose, Sender
from domain.archives.opinions import RequestIntegrityOpinion
from domain.archives.supplying import SupplyArchiveItem
from domain.persons.decisions import RegisterPerson
from domain.persons.keeping import ChangePost

ORGANIZATION = Sender("organization", "组织人事部门")

Rank = Literal["省部级", "厅局级", "县处级", "乡科级", "一般干部", "农村、企业等其他人员"]
Origin = Literal["组织部门", "人力资源社会保障部门"]


class PersonRegistered(Message):
    """干部列为监督对象."""

    number: Annotated[Number, Field(description="人员编号，不得使用身份证号码")]
    name: Annotated[Line, Field(description="姓名（个人信息）")]
    political_status: Annotated[Line | None, Field(description="政治面貌")] = None
    unit: Annotated[Number | None, Field(description="所在单位代码")] = None
    post: Annotated[Line | None, Field(description="职务")] = None
    rank: Annotated[Rank | None, Field(description="职级")] = None
    district_managed: Annotated[bool, Field(description="是否区管干部")]
    archive_opened_on: Annotated[date | None, Field(description="建档日期")] = None


class _Supplied(Message):
    origin: Annotated[Origin, Field(description="材料来源")]
    department: Annotated[Line, Field(description="供件部门")]
    supplied_on: Annotated[date, Field(description="供件日期")]
    document: Annotated[Line, Field(description="文号或材料名称")]


class PostChanged(_Supplied):
    """干部职务调整."""

    person: Annotated[Number, Field(description="人员编号")]
    item: Annotated[Number, Field(description="记载此事的档案事项编号")]
    changed_on: Annotated[date, Field(description="任职日期")]
    unit: Annotated[Number, Field(description="新任单位代码")]
    post: Annotated[Line, Field(description="新任职务")]
    rank: Annotated[Rank | None, Field(description="新任职级")] = None


class RewardGranted(_Supplied):
    """干部受到奖励."""

    number: Annotated[Number, Field(description="档案事项编号")]
    person: Annotated[Number, Field(description="人员编号")]
    granted_on: Annotated[date, Field(description="奖励日期")]
    content: Annotated[Prose, Field(description="奖励内容（个人信息）")]


class PenaltyImposed(_Supplied):
    """干部受到惩处."""

    number: Annotated[Number, Field(description="档案事项编号")]
    person: Annotated[Number, Field(description="人员编号")]
    imposed_on: Annotated[date, Field(description="惩处日期")]
    content: Annotated[Prose, Field(description="惩处内容（个人信息）")]


class OpinionRequested(Message):
    """征求党风廉政意见."""

    number: Annotated[Number, Field(description="征求意见编号")]
    person: Annotated[Number, Field(description="人员编号")]
    organ: Annotated[Number, Field(description="被征求意见的纪检监察机关代码")]
    requester: Annotated[Line, Field(description="征求单位")]
    purpose: Annotated[
        Literal["选拔任用", "职级晋升", "评先评优", "两代表一委员提名", "其他"],
        Field(description="意见用途"),
    ]
    requested_on: Annotated[date, Field(description="征求日期")]
    answer_due_on: Annotated[date | None, Field(description="要求回复日期")] = None


def register_person(said: PersonRegistered) -> RegisterPerson:
    """登记监督对象."""
    return RegisterPerson(
        number=said.number,
        name=said.name,
        political_status=said.political_status,
        unit=said.unit,
        post=said.post,
        rank=said.rank,
        district_managed=said.district_managed,
        archive_opened_on=said.archive_opened_on,
    )


def change_post(said: PostChanged) -> ChangePost:
    """登记干部调整."""
    return ChangePost(
        person=said.person,
        item=said.item,
        post_changed_on=said.changed_on,
        present_unit=said.unit,
        present_post=said.post,
        present_rank=said.rank,
        origin=said.origin,
        source_department=said.department,
        supplied_on=said.supplied_on,
        document=said.document,
    )


def supply_reward(said: RewardGranted) -> SupplyArchiveItem:
    """供件入档: a reward."""
    return _supply(said, said.number, said.person, said.granted_on, "奖励", said.content)


def supply_penalty(said: PenaltyImposed) -> SupplyArchiveItem:
    """供件入档: a penalty."""
    return _supply(said, said.number, said.person, said.imposed_on, "惩处", said.content)


def _supply(
    said: _Supplied, number: str, person: str, occurred_on: date, category: str, content: str
) -> SupplyArchiveItem:
    return SupplyArchiveItem(
        number=number,
        person=person,
        occurred_on=occurred_on,
        category=category,
        content=content,
        origin=said.origin,
        source_department=said.department,
        supplied_on=said.supplied_on,
        document=said.document,
    )


def request_integrity_opinion(said: OpinionRequested) -> RequestIntegrityOpinion:
    """征求廉政意见."""
    return RequestIntegrityOpinion(
        number=said.number,
        person=said.person,
        organ=said.organ,
        requester=said.requester,
        purpose=said.purpose,
        requested_on=said.requested_on,
        answer_due_on=said.answer_due_on,
    )


_SUPPLIED = {
    "origin": "组织部门",
    "department": "干部监督科",
    "supplied_on": "2026-03-05",
    "document": "示例〔2026〕1号",
}

CONTRACTS = (
    Contract(
        sender=ORGANIZATION,
        fact="person.registered",
        title="干部列为监督对象",
        message=PersonRegistered,
        command=register_person,
        key="number",
        example={
            "number": "RY-001",
            "name": "示例甲",
            "political_status": "中共党员",
            "unit": "DW-001",
            "post": "科长",
            "rank": "乡科级",
            "district_managed": True,
            "archive_opened_on": "2025-01-02",
        },
    ),
    Contract(
        sender=ORGANIZATION,
        fact="post.changed",
        title="干部职务调整",
        message=PostChanged,
        command=change_post,
        key="person",
        example={
            **_SUPPLIED,
            "person": "RY-001",
            "item": "DA-001",
            "changed_on": "2026-03-02",
            "unit": "DW-002",
            "post": "副局长",
            "rank": "乡科级",
        },
    ),
    Contract(
        sender=ORGANIZATION,
        fact="reward.granted",
        title="干部受到奖励",
        message=RewardGranted,
        command=supply_reward,
        key="person",
        example={
            **_SUPPLIED,
            "number": "DA-002",
            "person": "RY-001",
            "granted_on": "2026-03-03",
            "content": "年度考核优秀",
        },
    ),
    Contract(
        sender=ORGANIZATION,
        fact="penalty.imposed",
        title="干部受到惩处",
        message=PenaltyImposed,
        command=supply_penalty,
        key="person",
        example={
            **_SUPPLIED,
            "origin": "人力资源社会保障部门",
            "number": "DA-003",
            "person": "RY-001",
            "imposed_on": "2026-03-04",
            "content": "年度考核不称职",
        },
    ),
    Contract(
        sender=ORGANIZATION,
        fact="opinion.requested",
        title="征求党风廉政意见",
        message=OpinionRequested,
        command=request_integrity_opinion,
        key="person",
        example={
            "number": "YJ-001",
            "person": "RY-001",
            "organ": "JW-001",
            "requester": "示例区委组织部",
            "purpose": "选拔任用",
            "requested_on": "2026-03-06",
            "answer_due_on": "2026-03-20",
        },
    ),
)
