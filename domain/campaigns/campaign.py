"""专项整治: one campaign, the stage it has come to, its problems and whom it held to account."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, PersonalText, Ref, amended, fact, restate
from domain.lifecycle import Lifecycle, Move
from domain.streams import Kind


@fact
class CampaignParticulars:
    """What is settled when a campaign is launched; no ``units`` means every unit."""

    number: str
    organ: Annotated[str, Ref(Kind.ORGAN)]
    kind: Annotated[str, Code("campaign_kind")]
    name: str
    units: Annotated[tuple[str, ...], Ref(Kind.UNIT)]
    launched_on: date
    planned_until: date | None


@fact
class CampaignProblem:
    """A problem of a campaign, and when it was signed off (销号)."""

    problem: Annotated[str, Ref(Kind.CHECK_PROBLEM)]
    taken_on: date
    settled_on: date | None


@fact
class Accountability:
    """问责线索 that a campaign brought about."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    accountable_on: date


@fact
class Campaign(CampaignParticulars):
    """专项整治 as it stands; ``handed_on`` are problems left to daily supervision at its end."""

    phase: Annotated[str, Code("campaign_phase")]
    phase_on: date
    concluded_on: date | None
    handed_on: tuple[str, ...]
    problems: tuple[CampaignProblem, ...]
    accountabilities: tuple[Accountability, ...]


@fact
class CampaignLaunched(CampaignParticulars):
    """启动专项整治, in its first stage."""

    OCCURRED: ClassVar = "launched_on"

    phase: str
    phase_on: date


@fact
class CampaignPhaseEntered:
    """专项整治进入下一阶段."""

    OCCURRED: ClassVar = "phase_on"

    number: str
    organ: str
    phase: str
    phase_on: date
    note: PersonalText | None


@fact
class CampaignProblemTaken:
    """问题纳入专项整治."""

    OCCURRED: ClassVar = "taken_on"

    number: str
    organ: str
    problem: Annotated[str, Ref(Kind.CHECK_PROBLEM)]
    taken_on: date


@fact
class CampaignProblemSettled:
    """专项整治问题销号."""

    OCCURRED: ClassVar = "settled_on"

    number: str
    organ: str
    problem: Annotated[str, Ref(Kind.CHECK_PROBLEM)]
    settled_on: date


@fact
class CampaignAccountabilityRegistered:
    """专项整治问责线索登记."""

    OCCURRED: ClassVar = "accountable_on"

    number: str
    organ: str
    lead: Annotated[str, Ref(Kind.LEAD)]
    accountable_on: date


@fact
class CampaignConcluded:
    """专项整治总结验收."""

    OCCURRED: ClassVar = "concluded_on"

    number: str
    organ: str
    concluded_on: date
    handed_on: tuple[str, ...]
    summary: PersonalText


CampaignEvent = (
    CampaignLaunched
    | CampaignPhaseEntered
    | CampaignProblemTaken
    | CampaignProblemSettled
    | CampaignAccountabilityRegistered
    | CampaignConcluded
)


def open_problems(campaign: Campaign) -> tuple[str, ...]:
    """The numbers of the problems not signed off, in the order in which they were taken in."""
    return tuple(each.problem for each in campaign.problems if each.settled_on is None)


def evolve(campaign: Campaign | None, event: CampaignEvent) -> Campaign:
    """The campaign after one more event."""
    if isinstance(event, CampaignLaunched):
        none = {"concluded_on": None, "handed_on": (), "problems": (), "accountabilities": ()}
        return restate(event, Campaign, **none)
    assert campaign is not None, "a campaign begins with its launch"  # noqa: S101 -- fold order
    match event:
        case CampaignProblemTaken():
            taken = restate(event, CampaignProblem, settled_on=None)
            return replace(campaign, problems=(*campaign.problems, taken))
        case CampaignProblemSettled(problem=number, settled_on=day):
            problems = tuple(
                replace(each, settled_on=day) if each.problem == number else each
                for each in campaign.problems
            )
            return replace(campaign, problems=problems)
        case CampaignAccountabilityRegistered():
            more = restate(event, Accountability)
            return replace(campaign, accountabilities=(*campaign.accountabilities, more))
    return amended(campaign, event)


def _stage(campaign: Campaign) -> str:
    return "running" if campaign.concluded_on is None else "concluded"


LIFECYCLE = Lifecycle(
    kind=Kind.CAMPAIGN,
    title="专项整治",
    stages={"running": "整治中", "concluded": "已总结"},
    stage=_stage,
    opened_by=("launch_campaign",),
    moves=(
        Move("enter_campaign_phase", ("running",)),
        Move("register_campaign_accountability", ("running",)),
        Move("conclude_campaign", ("running",), ("concluded",)),
    ),
)
