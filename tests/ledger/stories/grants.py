"""An officer is granted a role in an organ, loses it, and is granted it again in another."""

from datetime import date

from tests.domain.grants.samples import a_grant, its_revocation
from tests.domain.samples import an_organ

FIRST, SECOND, SUBJECT = "AL-JG-31", "AL-JG-32", "al-31"

COURSE = (
    an_organ(code=FIRST, name="第一纪检监察室"),
    an_organ(code=SECOND, name="第二纪检监察室"),
    a_grant(subject=SUBJECT, organ=FIRST),
    its_revocation(subject=SUBJECT),
    a_grant(subject=SUBJECT, organ=SECOND, granted_on=date(2021, 10, 8)),
)
