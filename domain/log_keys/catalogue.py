"""日志密钥: concepts, stored names and acts."""

from domain.concept import Act, Concept, Related
from domain.log_keys import decisions, log_key
from domain.streams import Kind, stream_name


def previous_of(act: decisions.ChangeLogKey) -> Related:
    """A change of the log's key names the change before it, if there was one."""
    number = log_key.previous_number(act.number)
    return {"previous": stream_name(Kind.LOG_KEY, number) if number else None}


CONCEPTS = (
    Concept(
        kind=Kind.LOG_KEY,
        plural="log_keys",
        state=log_key.LogKey,
        evolve=log_key.evolve,
        begins=(log_key.LogKeyChanged,),
        facts={"log_key.changed.v1": log_key.LogKeyChanged},
    ),
)

ACTS = (
    Act(
        decisions.ChangeLogKey,
        decisions.change_log_key,
        Kind.LOG_KEY,
        previous_of,
        of_program=True,
    ),
)
