"""A story in which every fact of the catalogue happens at least once.

The golden files hold its events, so it never changes: a new fact is told at its end.
"""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from domain.cases.decisions import CloseCase, SendCaseToReview, TransferCaseToProcuratorate
from domain.inspections.decisions import CloseWorkSuggestion, EndRound, RectifyProblem
from domain.recommendations.decisions import (
    CloseRecommendation,
    EvaluateRecommendation,
    ReplyToRecommendation,
)
from domain.streams import Kind, derived_id
from domain.window.decisions import SettleMatter
from ledger.application import Ledger
from tests.domain import samples as s
from tests.ledger.office import when

HANDLED_ON = date(2021, 3, 15)

BEGINNINGS = (
    s.an_organ(),
    s.a_unit(),
    s.a_person(),
    s.an_archive_item(),
    s.a_petition(),
    s.a_round(),
    s.a_lead(source="信访举报", source_number=s.PETITION),
    s.a_case(),
    s.a_disposition(),
    s.a_sanction(),
    s.a_letter(),
    s.a_problem(),
    s.a_work_suggestion(),
    s.a_check(),
    s.a_matter(),
)
LATER = (
    s.a_handling(),
    s.a_conclusion(),
    SendCaseToReview(number=s.CASE, sent_to_review_on=date(2021, 5, 10)),
    CloseCase(number=s.CASE, closed_on=date(2021, 6, 2)),
    TransferCaseToProcuratorate(number=s.CASE, transferred_on=date(2021, 6, 3)),
    ReplyToRecommendation(number=s.LETTER, replied_on=date(2021, 6, 28)),
    EvaluateRecommendation(number=s.LETTER, evaluated_on=date(2021, 7, 2), evaluation="部分到位"),
    CloseRecommendation(number=s.LETTER, closed_on=date(2021, 7, 3)),
    EndRound(number=s.ROUND, ended_on=date(2021, 5, 31)),
    RectifyProblem(number=s.PROBLEM, rectified_on=date(2021, 7, 19)),
    CloseWorkSuggestion(number=s.SUGGESTION, closed_on=date(2021, 6, 30)),
    SettleMatter(number=s.MATTER, settled_on=date(2021, 5, 14), outcome="已办理"),
)


def _correct(number: int, kind: Kind, target: str, field: str, was: str, now: str) -> Any:
    item = HANDLED_ON if kind is Kind.LEAD else None
    said = {"number": f"GZ{number:02}", "was": was, "now": now, "item": item}
    return s.a_correction(kind, target, field, **said)


CORRECTIONS = (
    _correct(1, Kind.ORGAN, s.ORGAN, "name", "区纪委监委", "区纪委区监委"),
    _correct(2, Kind.UNIT, s.UNIT, "type", "机关", "事业单位"),
    _correct(3, Kind.PERSON, s.PERSON, "name", "王小明", "王晓明"),
    _correct(4, Kind.ARCHIVE_ITEM, s.ITEM, "category", "半年更新", "奖励"),
    _correct(5, Kind.PETITION, s.PETITION, "signature", "匿名", "实名"),
    _correct(6, Kind.LEAD, s.LEAD, "outcome", "转初步核实", "初步核实"),
    _correct(7, Kind.CASE, s.CASE, "closed_on", "2021-06-02", "2021-06-04"),
    _correct(8, Kind.DISPOSITION, s.DISPOSITION, "form", "第二种形态", "第三种形态"),
    _correct(9, Kind.SANCTION, s.SANCTION, "kind", "警告", "严重警告"),
    _correct(10, Kind.RECOMMENDATION, s.LETTER, "suggestions", "3", "4"),
    _correct(11, Kind.ROUND, s.ROUND, "type", "常规", "专项"),
    _correct(12, Kind.PROBLEM, s.PROBLEM, "summary", "王小明报销不规范", "王晓明报销不规范"),
    _correct(13, Kind.WORK_SUGGESTION, s.SUGGESTION, "closed_on", "2021-06-30", "2021-07-01"),
    _correct(14, Kind.CHECK, s.CHECK, "problems_found", "2", "3"),
    _correct(15, Kind.MATTER, s.MATTER, "outcome", "已办理", "已办结"),
)
#: What was added to the story since, in the order in which it was.
ADDED = (s.a_statement(), s.a_key_change())


def _courses() -> dict[str, tuple[Any, ...]]:
    """The courses of matters told by the modules of ``stories``, in the order of their names."""
    names = sorted(file.stem for file in Path(__file__).with_name("stories").glob("*.py"))
    return {name: import_module(f"tests.ledger.stories.{name}").COURSE for name in names}


COURSES = _courses()


def tell(ledger: Ledger) -> None:
    """Record the story: the registers undated, what came later live, corrections with a cause."""
    for command in (*BEGINNINGS, *LATER):
        undated = isinstance(command, type(s.an_organ()) | type(s.a_unit()) | type(s.a_person()))
        registered_on = None if undated else date(2021, 12, 1)
        ledger.execute(command, when(type(command).__name__, registered_on))
    for command in CORRECTIONS:
        cause = derived_id(f"cause of {command.number}")
        circumstances = when(command.number, date(2022, 1, 10), causation_id=cause)
        ledger.execute(command, circumstances)
    for command in ADDED:
        ledger.execute(command, when(command.number, date(2022, 1, 10)))
    for name, course in COURSES.items():
        for at, command in enumerate(course):
            ledger.execute(command, when(f"{name} {at}"))
