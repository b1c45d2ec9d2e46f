"""联合办案: concepts, stored names and acts."""

from domain.concept import Act, Concept, Related, nothing
from domain.joint_work import decisions, joint_work
from domain.streams import Kind, stream_name

CONCEPTS = (
    Concept(
        kind=Kind.JOINT_WORK,
        plural="joint_works",
        state=joint_work.JointWork,
        evolve=joint_work.evolve,
        begins=(joint_work.JointWorkAgreed,),
        facts={
            "joint_work.agreed.v1": joint_work.JointWorkAgreed,
            "joint_work.helper_added.v1": joint_work.JointHelperAdded,
            "joint_work.ended.v1": joint_work.JointWorkEnded,
        },
    ),
)


def of_helper(act: decisions.AddJointHelper) -> Related:
    """The organ that is to help."""
    return {"helper": stream_name(Kind.ORGAN, act.helper)}


ACTS = (
    Act(decisions.AgreeJointWork, decisions.agree_joint_work, Kind.JOINT_WORK),
    Act(decisions.AddJointHelper, decisions.add_joint_helper, Kind.JOINT_WORK, of_helper),
    Act(decisions.EndJointWork, decisions.end_joint_work, Kind.JOINT_WORK, nothing),
)

LIFECYCLES = (joint_work.LIFECYCLE,)
