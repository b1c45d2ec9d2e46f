"""专项整治: concepts, stored names, acts, terms and lifecycles."""

from domain.campaigns import campaign, decisions
from domain.concept import Act, Concept, nothing, others
from domain.streams import Kind
from domain.term import Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.CAMPAIGN,
        plural="campaigns",
        state=campaign.Campaign,
        evolve=campaign.evolve,
        begins=(campaign.CampaignLaunched,),
        facts={
            "campaign.launched.v1": campaign.CampaignLaunched,
            "campaign.phase_entered.v1": campaign.CampaignPhaseEntered,
            "campaign.problem_taken.v1": campaign.CampaignProblemTaken,
            "campaign.problem_settled.v1": campaign.CampaignProblemSettled,
            "campaign.accountability_registered.v1": campaign.CampaignAccountabilityRegistered,
            "campaign.concluded.v1": campaign.CampaignConcluded,
        },
    ),
)

ACTS = (
    *(Act(command, decide, Kind.CAMPAIGN, others) for command, decide in decisions.DECIDED),
    Act(decisions.ConcludeCampaign, decisions.conclude_campaign, Kind.CAMPAIGN, nothing),
)

TERMS = (
    Term(
        rule="campaign.conclusion",
        title="专项整治总结",
        provision="专项整治方案确定的完成日期",
        opens=(
            Mark(
                fact=campaign.CampaignLaunched,
                on="launched_on",
                due="planned_until",
                when=lambda data: data["planned_until"] is not None,
            ),
        ),
        closes=(Mark(fact=campaign.CampaignConcluded, on="concluded_on"),),
    ),
)

LIFECYCLES = (campaign.LIFECYCLE,)
