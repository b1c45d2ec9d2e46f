"""监察措施: the stages a measure goes through."""

from domain.lifecycle import Lifecycle, Move
from domain.measures.kinds import measure_kinds
from domain.measures.measure import Measure
from domain.streams import Kind


def stage_of(measure: Measure) -> str:
    """How far the measure has come."""
    if measure.changed_on is not None:
        return "changed"
    if measure.lifted_on is not None:
        return "lifted"
    if measure.carried_out_on is None:
        return "approved"
    return "in_force" if measure_kinds()[measure.kind].lasting else "done"


LIFECYCLE = Lifecycle(
    kind=Kind.MEASURE,
    title="措施",
    stages={
        "approved": "已批准",
        "in_force": "执行中",
        "done": "已执行",
        "lifted": "已解除",
        "changed": "已变更",
    },
    stage=stage_of,
    opened_by=("approve_measure",),
    moves=(
        Move("carry_out_measure", ("approved",), ("in_force", "done")),
        Move("extend_measure", ("in_force",)),
        Move("restart_detention_term", ("in_force",)),
        Move("give_measure_notice", ("in_force", "lifted", "changed")),
        Move("defer_measure_notice", ("in_force",)),
        Move("deliver_person", ("in_force",)),
        Move("request_measure_change", ("in_force",)),
        Move("answer_measure_change", ("in_force",)),
        Move("find_property_irrelevant", ("in_force",)),
        Move("file_measure_for_record", ("in_force", "lifted", "changed")),
        Move("lift_measure", ("in_force",), ("lifted",)),
        Move("change_measure", ("in_force",), ("changed",)),
    ),
)
