"""Commands about the four forms beyond the registers."""

from datetime import date
from typing import Any

from domain.dispositions.decisions import (
    ConcludeDisposition,
    ReplaceDisposition,
    WithdrawDisposition,
)
from domain.dispositions.other_decisions import (
    RecordOtherDisposition,
    SetMeasureForm,
    StrikeOtherDisposition,
)
from tests.domain import samples as s

TALK, LATER = "CZ2021-101", "CZ2022-102"
TALKED = date(2021, 4, 10)


def a_conclusion_of_forms(**changes: Any) -> ConcludeDisposition:
    said = {
        "number": TALK,
        "lead": s.LEAD,
        "case": None,
        "person": s.PERSON,
        "organ": s.ORGAN,
        "measures": ("提醒谈话", "诫勉"),
        "applied_by": "纪检监察机关",
        "approver": "书记",
        "decided_on": TALKED,
        "rank": "乡科级",
    }
    return ConcludeDisposition(**(said | changes))


def a_replacement(**changes: Any) -> ReplaceDisposition:
    said = {
        "number": LATER,
        "replaces": TALK,
        "lead": s.LEAD,
        "case": None,
        "person": s.PERSON,
        "organ": s.ORGAN,
        "measures": ("党内警告",),
        "applied_by": "纪检监察机关",
        "approver": "书记",
        "decided_on": date(2022, 2, 1),
        "rank": "乡科级",
        "basis": "线索重新启动后立案审查",
    }
    return ReplaceDisposition(**(said | changes))


def a_withdrawal(**changes: Any) -> WithdrawDisposition:
    said = {"number": TALK, "withdrawn_on": date(2022, 3, 1), "basis": "经复核不应给予"}
    return WithdrawDisposition(**(said | changes))


def another_bodys(**changes: Any) -> RecordOtherDisposition:
    said = {
        "number": "QT2021-101",
        "organ": s.ORGAN,
        "person": s.PERSON,
        "lead": None,
        "applied_by": "党委（党组）",
        "body": "区城管局党组",
        "measures": ("提醒谈话",),
        "decided_on": TALKED,
    }
    return RecordOtherDisposition(**(said | changes))


def a_strike(**changes: Any) -> StrikeOtherDisposition:
    said = {"number": "QT2021-101", "struck_on": date(2021, 5, 1), "basis": "重复登记"}
    return StrikeOtherDisposition(**(said | changes))


def a_measure_form(**changes: Any) -> SetMeasureForm:
    said = {
        "measure": "降职",
        "form": "第三种形态",
        "since": date(2021, 1, 1),
        "provision": "本机关统计口径（2021）",
        "set_on": date(2021, 1, 4),
    }
    return SetMeasureForm(**(said | changes))
