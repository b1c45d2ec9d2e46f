"""Who may approve what is done with a lead: roles read from ``approvals.toml``, dated."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from domain.refusals import refuse_if

_SOURCE = Path(__file__).with_name("approvals.toml")


@dataclass(frozen=True, slots=True)
class Approval:
    """One version of who may approve an act: ``roles``, in force from ``since`` (None: always)."""

    roles: tuple[str, ...]
    provision: str
    basis: str
    since: date | None = None


@lru_cache(maxsize=1)
def approvals() -> Mapping[str, tuple[Approval, ...]]:
    """All versions by what is approved, oldest first."""
    data = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))["acts"]
    return {
        name: tuple(
            sorted(
                (Approval(**each | {"roles": tuple(each["roles"])}) for each in said["versions"]),
                key=lambda each: each.since or date.min,
            )
        )
        for name, said in data.items()
    }


def approval(name: str, on: date) -> Approval:
    """Who may approve on a day, or by the first version for an earlier day; KeyError for none."""
    versions = approvals()[name]
    in_force = [each for each in versions if each.since is None or each.since <= on]
    return in_force[-1] if in_force else versions[0]


def require_approver(name: str, role: str, on: date) -> None:
    """Refuse an approval by somebody who may not give it (code ``not_authorised``)."""
    said = approval(name, on)
    reason = f"应由{'或'.join(said.roles)}批准"
    refuse_if(
        role not in said.roles,
        "not_authorised",
        reason,
        field="approver_role",
        provision=said.provision,
    )
