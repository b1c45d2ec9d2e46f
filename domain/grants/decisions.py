"""授权: granting a role to a subject, and revoking it."""

from datetime import date
from typing import Annotated

from domain.fields import Ref, fact, restate
from domain.grants.grant import (
    LIFECYCLE,
    Grant,
    GrantParticulars,
    RoleGranted,
    RoleRevoked,
    grant_number,
    is_held,
    is_subject,
)
from domain.grants.roles import ADMINISTRATORS, identifiers
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_order
from domain.streams import Kind


@fact
class GrantRole(GrantParticulars):
    """授予角色."""


@fact
class RevokeRole:
    """撤销角色."""

    number: Annotated[str, Ref(Kind.GRANT)]
    revoked_on: date


def grant_role(
    grant: Grant | None,
    act: GrantRole,
    *,
    organ: Organ | None,
    others: tuple[Grant | None, ...],
) -> RoleGranted:
    """Grant a role to a subject, anew after a revocation or with another organ (授予角色).

    1. The subject's id is opaque text in ASCII without a colon (台账规则).
    2. The role is one in force on the day (可配置：角色).
    3. The number is that of the subject and the role (台账规则).
    4. The organ is registered; without one the role is held in the whole ledger (台账规则).
    5. An officer's name, where stated, is not empty (台账规则).
    6. It is not granted before it was last granted or revoked (台账规则).
    7. A role held is not granted again unchanged (台账规则).
    8. Who is one of the three administrators (三员) holds no other role
       (可配置：三员互不兼任，参照 GB/T 22239-2019 安全管理中心).
    """
    reason = "主体标识应为1至64个字母、数字或 ._~@- 字符"
    refuse_if(not is_subject(act.subject), "impossible_value", reason, field="subject")
    require_codes(act, act.granted_on)
    number = grant_number(act.subject, act.role)
    refuse_if(act.number != number, "impossible_value", f"编号应为 {number}", field="number")
    require_known(act, {"organ": organ})
    unnamed = act.officer is not None and not act.officer.strip()
    refuse_if(unnamed, "required", "承办人姓名不能为空", field="officer")
    _require_later(grant, act)
    _require_compatible(act, others)
    return restate(act, RoleGranted, revoked_on=None)


def _require_later(grant: Grant | None, act: GrantRole) -> None:
    if grant is None:
        return
    last = grant.revoked_on or grant.granted_on
    require_order(last, act.granted_on, f"日期早于上次授予或者撤销日期 {last}", field="granted_on")
    same = (grant.organ, grant.officer) == (act.organ, act.officer)
    reason = "该角色已持有，内容未变"
    refuse_if(is_held(grant) and same, "already_granted", reason, field="role")


def _require_compatible(act: GrantRole, others: tuple[Grant | None, ...]) -> None:
    held = [each.role for each in others if each is not None and is_held(each)]
    if identifiers()[act.role] not in ADMINISTRATORS:
        held = [role for role in held if identifiers()[role] in ADMINISTRATORS]
    reason = f"不得与“{'、'.join(held)}”兼任：三员互不兼任，也不兼业务角色"
    provision = "GB/T 22239-2019 安全管理中心（可配置）"
    refuse_if(held, "incompatible_roles", reason, field="role", provision=provision)


def revoke_role(grant: Grant | None, act: RevokeRole) -> RoleRevoked:
    """Revoke a role (撤销角色).

    1. The role is held (台账规则).
    2. It is not revoked before it was granted (台账规则).
    """
    if grant is None:
        raise Refusal("missing_reference", f"授权 {act.number} 不存在", field="number")
    LIFECYCLE.require("revoke_role", grant)
    require_order(grant.granted_on, act.revoked_on, "撤销日期早于授予日期", field="revoked_on")
    said = {"subject": grant.subject, "role": grant.role, "organ": grant.organ}
    return restate(act, RoleRevoked, **said)
