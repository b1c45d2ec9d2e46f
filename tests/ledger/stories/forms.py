"""A talk, the party warning that came in its place, a withdrawal, and what other bodies did."""

from datetime import date

from tests.domain import samples as s
from tests.domain.dispositions import samples as d

LEAD = "XT-L-01"
TALK, WARNING, MISTAKE, OTHER = "XT-CZ-01", "XT-CZ-02", "XT-CZ-03", "XT-QT-01"

COURSE = (
    s.a_lead(number=LEAD, received_on=date(2023, 3, 1)),
    d.a_measure_form(measure="降低岗位等级", set_on=date(2023, 1, 4)),
    d.a_conclusion_of_forms(number=TALK, lead=LEAD, decided_on=date(2023, 5, 8)),
    d.a_replacement(number=WARNING, replaces=TALK, lead=LEAD, decided_on=date(2024, 2, 1)),
    d.a_conclusion_of_forms(
        number=MISTAKE, lead=LEAD, measures=("降低岗位等级",), decided_on=date(2024, 2, 1)
    ),
    d.a_withdrawal(number=MISTAKE, withdrawn_on=date(2024, 2, 20)),
    d.another_bodys(number=OTHER, lead=LEAD, decided_on=date(2023, 6, 1)),
    d.a_strike(number=OTHER, struck_on=date(2023, 7, 1)),
)
