"""A unit assessed in two years, and its list of risks issued, revised, withdrawn, issued again."""

from datetime import date

from tests.domain.ecology import samples as e
from tests.domain.samples import a_unit

UNIT = "ZT-U-01"
FIRST, SECOND, LIST = f"{UNIT}/2021", f"{UNIT}/2022", f"{UNIT}/风险清单"
NEXT = date(2022, 12, 5)

COURSE = (
    a_unit(code=UNIT, name="区市场监管局"),
    e.a_list(number=LIST, unit=UNIT),
    e.an_opening(number=FIRST, unit=UNIT),
    *(e.an_indicator(each, number=FIRST) for each in e.INDICATORS),
    e.a_grade(number=FIRST),
    e.a_feedback(number=FIRST),
    e.a_reply(number=FIRST),
    e.a_closing(number=FIRST),
    e.a_list(number=LIST, unit=UNIT, issued_on=date(2022, 1, 10), items=(e.an_item(),)),
    e.a_withdrawal(number=LIST),
    e.a_list(number=LIST, unit=UNIT, issued_on=date(2022, 4, 1)),
    e.an_opening(2022, number=SECOND, unit=UNIT),
    *(e.an_indicator(each, number=SECOND, recorded_on=NEXT) for each in e.INDICATORS),
    e.a_grade(number=SECOND, graded_on=date(2022, 12, 15), grade="好"),
)
