"""廉政档案: the stages of a person's archive and the acts that lead from one to the next."""

from domain.lifecycle import Lifecycle, Move
from domain.persons.person import PersonFile
from domain.streams import Kind


def stage(person: PersonFile) -> str:
    """Where the archive stands."""
    holds = {
        "closed": person.archive_closed_on is not None,
        "unopened": person.archive_opened_on is None,
        "kept": person.keeper is not None,
    }
    return next((stage for stage, reached in holds.items() if reached), "opened")


ARCHIVE = Lifecycle(
    kind=Kind.PERSON,
    title="廉政档案",
    stages={
        "opened": "已建档",
        "kept": "专人保管",
        "closed": "已转出撤档",
        "unopened": "未建档",
    },
    stage=stage,
    opened_by=("register_person",),
    moves=(
        Move("name_archive_keeper", ("opened", "kept"), ("kept",)),
        Move("declare_recusal", ("opened", "kept"), ("opened", "kept")),
        Move("review_archive", ("kept",)),
        Move("change_post", ("unopened", "opened", "kept")),
        Move("close_archive", ("opened", "kept"), ("closed",)),
    ),
)
