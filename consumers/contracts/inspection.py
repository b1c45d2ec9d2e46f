"""巡察办: rounds, the problems they feed back, work suggestions, matters handed over."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from consumers.contracts.contract import Contract, Line, Message, Number, Prose, Sender
from domain.inspections.decisions import (
    EndRound,
    FeedBackProblem,
    IssueWorkSuggestion,
    OpenRound,
    RectifyProblem,
)
from domain.inspections.transfer_decisions import TransferInspectionMatter

INSPECTION = Sender("inspection", "巡察工作领导小组办公室")


class RoundOpened(Message):
    """一轮巡察开始."""

    number: Annotated[Number, Field(description="轮次编号")]
    type: Annotated[
        Literal["常规", "专项", "机动", "交叉", "回头看"], Field(description="巡察类型")
    ]
    name: Annotated[Line | None, Field(description="名称")] = None
    organ: Annotated[Number, Field(description="开展巡察的机构代码")]
    started_on: Annotated[date, Field(description="开始日期")]


class RoundEnded(Message):
    """一轮巡察结束."""

    number: Annotated[Number, Field(description="轮次编号")]
    ended_on: Annotated[date, Field(description="结束日期")]


class ProblemFedBack(Message):
    """向被巡察单位反馈一个问题."""

    number: Annotated[Number, Field(description="问题编号")]
    round: Annotated[Number, Field(description="轮次编号")]
    unit: Annotated[Number, Field(description="被巡察单位代码")]
    category: Annotated[Line | None, Field(description="问题类别")] = None
    summary: Annotated[Prose | None, Field(description="问题摘要（个人信息）")] = None
    fed_back_on: Annotated[date, Field(description="反馈日期")]
    rectify_due_on: Annotated[date | None, Field(description="整改期限")] = None


class ProblemRectified(Message):
    """问题整改完成."""

    number: Annotated[Number, Field(description="问题编号")]
    round: Annotated[Number, Field(description="轮次编号；消息以它为键，排在反馈之后")]
    rectified_on: Annotated[date, Field(description="整改完成日期")]


class SuggestionIssued(Message):
    """发出一条工作建议."""

    number: Annotated[Number, Field(description="工作建议编号")]
    round: Annotated[Number, Field(description="轮次编号")]
    recipient: Annotated[Number, Field(description="接收单位代码")]
    issued_on: Annotated[date, Field(description="发出日期")]
    content: Annotated[Prose | None, Field(description="建议内容（个人信息）")] = None


class MatterTransferred(Message):
    """巡察移交一件事项."""

    number: Annotated[Number, Field(description="移交编号")]
    round: Annotated[Number, Field(description="轮次编号")]
    unit: Annotated[Number | None, Field(description="所涉单位代码")] = None
    category: Annotated[Literal["问题线索", "选人用人", "其他"], Field(description="移交事项类别")]
    destination: Annotated[
        Literal["纪检监察机关", "组织部门", "有关单位"], Field(description="移交对象")
    ]
    receiver: Annotated[Line, Field(description="接收单位")]
    transferred_on: Annotated[date, Field(description="移交日期")]
    persons: Annotated[int | None, Field(ge=0, description="涉及人数")] = None
    summary: Annotated[Prose | None, Field(description="摘要（个人信息）")] = None


def open_round(said: RoundOpened) -> OpenRound:
    """开始一轮巡察."""
    return OpenRound(
        number=said.number,
        type=said.type,
        name=said.name,
        organ=said.organ,
        started_on=said.started_on,
    )


def end_round(said: RoundEnded) -> EndRound:
    """结束一轮巡察."""
    return EndRound(number=said.number, ended_on=said.ended_on)


def feed_back_problem(said: ProblemFedBack) -> FeedBackProblem:
    """反馈巡察问题."""
    return FeedBackProblem(
        number=said.number,
        round=said.round,
        unit=said.unit,
        category=said.category,
        summary=said.summary,
        fed_back_on=said.fed_back_on,
        rectify_due_on=said.rectify_due_on,
    )


def rectify_problem(said: ProblemRectified) -> RectifyProblem:
    """完成巡察问题整改."""
    return RectifyProblem(number=said.number, rectified_on=said.rectified_on)


def issue_work_suggestion(said: SuggestionIssued) -> IssueWorkSuggestion:
    """发出工作建议."""
    return IssueWorkSuggestion(
        number=said.number,
        round=said.round,
        recipient=said.recipient,
        issued_on=said.issued_on,
        content=said.content,
    )


def transfer_inspection_matter(said: MatterTransferred) -> TransferInspectionMatter:
    """移交巡察事项."""
    return TransferInspectionMatter(
        number=said.number,
        round=said.round,
        unit=said.unit,
        category=said.category,
        destination=said.destination,
        receiver=said.receiver,
        transferred_on=said.transferred_on,
        persons=said.persons,
        summary=said.summary,
    )


_OF_ROUND = {"round": "XC-001", "unit": "DW-001"}

CONTRACTS = (
    Contract(
        sender=INSPECTION,
        fact="round.opened",
        title="一轮巡察开始",
        message=RoundOpened,
        command=open_round,
        key="number",
        example={
            "number": "XC-001",
            "type": "常规",
            "name": "示例区委第一轮巡察",
            "organ": "JW-001",
            "started_on": "2026-01-05",
        },
    ),
    Contract(
        sender=INSPECTION,
        fact="problem.fed_back",
        title="反馈巡察问题",
        message=ProblemFedBack,
        command=feed_back_problem,
        key="round",
        example={
            **_OF_ROUND,
            "number": "WT-001",
            "category": "作风建设",
            "summary": "会议记录不全",
            "fed_back_on": "2026-02-10",
            "rectify_due_on": "2026-05-10",
        },
    ),
    Contract(
        sender=INSPECTION,
        fact="problem.rectified",
        title="巡察问题整改完成",
        message=ProblemRectified,
        command=rectify_problem,
        key="round",
        example={"number": "WT-001", "round": "XC-001", "rectified_on": "2026-03-04"},
    ),
    Contract(
        sender=INSPECTION,
        fact="suggestion.issued",
        title="发出工作建议",
        message=SuggestionIssued,
        command=issue_work_suggestion,
        key="round",
        example={
            "number": "GZJY-001",
            "round": "XC-001",
            "recipient": "DW-002",
            "issued_on": "2026-02-11",
            "content": "健全会议记录制度",
        },
    ),
    Contract(
        sender=INSPECTION,
        fact="matter.transferred",
        title="巡察移交事项",
        message=MatterTransferred,
        command=transfer_inspection_matter,
        key="round",
        example={
            **_OF_ROUND,
            "number": "YJSX-001",
            "category": "问题线索",
            "destination": "纪检监察机关",
            "receiver": "示例区纪委监委",
            "transferred_on": "2026-02-12",
            "persons": 1,
            "summary": "反映某干部违规经商",
        },
    ),
    Contract(
        sender=INSPECTION,
        fact="round.ended",
        title="一轮巡察结束",
        message=RoundEnded,
        command=end_round,
        key="number",
        example={"number": "XC-001", "ended_on": "2026-02-27"},
    ),
)
