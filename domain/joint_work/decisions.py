"""联合办案: agreeing on joint work, adding an organ that helps, ending it."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile
from domain.checks.check import Check
from domain.fields import Ref, fact, restate
from domain.joint_work.joint_work import (
    LIFECYCLE,
    JointHelperAdded,
    JointWork,
    JointWorkAgreed,
    JointWorkEnded,
    JointWorkParticulars,
)
from domain.leads.lead import Lead
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.streams import Kind

Matter = CaseFile | Lead | Check


@fact
class AgreeJointWork(JointWorkParticulars):
    """议定联合办案."""


@fact
class AddJointHelper:
    """增加协办单位."""

    number: Annotated[str, Ref(Kind.JOINT_WORK)]
    helper: Annotated[str, Ref(Kind.ORGAN)]
    added_on: date


@fact
class EndJointWork:
    """结束联合办案."""

    number: Annotated[str, Ref(Kind.JOINT_WORK)]
    ended_on: date


def _began(matter: Matter) -> date:
    match matter:
        case CaseFile():
            return matter.filed_on
        case Lead():
            return matter.received_on
        case Check():
            return matter.checked_on


def _one_matter(act: AgreeJointWork, *matters: Matter | None) -> Matter:
    named = [each for each in (act.case, act.lead, act.check) if each is not None]
    found = [each for each in matters if each is not None]
    if len(named) != 1 or len(found) != 1:
        raise Refusal("one_matter", "联合办案针对一个案件、一件线索或者一次监督检查", field="case")
    return found[0]


def agree_joint_work(
    joint: JointWork | None,
    act: AgreeJointWork,
    *,
    case: CaseFile | None,
    lead: Lead | None,
    check: Check | None,
    organ: Organ | None,
    helpers: tuple[Organ | None, ...],
) -> JointWorkAgreed:
    """Agree that organs work together on one matter.

    1. A number is used once (台账规则).
    2. The matter and every organ are registered (台账规则).
    3. It is about one case, one lead or one check (台账规则).
    4. The organ that leads is the one whose matter it is: it decides, and the matter counts for
       it alone (台账规则；参照《公职人员政务处分法》第51条).
    5. At least one other organ helps, each named once (台账规则).
    6. It is not agreed before the matter was filed, received or done (台账规则).
    """
    require_new(joint, act.number)
    known = {"case": case, "lead": lead, "check": check, "organ": organ, "helpers": helpers}
    require_known(act, known)
    matter = _one_matter(act, case, lead, check)
    other = matter.organ != act.organ
    refuse_if(other, "not_deciding_organ", f"主办单位须为 {matter.organ}", field="organ")
    several = len(set(act.helpers)) == len(act.helpers) and act.helpers
    alone = not several or act.organ in act.helpers
    refuse_if(alone, "no_helper", "须有主办单位以外的协办单位，且不得重复", field="helpers")
    began = _began(matter)
    require_order(began, act.agreed_on, f"日期早于该事项的日期 {began}", field="agreed_on")
    return restate(act, JointWorkAgreed)


def _running(act: str, joint: JointWork | None, number: str) -> JointWork:
    if joint is None:
        raise Refusal("missing_reference", f"联合办案 {number} 不存在", field="number")
    LIFECYCLE.require(act, joint)
    return joint


def add_joint_helper(
    joint: JointWork | None, act: AddJointHelper, *, helper: Organ | None
) -> JointHelperAdded:
    """Add an organ that helps.

    1. The joint work goes on (台账规则).
    2. The organ is registered (台账规则).
    3. It neither leads nor helps already (台账规则).
    4. It is not added before the work was agreed (台账规则).
    """
    running = _running("add_joint_helper", joint, act.number)
    require_known(act, {"helper": helper})
    known = act.helper in {running.organ, *running.helpers}
    refuse_if(known, "already_registered", "该单位已是主办或者协办单位", field="helper")
    require_order(running.agreed_on, act.added_on, "日期早于议定日期", field="added_on")
    helpers = (*running.helpers, act.helper)
    return restate(act, JointHelperAdded, organ=running.organ, helpers=helpers)


def end_joint_work(joint: JointWork | None, act: EndJointWork) -> JointWorkEnded:
    """End the joint work; the matter itself goes on or ends by its own acts.

    1. The joint work goes on (台账规则).
    2. It does not end before it was agreed, nor before the last organ joined (台账规则).
    """
    running = _running("end_joint_work", joint, act.number)
    last = max((each.since for each in running.helping), default=running.agreed_on)
    require_order(last, act.ended_on, f"日期早于 {last}", field="ended_on")
    return restate(act, JointWorkEnded, organ=running.organ)
