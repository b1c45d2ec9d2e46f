"""Leads on every way they can go: talked about, verified, held, closed, moved, split and merged."""

from dataclasses import replace
from datetime import date

from tests.domain.leads import samples as c
from tests.domain.leads.samples import LEAD, OTHER_ORGAN
from tests.domain.samples import ORGAN, an_organ

TALKED, VERIFIED, CLOSED, MOVED, OUT = (f"XS-L-1{at}" for at in range(5))


def _of(number: str, *commands: object) -> tuple[object, ...]:
    """The commands, on the lead of that number."""
    return tuple(replace(each, lead=number) for each in commands)  # type: ignore[type-var]  # facts


COURSE = (
    an_organ(code=OTHER_ORGAN, name="市纪委监委"),
    c.a_lead(),
    c.assign(),
    c.propose(),
    c.send_back(),
    c.propose(proposed_on=date(2024, 3, 13)),
    c.approve(),
    c.inquire(),
    c.reply(),
    c.talk(),
    c.report_talk(),
    c.believe(),
    c.feed_back(),
    c.reopen(),
    c.a_lead(number=TALKED),
    *_of(TALKED, c.propose(), c.approve(), c.talk(), c.report_talk()),
    *_of(TALKED, c.conclude_talk(result="转初步核实"), c.plan(plan_approved_on=date(2024, 4, 18))),
    *_of(TALKED, c.report_verification(reported_on=date(2024, 5, 10)), c.for_person()),
    *_of(TALKED, c.conclude_verified(result="暂存待查", concluded_on=date(2024, 5, 15))),
    *_of(TALKED, c.take_up()),
    c.a_lead(number=VERIFIED),
    *_of(VERIFIED, c.propose(proposed_method="初步核实"), c.approve(), c.plan()),
    *_of(VERIFIED, c.report_verification(), c.close_verified()),
    *_of(VERIFIED, c.feed_back(addressee="所在单位党组织")),
    c.a_lead(number=CLOSED),
    *_of(CLOSED, c.UNCHECKED, c.approve()),
    c.a_lead(number=MOVED),
    *_of(MOVED, c.transfer(), c.accept()),
    c.a_lead(number=OUT, organ=ORGAN),
    *_of(OUT, c.split(c.a_part(number="XS-L-20"))),
    *_of("XS-L-20", c.merge(merged_into=OUT)),
    *_of(OUT, c.send_out(sent_out_on=date(2024, 3, 21))),
    *_of(LEAD, c.propose(proposed_on=date(2024, 7, 2))),
    c.a_lead(number="XS-L-15"),
    *_of("XS-L-15", c.withdraw()),
)
