"""审计机关、司法机关、公安机关: leads that they hand over (线索移送)."""

from datetime import date
from functools import partial
from typing import Annotated

from pydantic import Field

from consumers.contracts.contract import Contract, Line, Message, Number, Prose, Sender
from domain.leads.decisions import RegisterLead

#: Who hands over, and the source (来源) that such a lead is registered with.
SOURCES = {
    Sender("audit", "审计机关"): "审计移送",
    Sender("procuratorate", "检察机关"): "司法机关移送",
    Sender("police", "公安机关"): "公安移送",
}


class LeadTransferred(Message):
    """移送一件问题线索."""

    number: Annotated[Number, Field(description="问题线索编号，由接收机关编定")]
    document: Annotated[Line | None, Field(description="移送文书号")] = None
    received_on: Annotated[date, Field(description="收到日期")]
    organ: Annotated[Number, Field(description="接收的纪检监察机关代码")]
    department: Annotated[Line | None, Field(description="承办部门")] = None
    persons: Annotated[
        tuple[Number, ...],
        Field(max_length=100, description="被反映人的人员编号，不得使用姓名和身份证号码"),
    ] = ()
    category: Annotated[Line | None, Field(description="问题类别")] = None
    summary: Annotated[Prose | None, Field(description="问题摘要（个人信息）")] = None


def register_lead(source: str, said: LeadTransferred) -> RegisterLead:
    """登记问题线索, from that source."""
    return RegisterLead(
        number=said.number,
        source=source,
        source_number=said.document,
        received_on=said.received_on,
        organ=said.organ,
        department=said.department,
        persons=said.persons,
        category=said.category,
        summary=said.summary,
    )


CONTRACTS = tuple(
    Contract(
        sender=sender,
        fact="lead.transferred",
        title=f"{sender.title}移送问题线索",
        message=LeadTransferred,
        command=partial(register_lead, source),
        key="number",
        example={
            "number": f"XS-00{number}",
            "document": f"示例移送〔2026〕{number}号",
            "received_on": "2026-03-09",
            "organ": "JW-001",
            "department": "第一监督检查室",
            "persons": ["RY-001"],
            "category": "违反财经纪律",
            "summary": "专项资金使用手续不全",
        },
    )
    for number, (sender, source) in enumerate(SOURCES.items(), start=1)
)
