"""Commands of measures in one case of a district organ, under its city, province and the nation."""

from datetime import date
from typing import Any

from domain.measures.approving import ApproveMeasure, CarryOutMeasure
from domain.measures.custody import (
    AnswerMeasureChange,
    DeferMeasureNotice,
    DeliverPerson,
    FileMeasureForRecord,
    GiveMeasureNotice,
    RequestMeasureChange,
)
from domain.measures.ending import ChangeMeasure, FindPropertyIrrelevant, LiftMeasure
from domain.measures.extending import ExtendMeasure, RestartDetentionTerm
from tests.domain.samples import CASE, ORGAN, PERSON, a_case, a_lead, a_person, a_unit, an_organ

NATION, PROVINCE, CITY = "JW-G", "JW-S", "JW-D"
MEASURE = "CS2025-001"
OFFICERS = ("JC01", "JC02")
DAY = date(2025, 7, 1)


def at(day: int, hour: int, minute: int = 0) -> str:
    """An instant of July 2025."""
    return f"2025-07-{day:02}T{hour:02}:{minute:02}+08:00"


#: Four levels of organ, one above the other, each with a case of the same person.
LEVELS = (
    an_organ(code=NATION, region="100000"),
    an_organ(code=PROVINCE, parent=NATION, region="350000"),
    an_organ(code=CITY, parent=PROVINCE, region="350500"),
    an_organ(parent=CITY),
    a_unit(),
    a_person(),
    a_lead(),
)
OPEN = (*LEVELS, a_case())


def a_measure(kind: str, **changes: Any) -> ApproveMeasure:
    said = {
        "number": MEASURE,
        "kind": kind,
        "case": CASE,
        "lead": None,
        "person": PERSON,
        "organ": ORGAN,
        "approved_on": DAY,
        "approver": "主要负责人",
        "approving_organ": None,
        "document": "采取措施决定书〔2025〕1号",
        "target": None,
    }
    return ApproveMeasure(**(said | changes))


def a_detention(**changes: Any) -> ApproveMeasure:
    return a_measure("留置", **({"approver": "上一级机关", "approving_organ": CITY} | changes))


def carried_out(**changes: Any) -> CarryOutMeasure:
    said = {
        "number": MEASURE,
        "carried_out_on": DAY,
        "carried_out_at": at(1, 9, 30),
        "officers": OFFICERS,
    }
    return CarryOutMeasure(**(said | changes))


def an_extension(**changes: Any) -> ExtendMeasure:
    said = {
        "number": MEASURE,
        "decided_on": date(2025, 9, 28),
        "ground": "特殊情况",
        "until": date(2026, 1, 1),
        "until_at": None,
        "approver": "上一级机关",
        "approving_organ": CITY,
    }
    return ExtendMeasure(**(said | changes))


def a_second_extension(**changes: Any) -> ExtendMeasure:
    said = {
        "decided_on": date(2025, 12, 28),
        "ground": "可能判处十年有期徒刑以上刑罚",
        "until": date(2026, 3, 1),
        "approver": "国家监察委员会",
        "approving_organ": NATION,
    }
    return an_extension(**(said | changes))


def a_restart(**changes: Any) -> RestartDetentionTerm:
    said = {
        "number": MEASURE,
        "restarted_on": date(2025, 9, 1),
        "restart_ground": "不同种的重大职务犯罪",
        "approver": "国家监察委员会",
    }
    return RestartDetentionTerm(**(said | changes))


def a_notice(**changes: Any) -> GiveMeasureNotice:
    said = {"number": MEASURE, "notified_on": date(2025, 7, 2), "notified_at": at(2, 9)}
    return GiveMeasureNotice(**(said | changes))


def a_deferral(**changes: Any) -> DeferMeasureNotice:
    said = {"number": MEASURE, "deferred_on": DAY, "obstacle": "串供", "reason": "同案人在逃"}
    return DeferMeasureNotice(**(said | changes))


def a_delivery(**changes: Any) -> DeliverPerson:
    said = {"number": MEASURE, "delivered_on": DAY, "delivered_at": at(1, 20)}
    return DeliverPerson(**(said | changes))


def a_change_request(**changes: Any) -> RequestMeasureChange:
    said = {
        "number": MEASURE,
        "change_requested_on": date(2025, 7, 10),
        "requester": "王小明之妻",
    }
    return RequestMeasureChange(**(said | changes))


def an_answer(**changes: Any) -> AnswerMeasureChange:
    said = {
        "number": MEASURE,
        "answered_on": date(2025, 7, 12),
        "granted": False,
        "reason": "可能串供",
    }
    return AnswerMeasureChange(**(said | changes))


def a_record(**changes: Any) -> FileMeasureForRecord:
    said = {"number": MEASURE, "recorded_on": date(2025, 7, 3)}
    return FileMeasureForRecord(**(said | changes))


def irrelevant(**changes: Any) -> FindPropertyIrrelevant:
    said = {"number": MEASURE, "irrelevant_on": date(2025, 7, 20)}
    return FindPropertyIrrelevant(**(said | changes))


def lifted(**changes: Any) -> LiftMeasure:
    said = {
        "number": MEASURE,
        "lifted_on": date(2025, 7, 22),
        "lifted_at": None,
        "reason": "不需要继续采取",
    }
    return LiftMeasure(**(said | changes))


def changed(successor: str, **changes: Any) -> ChangeMeasure:
    said = {
        "number": MEASURE,
        "changed_on": date(2025, 7, 5),
        "changed_at": None,
        "successor": successor,
    }
    return ChangeMeasure(**(said | changes))


DETAINED = (*OPEN, a_detention(), carried_out())
CUSTODY = (*OPEN, a_measure("管护"), carried_out())
FROZEN = (*OPEN, a_measure("冻结", person=None, target="某银行账户"), carried_out())
COMPELLED = (*OPEN, a_measure("强制到案"), carried_out())


def of_level(organ: str, **changes: Any) -> tuple[Any, ...]:
    """A detention by an organ of another level, in a case of its own, carried out."""
    said = {"organ": organ, "approver": "集体研究", "approving_organ": None, "case": "AJ-L"}
    case = a_case(number="AJ-L", organ=organ)
    return (*LEVELS, case, a_detention(**(said | changes)), carried_out())
