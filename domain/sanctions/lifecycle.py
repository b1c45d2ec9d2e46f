"""处分: the stages of a sanction, and the acts that lead from one to the next."""

from domain.lifecycle import Lifecycle, Move
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind


def rehandling(sanction: SanctionFile) -> bool:
    """Whether a changed ruling still waits for its answer (公职人员政务处分法 第49条)."""
    since = sanction.rehandling_on
    answers = (sanction.changed_on, sanction.upheld_on)
    return since is not None and not any(each is not None and each >= since for each in answers)


def stage(sanction: SanctionFile) -> str:
    """How far the sanction has come."""
    if sanction.revoked_on is not None:
        return "reinstated" if sanction.reinstated_on is not None else "revoked"
    if sanction.restoration_revoked_on is not None:
        return "expelled"
    if rehandling(sanction):
        return "rehandling"
    if sanction.execution_reported_on is not None:
        return "executed"
    return "announced" if sanction.announced_on is not None else "decided"


def settled(sanction: SanctionFile) -> str | None:
    """Why the record is no longer corrected: its figures are already reversed."""
    return "该处分已撤销，不再更正" if sanction.revoked_on is not None else None


_DONE = ("decided", "announced", "executed")
_STANDING = (*_DONE, "rehandling")

LIFECYCLE = Lifecycle(
    kind=Kind.SANCTION,
    title="处分",
    stages={
        "decided": "已决定",
        "announced": "已宣布",
        "executed": "已报告执行",
        "rehandling": "重新处理中",
        "revoked": "已撤销",
        "reinstated": "已恢复待遇名誉",
        "expelled": "已撤销恢复权利并开除党籍",
    },
    stage=stage,
    opened_by=("impose_sanction", "decide_sanction"),
    moves=(
        Move("announce_sanction", ("decided",), ("announced",)),
        Move("report_sanction_execution", ("announced",), ("executed",)),
        Move("extend_post_change", _DONE),
        Move("complete_post_change", _DONE),
        Move("extend_probation", _DONE),
        Move("apply_for_restoration", _DONE),
        Move("resolve_restoration", _DONE),
        Move("restore_rights", _DONE),
        Move("revoke_restoration", _DONE, ("expelled",)),
        Move("require_sanction_rehandling", _DONE, ("rehandling",)),
        Move("uphold_sanction", ("rehandling",), _DONE),
        Move("change_sanction", _DONE),
        Move("change_sanction", ("rehandling",), _DONE),
        Move("revoke_sanction", _STANDING, ("revoked",)),
        Move("reinstate_person", ("revoked",), ("reinstated",)),
    ),
)
