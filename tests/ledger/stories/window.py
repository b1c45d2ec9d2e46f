"""A matter is copied, assigned, pressed, settled, rated, reopened; another is escalated."""

from datetime import date

from tests.domain.samples import ORGAN, UNIT, a_lead, a_matter
from tests.domain.window import samples as w

MATTER, LEAD = "SX-L-01", "XS-JY-02"

COURSE = (
    a_matter(number=MATTER, accepted_on=date(2024, 5, 6), unit=None),
    w.copied(number=MATTER, copied_on=date(2024, 5, 6), copied_to=ORGAN),
    w.assigned(number=MATTER, assigned_on=date(2024, 5, 6), unit=UNIT),
    w.pressed(number=MATTER, pressed_on=date(2024, 5, 14), remarks="李大明再次来访"),
    w.settled(number=MATTER, settled_on=date(2024, 5, 15)),
    w.rated(number=MATTER, rated_on=date(2024, 5, 16)),
    w.reopened(number=MATTER, reopened_on=date(2024, 5, 17)),
    w.pressed(number=MATTER, pressed_on=date(2024, 5, 27), means="督办"),
    a_lead(number=LEAD, received_on=date(2024, 5, 29), persons=()),
    w.escalated(number=MATTER, escalated_on=date(2024, 5, 29), accountability_lead=LEAD),
    w.settled(number=MATTER, settled_on=date(2024, 5, 30), outcome="已办结"),
)
