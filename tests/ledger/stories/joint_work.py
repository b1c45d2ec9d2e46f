"""An office, a resident group and a street work together on one case."""

from tests.domain.joint_work import samples as s
from tests.domain.samples import a_case, an_organ

LEADER, GROUP, STREET, CASE, JOINT = "AL-JW-21", "AL-PZ-21", "AL-JD-21", "AL-AJ-21", "AL-LH-01"

COURSE = (
    an_organ(code=LEADER, name="第一纪检监察室"),
    an_organ(code=GROUP, name="派驻第一纪检监察组"),
    an_organ(code=STREET, name="某街道纪工委监察组"),
    a_case(number=CASE, lead=None, organ=LEADER),
    s.joint_work(number=JOINT, case=CASE, organ=LEADER, helpers=(GROUP,)),
    s.another_helper(number=JOINT, helper=STREET),
    s.its_end(number=JOINT),
)
