"""信访部门: petitions it hands on, receipts for those handed to it, reports handed straight up."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from consumers.contracts.contract import Contract, Line, Message, Number, Prose, Sender
from domain.petitions.decisions import AnswerPetitionTransfer, ReceivePetition
from domain.petitions.handed_up import HandUpReport

PETITIONS = Sender("petitions", "信访部门")


class PetitionReceived(Message):
    """转来信访举报一件；重复件也各有编号."""

    number: Annotated[Number, Field(description="信访编号")]
    received_on: Annotated[date, Field(description="收到日期")]
    organ: Annotated[Number, Field(description="接收的纪检监察机关代码")]
    channel: Annotated[
        Literal["来信", "来访", "来电", "网络"] | None, Field(description="信访方式")
    ] = None
    category: Annotated[
        Literal["检举控告", "批评建议", "申诉", "业务范围外"] | None, Field(description="信访类别")
    ] = None
    signature: Annotated[Literal["实名", "匿名"] | None, Field(description="署名")] = None
    repeat: Annotated[bool | None, Field(description="是否重复件")] = None
    reported_level: Annotated[
        Literal["上级党委管理的干部", "本机关主要负责人", "其他"] | None,
        Field(description="被检举控告人；前两类不得由此转送，应径送上级机关"),
    ] = None
    summary: Annotated[Prose | None, Field(description="内容摘要（个人信息），不写举报人身份")] = (
        None
    )


class PetitionTransferAnswered(Message):
    """对移送的信访举报登记回执."""

    number: Annotated[Number, Field(description="信访编号")]
    answered_on: Annotated[date, Field(description="回执日期")]
    answer: Annotated[Literal["登记受理", "转送其他机关"], Field(description="回执")]


class ReportHandedUp(Message):
    """举报已径送上级机关；不含任何内容."""

    number: Annotated[Number, Field(description="径送件编号")]
    organ: Annotated[Number, Field(description="径送的纪检监察机关代码")]
    received_on: Annotated[date, Field(description="收到日期")]
    handed_up_on: Annotated[date, Field(description="径送日期")]
    receiving_organ: Annotated[Line, Field(description="接收的上级机关")]


def receive_petition(said: PetitionReceived) -> ReceivePetition:
    """接收信访举报."""
    return ReceivePetition(
        number=said.number,
        received_on=said.received_on,
        organ=said.organ,
        channel=said.channel,
        category=said.category,
        signature=said.signature,
        repeat=said.repeat,
        summary=said.summary,
        reported_level=said.reported_level,
    )


def answer_petition_transfer(said: PetitionTransferAnswered) -> AnswerPetitionTransfer:
    """登记移送回执."""
    return AnswerPetitionTransfer(
        number=said.number,
        transfer_answered_on=said.answered_on,
        transfer_answer=said.answer,
    )


def hand_up_report(said: ReportHandedUp) -> HandUpReport:
    """径送上级机关."""
    return HandUpReport(
        number=said.number,
        organ=said.organ,
        received_on=said.received_on,
        handed_up_on=said.handed_up_on,
        receiving_organ=said.receiving_organ,
    )


CONTRACTS = (
    Contract(
        sender=PETITIONS,
        fact="petition.received",
        title="转来信访举报",
        message=PetitionReceived,
        command=receive_petition,
        key="number",
        example={
            "number": "XF-001",
            "received_on": "2026-03-02",
            "organ": "JW-001",
            "channel": "来信",
            "category": "检举控告",
            "signature": "匿名",
            "repeat": False,
            "reported_level": "其他",
            "summary": "反映某项目招标未公开",
        },
    ),
    Contract(
        sender=PETITIONS,
        fact="petition.transfer_answered",
        title="移送的信访举报已登记回执",
        message=PetitionTransferAnswered,
        command=answer_petition_transfer,
        key="number",
        example={"number": "XF-001", "answered_on": "2026-03-06", "answer": "登记受理"},
    ),
    Contract(
        sender=PETITIONS,
        fact="report.handed_up",
        title="举报已径送上级机关",
        message=ReportHandedUp,
        command=hand_up_report,
        key="number",
        example={
            "number": "JS-001",
            "organ": "JW-001",
            "received_on": "2026-03-02",
            "handed_up_on": "2026-03-03",
            "receiving_organ": "示例市纪委监委",
        },
    ),
)
