"""授权: one role of one subject, granted and revoked; who may act rests on these facts alone."""

import re
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.grants.roles import identifiers
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind

_SUBJECT = re.compile(r"[A-Za-z0-9._~@-]{1,64}")


@fact
class GrantParticulars:
    """What a grant says.

    ``subject`` is the opaque id that a token proves, never a name. ``number`` is that id, a colon
    and the role's identifier. Without an ``organ`` the role is held in the whole ledger.
    ``officer`` is how records name this subject where they name who handles (承办人).
    """

    number: str
    subject: str
    role: Annotated[str, Code("role")]
    organ: Annotated[str | None, Ref(Kind.ORGAN)]
    officer: PersonalText | None
    granted_on: date
    basis: str | None


@fact
class Grant(GrantParticulars):
    """授权 as it stands; a role is held until ``revoked_on``."""

    revoked_on: date | None


@fact
class RoleGranted(GrantParticulars):
    """授予角色; ``revoked_on`` is null: an earlier revocation no longer stands."""

    OCCURRED: ClassVar = "granted_on"

    revoked_on: date | None


@fact
class RoleRevoked:
    """撤销角色."""

    OCCURRED: ClassVar = "revoked_on"

    number: str
    subject: str
    role: str
    organ: str | None
    revoked_on: date


def is_subject(text: str) -> bool:
    """Whether a text can be a subject's id: 1 to 64 letters, digits and ``._~@-``, in ASCII."""
    return _SUBJECT.fullmatch(text) is not None


def grant_number(subject: str, role: str) -> str:
    """The number of the grant of a role to a subject; KeyError for a term of no role."""
    return f"{subject}:{identifiers()[role]}"


def is_held(grant: Grant | None) -> bool:
    """Whether the role is held."""
    return grant is not None and grant.revoked_on is None


def evolve(grant: Grant | None, event: RoleGranted | RoleRevoked) -> Grant:
    """The grant after one more event."""
    if isinstance(event, RoleGranted):
        return restate(event, Grant)
    assert grant is not None, "a role is granted first"  # noqa: S101 -- fold order
    return amended(grant, event)


def _stage(grant: Grant) -> str:
    return "held" if is_held(grant) else "revoked"


LIFECYCLE = Lifecycle(
    kind=Kind.GRANT,
    title="授权",
    stages={"held": "持有", "revoked": "已撤销"},
    stage=_stage,
    opened_by=("grant_role",),
    moves=(
        Move("grant_role", ("held", "revoked"), ("held",)),
        Move("revoke_role", ("held",), ("revoked",)),
    ),
)
