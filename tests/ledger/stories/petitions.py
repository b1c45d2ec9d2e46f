"""Petitions on every way they can go, and a report that was handed straight up."""

from dataclasses import replace
from datetime import date

from tests.domain.petitions import samples as p

MOVED, RETURNED = "XS-P-11", "XS-P-12"

COURSE = (
    p.a_petition(),
    p.assign(),
    p.split(),
    p.accept(),
    p.notify_acceptance(),
    p.a_lead(),
    p.turn(),
    p.conclude(),
    p.notify_result(),
    p.feed_back(),
    p.report_up(assignment_reported_on=date(2024, 5, 31)),
    p.a_repeat(),
    p.mark_repeat(),
    p.a_petition(number=MOVED),
    replace(p.assign(), number=MOVED),
    replace(p.extend(), number=MOVED),
    replace(p.transfer(), number=MOVED),
    replace(p.answer(), number=MOVED),
    p.a_petition(number=RETURNED),
    replace(p.send_back(), number=RETURNED),
    p.hand_up(),
    p.a_petition(number="XS-P-13"),
    replace(p.withdraw(), number="XS-P-13"),
)
