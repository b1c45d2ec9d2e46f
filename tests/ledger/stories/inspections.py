"""A round of inspection from the plan to a problem that a look-back found again."""

from datetime import date

from domain.inspections.decisions import EndRound, RectifyProblem
from tests.domain.inspections import samples as i
from tests.domain.samples import (
    UNIT,
    a_lead,
    a_problem,
    a_round,
    a_unit,
    a_work_suggestion,
)

ROUND, LOOKBACK, OTHER = "XC-R-01", "XC-R-02", "XC-U-02"
INSPECTION, PROBLEM, AGAIN = f"{ROUND}/{UNIT}", "XC-P-01", "XC-P-02"
PLAN, TRANSFER, SUGGESTION, LEAD = "XC-J-01", "XC-Y-01", "XC-G-01", "XC-L-01"
OF = {"number": INSPECTION}
IT = {"number": PROBLEM}

COURSE = (
    a_unit(code=OTHER, name="区教育局"),
    i.a_plan(number=PLAN, units=(OTHER,)),
    i.an_adjustment(number=PLAN, added=(UNIT,), removed=()),
    a_round(number=ROUND),
    i.a_team(number=ROUND),
    i.an_entry(**OF, round=ROUND),
    i.a_departure(**OF),
    i.a_report(**OF),
    EndRound(number=ROUND, ended_on=date(2021, 4, 5)),
    i.a_hearing(number=ROUND),
    i.a_feedback(**OF),
    a_problem(**IT, round=ROUND),
    i.a_classification(**IT),
    i.a_transfer(number=TRANSFER, round=ROUND),
    a_lead(number=LEAD, source="巡察移交", source_number=ROUND, received_on=date(2021, 4, 18)),
    i.an_acceptance(number=TRANSFER, lead=LEAD),
    i.an_answer(number=TRANSFER),
    a_work_suggestion(number=SUGGESTION, round=ROUND),
    i.a_reply(number=SUGGESTION),
    i.an_evaluation(number=SUGGESTION),
    i.a_rectification_plan(**OF),
    i.a_progress(**OF),
    i.a_rectification_report(**OF),
    i.a_returned_report(**OF),
    i.a_rectification_report(**OF, rectification_reported_on=date(2021, 6, 30)),
    i.an_assessment(**OF),
    i.an_extension(**IT),
    RectifyProblem(**IT, rectified_on=date(2021, 7, 15)),
    i.evidenced(**IT),
    i.verified(**IT, verification=i.PARTIAL),
    i.sent_back(**IT),
    RectifyProblem(**IT, rectified_on=date(2021, 8, 15)),
    i.evidenced(**IT, evidenced_on=date(2021, 8, 16)),
    i.verified(**IT, verified_on=date(2021, 8, 20)),
    i.a_lookback(number=LOOKBACK),
    a_problem(number=AGAIN, round=LOOKBACK, fed_back_on=date(2022, 4, 1), rectify_due_on=None),
    i.found_again(**IT, lookback=LOOKBACK, again=AGAIN),
)
