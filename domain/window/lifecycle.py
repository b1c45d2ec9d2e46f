"""“办不成事”反映窗口: the stages of a matter and the acts that lead from one to the next."""

from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind
from domain.window.matter import MatterFile


def stage(matter: MatterFile) -> str:
    """Where the matter stands: the last thing that holds of it."""
    holds = {
        "settled": matter.settled_on is not None or matter.outcome is not None,
        "pressed": bool(matter.pressings),
        "reopened": matter.reopened_on is not None,
        "assigned": matter.assigned_on is not None,
    }
    return next((stage for stage, reached in holds.items() if reached), "accepted")


_OPEN = ("accepted", "assigned", "pressed", "reopened")

MATTER = Lifecycle(
    kind=Kind.MATTER,
    title="窗口事项",
    stages={
        "accepted": "已受理",
        "assigned": "已交办",
        "pressed": "质询督办中",
        "settled": "已办结",
        "reopened": "重新办理",
    },
    stage=stage,
    opened_by=("accept_matter",),
    moves=(
        Move("copy_matter", (*_OPEN, "settled")),
        Move("assign_matter", ("accepted", "assigned"), ("assigned",)),
        Move("press_matter", _OPEN, ("pressed",)),
        Move("settle_matter", _OPEN, ("settled",)),
        Move("rate_matter", ("settled",)),
        Move("reopen_matter", ("settled",), ("reopened",)),
        Move("escalate_matter", ("pressed",)),
    ),
)
