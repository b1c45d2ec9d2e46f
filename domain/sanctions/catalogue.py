"""处分: concepts, stored names and acts."""

from domain.concept import Act, Concept, annotated, nothing
from domain.sanctions import (
    course,
    deciding,
    decisions,
    execution,
    lifecycle,
    organisational,
    organisational_decisions,
    probation,
    revision,
)
from domain.sanctions.rules import ADMINISTRATIVE, CHANGING_PAY, PARTY
from domain.sanctions.sanction import Sanction, SanctionCorrected, SanctionFile, SanctionImposed
from domain.streams import Kind
from domain.term import Data, Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.SANCTION,
        plural="sanctions",
        state=SanctionFile,
        record=Sanction,
        evolve=course.evolve,
        begins=(SanctionImposed,),
        facts={
            "sanction.imposed.v1": SanctionImposed,
            "sanction.decided.v1": course.SanctionDecided,
            "sanction.announced.v1": course.SanctionAnnounced,
            "sanction.post_change_extended.v1": course.PostChangeExtended,
            "sanction.post_changed.v1": course.PostChanged,
            "sanction.execution_reported.v1": course.SanctionExecutionReported,
            "sanction.probation_extended.v1": course.ProbationExtended,
            "sanction.restoration_applied.v1": course.RestorationApplied,
            "sanction.restoration_resolved.v1": course.RestorationResolved,
            "sanction.rights_restored.v1": course.RightsRestored,
            "sanction.restoration_revoked.v1": course.RestorationRevoked,
            "sanction.changed.v1": course.SanctionChanged,
            "sanction.revoked.v1": course.SanctionRevoked,
            "sanction.upheld.v1": course.SanctionUpheld,
            "sanction.rehandling_required.v1": course.RehandlingRequired,
            "sanction.person_reinstated.v1": course.PersonReinstated,
            "sanction.appealed.v1": course.SanctionAppealed,
            "sanction.appeal_ended.v1": course.SanctionAppealEnded,
            "sanction.corrected.v1": SanctionCorrected,
        },
        check=decisions.check_sanction,
        corrected=SanctionCorrected,
        settled=lifecycle.settled,
    ),
    Concept(
        kind=Kind.ORGANISATIONAL_MEASURE,
        plural="organisational_measures",
        state=organisational.OrganisationalMeasure,
        evolve=organisational.evolve,
        begins=(organisational.OrganisationalMeasureImposed,),
        facts={
            "organisational_measure.imposed.v1": organisational.OrganisationalMeasureImposed,
            "organisational_measure.ended.v1": organisational.OrganisationalMeasureEnded,
        },
    ),
)

ACTS = (
    Act(decisions.ImposeSanction, decisions.impose_sanction, Kind.SANCTION),
    Act(deciding.DecideSanction, deciding.decide_sanction, Kind.SANCTION),
    Act(execution.AnnounceSanction, execution.announce_sanction, Kind.SANCTION, nothing),
    Act(execution.ExtendPostChange, execution.extend_post_change, Kind.SANCTION, nothing),
    Act(execution.CompletePostChange, execution.complete_post_change, Kind.SANCTION, nothing),
    Act(
        execution.ReportSanctionExecution,
        execution.report_sanction_execution,
        Kind.SANCTION,
        nothing,
    ),
    Act(probation.ExtendProbation, probation.extend_probation, Kind.SANCTION, nothing),
    Act(probation.ApplyForRestoration, probation.apply_for_restoration, Kind.SANCTION, nothing),
    Act(probation.ResolveRestoration, probation.resolve_restoration, Kind.SANCTION, nothing),
    Act(probation.RestoreRights, probation.restore_rights, Kind.SANCTION, nothing),
    Act(
        probation.RevokeRestoration,
        probation.revoke_restoration,
        Kind.SANCTION,
        lambda act: {"expulsion": annotated(act)["expulsion"]},
    ),
    Act(revision.ChangeSanction, revision.change_sanction, Kind.SANCTION, nothing),
    Act(revision.RevokeSanction, revision.revoke_sanction, Kind.SANCTION, nothing),
    Act(
        revision.RequireSanctionRehandling,
        revision.require_sanction_rehandling,
        Kind.SANCTION,
        nothing,
    ),
    Act(revision.UpholdSanction, revision.uphold_sanction, Kind.SANCTION, nothing),
    Act(revision.ReinstatePerson, revision.reinstate_person, Kind.SANCTION, nothing),
    Act(
        organisational_decisions.ImposeOrganisationalMeasure,
        organisational_decisions.impose_organisational_measure,
        Kind.ORGANISATIONAL_MEASURE,
    ),
    Act(
        organisational_decisions.EndOrganisationalMeasure,
        organisational_decisions.end_organisational_measure,
        Kind.ORGANISATIONAL_MEASURE,
        nothing,
    ),
)

LIFECYCLES = (lifecycle.LIFECYCLE, organisational.LIFECYCLE)


def _party(data: Data) -> bool:
    return bool(data["category"] == PARTY)


def _changing_pay(data: Data) -> bool:
    return data["category"] == ADMINISTRATIVE and data["kind"] in CHANGING_PAY


def _on_probation(data: Data) -> bool:
    return data["probation_until"] is not None


_REVOKED = Mark(fact=course.SanctionRevoked, on="revoked_on")


def _suspended(data: Data) -> bool:
    return data["ends_on"] is not None


TERMS = (
    Term(
        rule="sanction.announcement",
        opens=(Mark(fact=course.SanctionDecided, on="decided_on"),),
        closes=(Mark(fact=course.SanctionAnnounced, on="announced_on"), _REVOKED),
    ),
    Term(
        rule="sanction.post_change",
        opens=(Mark(fact=course.SanctionDecided, on="decided_on", when=_changing_pay),),
        extends=(Mark(fact=course.PostChangeExtended, on="extended_on", due="post_change_due_on"),),
        closes=(Mark(fact=course.PostChanged, on="post_changed_on"), _REVOKED),
    ),
    Term(
        rule="sanction.execution_report",
        opens=(Mark(fact=course.SanctionDecided, on="decided_on", when=_party),),
        closes=(
            Mark(fact=course.SanctionExecutionReported, on="execution_reported_on"),
            _REVOKED,
        ),
    ),
    Term(
        rule="sanction.probation",
        title="留党察看期满",
        provision="《中国共产党纪律处分条例》（2023）",
        opens=(
            Mark(
                fact=course.SanctionDecided,
                on="decided_on",
                due="probation_until",
                when=_on_probation,
            ),
        ),
        extends=(
            Mark(fact=course.ProbationExtended, on="probation_extended_on", due="probation_until"),
        ),
        closes=(Mark(fact=course.RightsRestored, on="rights_restored_on"), _REVOKED),
    ),
    Term(
        rule="organisational.suspension",
        title="停职检查期满",
        provision="可配置：停职检查一般不超过六个月",
        opens=(
            Mark(
                fact=organisational.OrganisationalMeasureImposed,
                on="decided_on",
                due="ends_on",
                when=_suspended,
            ),
        ),
        closes=(Mark(fact=organisational.OrganisationalMeasureEnded, on="ended_on"),),
    ),
)
