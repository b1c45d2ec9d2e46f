"""本地时限: concepts, stored names and acts."""

from domain.concept import Act, Concept, nothing
from domain.limits import decisions, local_limit
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.LOCAL_LIMIT,
        plural="local_limits",
        state=local_limit.LocalLimit,
        evolve=local_limit.evolve,
        begins=(local_limit.LocalLimitSet,),
        facts={
            "local_limit.set.v1": local_limit.LocalLimitSet,
            "local_limit.repealed.v1": local_limit.LocalLimitRepealed,
        },
    ),
)

ACTS = (
    Act(decisions.SetLocalLimit, decisions.set_local_limit, Kind.LOCAL_LIMIT),
    Act(decisions.RepealLocalLimit, decisions.repeal_local_limit, Kind.LOCAL_LIMIT, nothing),
)
