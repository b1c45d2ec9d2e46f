"""巡察轮次: one round of inspection by an organ, its teams, and the hearing of its report."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class RoundParticulars:
    """What the register says of a round when it begins."""

    number: str
    type: Annotated[str, Code("round_type")]
    name: str | None
    organ: Annotated[str, Ref(Kind.ORGAN)]
    started_on: date


@fact
class Round(RoundParticulars):
    """巡察轮次 as registers tell of it."""

    ended_on: date | None


@fact
class Team:
    """巡察组: one team of a round, its head and the units it is to inspect."""

    team: str
    leader: PersonalText
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    authorised_on: date


@fact
class RoundFile(Round):
    """巡察轮次 as it stands: its record and its course since."""

    teams: tuple[Team, ...]
    heard_on: date | None


@fact
class RoundOpened(RoundParticulars):
    """巡察轮次开始."""

    OCCURRED: ClassVar = "started_on"


@fact
class InspectionTeamAuthorised:
    """巡察组授权任职及任务分工."""

    OCCURRED: ClassVar = "authorised_on"

    number: str
    organ: str
    team: str
    leader: PersonalText
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    authorised_on: date


@fact
class RoundEnded:
    """巡察轮次结束."""

    OCCURRED: ClassVar = "ended_on"

    number: str
    organ: str
    ended_on: date


@fact
class RoundReportHeard:
    """听取巡察综合情况汇报: the party committee or its leading group heard the round's report."""

    OCCURRED: ClassVar = "heard_on"

    number: str
    organ: str
    heard_on: date
    meeting: str


@fact
class RoundCorrected:
    """巡察轮次更正."""

    correction: str
    field: str
    basis: str | None
    before: Round
    after: Round


RoundEvent = RoundOpened | InspectionTeamAuthorised | RoundEnded | RoundReportHeard | RoundCorrected


def team_of(round_: RoundFile, unit: str) -> Team | None:
    """The team that is to inspect a unit."""
    return next((team for team in round_.teams if unit in team.units), None)


def evolve(round_: RoundFile | None, event: RoundEvent) -> RoundFile:
    """The round after one more event."""
    if isinstance(event, RoundOpened):
        return restate(event, RoundFile, ended_on=None, teams=(), heard_on=None)
    assert round_ is not None, "a round begins with its opening"  # noqa: S101 -- fold order
    if isinstance(event, InspectionTeamAuthorised):
        return replace(round_, teams=(*round_.teams, restate(event, Team)))
    return amended(round_, event.after if isinstance(event, RoundCorrected) else event)


def _stage(round_: RoundFile) -> str:
    if round_.heard_on is not None:
        return "heard"
    return "open" if round_.ended_on is None else "ended"


LIFECYCLE = Lifecycle(
    kind=Kind.ROUND,
    title="巡察轮次",
    stages={"open": "巡察中", "ended": "已结束", "heard": "已听取汇报"},
    stage=_stage,
    opened_by=("open_round",),
    moves=(
        Move("authorise_inspection_team", ("open",)),
        Move("end_round", ("open",), ("ended",)),
        Move("hear_round_report", ("ended",), ("heard",)),
    ),
)
