"""“办不成事”反映窗口: matters from their acceptance to their rating."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from consumers.contracts.contract import Contract, Line, Message, Number, Prose, Sender
from domain.window.decisions import AcceptMatter, SettleMatter
from domain.window.following import AssignMatter, CopyMatter, RateMatter, ReopenMatter

WINDOW = Sender("window", "“办不成事”反映窗口")


class MatterAccepted(Message):
    """窗口受理一件事项."""

    number: Annotated[Number, Field(description="事项编号")]
    accepted_on: Annotated[date, Field(description="受理日期")]
    applicant: Annotated[Literal["群众", "企业"] | None, Field(description="申请人类型")] = None
    unit: Annotated[Number | None, Field(description="承办单位代码")] = None
    summary: Annotated[Prose | None, Field(description="事项摘要（个人信息）")] = None


class MatterAssigned(Message):
    """事项交办承办单位."""

    number: Annotated[Number, Field(description="事项编号")]
    assigned_on: Annotated[date, Field(description="交办日期")]
    unit: Annotated[Number, Field(description="承办单位代码")]


class MatterCopied(Message):
    """事项抄送纪检监察机关."""

    number: Annotated[Number, Field(description="事项编号")]
    copied_on: Annotated[date, Field(description="抄送日期")]
    organ: Annotated[Number, Field(description="纪检监察机关代码")]


class MatterSettled(Message):
    """事项办结."""

    number: Annotated[Number, Field(description="事项编号")]
    settled_on: Annotated[date, Field(description="办结日期")]
    outcome: Annotated[Line | None, Field(description="办理结果")] = None


class MatterRated(Message):
    """申请人评价办理情况."""

    number: Annotated[Number, Field(description="事项编号")]
    rated_on: Annotated[date, Field(description="评价日期")]
    satisfaction: Annotated[Literal["满意", "基本满意", "不满意"], Field(description="满意度")]


class MatterReopened(Message):
    """事项重新办理."""

    number: Annotated[Number, Field(description="事项编号")]
    reopened_on: Annotated[date, Field(description="重新办理日期")]
    reason: Annotated[Prose, Field(description="理由（个人信息）")]


def accept_matter(said: MatterAccepted) -> AcceptMatter:
    """受理窗口事项."""
    return AcceptMatter(
        number=said.number,
        accepted_on=said.accepted_on,
        applicant=said.applicant,
        unit=said.unit,
        summary=said.summary,
    )


def assign_matter(said: MatterAssigned) -> AssignMatter:
    """交办窗口事项."""
    return AssignMatter(number=said.number, assigned_on=said.assigned_on, unit=said.unit)


def copy_matter(said: MatterCopied) -> CopyMatter:
    """窗口事项抄送纪检监察机关."""
    return CopyMatter(number=said.number, copied_on=said.copied_on, copied_to=said.organ)


def settle_matter(said: MatterSettled) -> SettleMatter:
    """办结窗口事项."""
    return SettleMatter(number=said.number, settled_on=said.settled_on, outcome=said.outcome)


def rate_matter(said: MatterRated) -> RateMatter:
    """评价窗口事项办理."""
    return RateMatter(number=said.number, rated_on=said.rated_on, satisfaction=said.satisfaction)


def reopen_matter(said: MatterReopened) -> ReopenMatter:
    """重新办理窗口事项."""
    return ReopenMatter(number=said.number, reopened_on=said.reopened_on, reason=said.reason)


_MATTER = {"number": "SX-001"}

CONTRACTS = (
    Contract(
        sender=WINDOW,
        fact="matter.accepted",
        title="窗口受理事项",
        message=MatterAccepted,
        command=accept_matter,
        key="number",
        example={
            **_MATTER,
            "accepted_on": "2026-03-02",
            "applicant": "企业",
            "unit": "DW-001",
            "summary": "材料齐全而证照迟未办理",
        },
    ),
    Contract(
        sender=WINDOW,
        fact="matter.assigned",
        title="事项交办承办单位",
        message=MatterAssigned,
        command=assign_matter,
        key="number",
        example={**_MATTER, "assigned_on": "2026-03-02", "unit": "DW-002"},
    ),
    Contract(
        sender=WINDOW,
        fact="matter.copied",
        title="事项抄送纪检监察机关",
        message=MatterCopied,
        command=copy_matter,
        key="number",
        example={**_MATTER, "copied_on": "2026-03-02", "organ": "JW-001"},
    ),
    Contract(
        sender=WINDOW,
        fact="matter.settled",
        title="事项办结",
        message=MatterSettled,
        command=settle_matter,
        key="number",
        example={**_MATTER, "settled_on": "2026-03-05", "outcome": "已发证"},
    ),
    Contract(
        sender=WINDOW,
        fact="matter.rated",
        title="申请人评价办理情况",
        message=MatterRated,
        command=rate_matter,
        key="number",
        example={**_MATTER, "rated_on": "2026-03-06", "satisfaction": "不满意"},
    ),
    Contract(
        sender=WINDOW,
        fact="matter.reopened",
        title="事项重新办理",
        message=MatterReopened,
        command=reopen_matter,
        key="number",
        example={**_MATTER, "reopened_on": "2026-03-06", "reason": "证照内容有误"},
    ),
)
