"""巡察轮次: authorising its teams and hearing its report."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.fields import PersonalText, Ref, fact, restate
from domain.inspections.round import (
    LIFECYCLE,
    InspectionTeamAuthorised,
    RoundFile,
    RoundReportHeard,
    team_of,
)
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_order
from domain.streams import Kind
from domain.units.unit import Unit


@fact
class AuthoriseInspectionTeam:
    """授权巡察组并明确任务分工."""

    number: str
    team: str
    leader: PersonalText
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    authorised_on: date


@fact
class HearRoundReport:
    """听取巡察综合情况汇报."""

    number: Annotated[str, Ref(Kind.ROUND)]
    heard_on: date
    meeting: str


def _known(round_: RoundFile | None, number: str) -> RoundFile:
    if round_ is None:
        raise Refusal("missing_reference", f"巡察轮次 {number} 不存在", field="number")
    return round_


def authorise_inspection_team(
    round_: RoundFile | None,
    act: AuthoriseInspectionTeam,
    *,
    units: tuple[Unit | None, ...],
) -> InspectionTeamAuthorised:
    """Authorise one team of a round and give it its units (授权任职).

    1. The round is open (台账规则).
    2. The units are registered, and there is at least one (台账规则).
    3. A team is authorised once a round (可配置：一次一授权).
    4. No unit is given to two teams, or twice (台账规则).
    """
    known = _known(round_, act.number)
    LIFECYCLE.require("authorise_inspection_team", known)
    require_known(act, {"units": units})
    refuse_if(not act.units, "required", "巡察组应有被巡察单位", field="units")
    twice = any(each.team == act.team for each in known.teams)
    refuse_if(twice, "already_registered", f"{act.team}在该轮已授权", field="team")
    for at, unit in enumerate(act.units):
        given = unit in act.units[:at] or team_of(known, unit) is not None
        refuse_if(given, "already_registered", f"单位 {unit} 已有巡察组", field="units")
    return restate(act, InspectionTeamAuthorised, organ=known.organ)


def hear_round_report(round_: RoundFile | None, act: HearRoundReport) -> RoundReportHeard:
    """Hear the report of a round (听取综合情况汇报).

    1. The round has ended and its report was not heard yet (台账规则).
    2. It is not heard before the round ended (台账规则).
    """
    known = _known(round_, act.number)
    LIFECYCLE.require("hear_round_report", known)
    require_order(known.ended_on, act.heard_on, "听取汇报早于巡察结束", field="heard_on")
    return restate(act, RoundReportHeard, organ=known.organ)


DECIDED: Decided = (
    (AuthoriseInspectionTeam, authorise_inspection_team),
    (HearRoundReport, hear_round_report),
)
