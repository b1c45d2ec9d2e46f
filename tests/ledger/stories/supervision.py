"""A check's problem taken into a campaign, put right at the second try, signed off; a lead."""

from datetime import date

from tests.domain.checks import samples as c
from tests.domain.samples import a_check, a_lead

CHECK, PROBLEM, CAMPAIGN, LEAD, OTHER = "RC-C-01", "RC-P-01", "RC-Z-01", "RC-L-01", "RC-P-02"
IT = {"number": PROBLEM}

COURSE = (
    a_check(number=CHECK),
    c.a_check_problem(**IT, check=CHECK),
    c.a_campaign(number=CAMPAIGN),
    c.an_inclusion(**IT, campaign=CAMPAIGN),
    c.a_check_problem(number=OTHER, check=None, campaign=CAMPAIGN),
    c.an_urging(**IT),
    c.an_extension(**IT),
    a_lead(number=LEAD),
    c.a_referral(**IT, lead=LEAD),
    c.put_right(**IT),
    c.wanting(**IT),
    c.put_right(**IT, rectified_on=date(2021, 7, 10)),
    c.verified(**IT, verified_on=date(2021, 7, 12)),
    c.a_sign_off(**IT, signed_off_on=date(2021, 7, 15)),
    *(c.a_phase(each, number=CAMPAIGN) for each in c.PHASES[1:]),
    c.an_accountability(number=CAMPAIGN, lead=LEAD),
    c.a_conclusion(number=CAMPAIGN, handed_on=(OTHER,)),
)
