"""授权: concepts, stored names, acts and lifecycles."""

from domain.concept import Act, Concept, Related, nothing, others
from domain.grants import decisions, grant
from domain.grants.roles import roles
from domain.streams import Kind, stream_name


def of_subject(act: decisions.GrantRole) -> Related:
    """The organ, and the grants of every other role to the same subject."""
    numbers = (f"{act.subject}:{role}" for role, term in roles().items() if term != act.role)
    return others(act) | {"others": tuple(stream_name(Kind.GRANT, each) for each in numbers)}


CONCEPTS = (
    Concept(
        kind=Kind.GRANT,
        plural="grants",
        state=grant.Grant,
        evolve=grant.evolve,
        begins=(grant.RoleGranted,),
        facts={
            "grant.role_granted.v1": grant.RoleGranted,
            "grant.role_revoked.v1": grant.RoleRevoked,
        },
    ),
)

ACTS = (
    Act(decisions.GrantRole, decisions.grant_role, Kind.GRANT, of_subject),
    Act(decisions.RevokeRole, decisions.revoke_role, Kind.GRANT, nothing),
)

LIFECYCLES = (grant.LIFECYCLE,)
