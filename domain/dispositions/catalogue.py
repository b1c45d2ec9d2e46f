"""四种形态: concepts, stored names and acts."""

from typing import Any

from domain.concept import Act, Concept, Related, annotated, nothing
from domain.dispositions import (
    decisions,
    disposition,
    measure_form,
    other_decisions,
    other_disposition,
)
from domain.dispositions.measures import index_name
from domain.streams import Kind, stream_name


def with_measures(act: Any) -> Related:
    """A handling also names the measures whose form the office may have set."""
    names = (stream_name(Kind.MEASURE_FORM, index_name(each)) for each in act.measures)
    return {**annotated(act), "measures": tuple(names)}


CONCEPTS = (
    Concept(
        kind=Kind.DISPOSITION,
        plural="dispositions",
        state=disposition.DispositionFile,
        record=disposition.Disposition,
        evolve=disposition.evolve,
        begins=(disposition.DispositionMade,),
        facts={
            "disposition.made.v1": disposition.DispositionMade,
            "disposition.concluded.v1": disposition.DispositionConcluded,
            "disposition.replaced.v1": disposition.DispositionReplaced,
            "disposition.withdrawn.v1": disposition.DispositionWithdrawn,
            "disposition.corrected.v1": disposition.DispositionCorrected,
        },
        check=decisions.check_disposition,
        corrected=disposition.DispositionCorrected,
        settled=disposition.settled,
    ),
    Concept(
        kind=Kind.OTHER_DISPOSITION,
        plural="other_dispositions",
        state=other_disposition.OtherDisposition,
        evolve=other_disposition.evolve,
        begins=(other_disposition.OtherDispositionRecorded,),
        facts={
            "other_disposition.recorded.v1": other_disposition.OtherDispositionRecorded,
            "other_disposition.struck.v1": other_disposition.OtherDispositionStruck,
        },
    ),
    Concept(
        kind=Kind.MEASURE_FORM,
        plural="measure_forms",
        state=measure_form.MeasureForm,
        evolve=measure_form.evolve,
        begins=(measure_form.MeasureFormSet,),
        facts={"measure_form.set.v1": measure_form.MeasureFormSet},
        key="measure",
    ),
)

ACTS = (
    Act(decisions.MakeDisposition, decisions.make_disposition, Kind.DISPOSITION),
    Act(
        decisions.ConcludeDisposition,
        decisions.conclude_disposition,
        Kind.DISPOSITION,
        with_measures,
    ),
    Act(
        decisions.ReplaceDisposition,
        decisions.replace_disposition,
        Kind.DISPOSITION,
        with_measures,
    ),
    Act(decisions.WithdrawDisposition, decisions.withdraw_disposition, Kind.DISPOSITION, nothing),
    Act(
        other_decisions.RecordOtherDisposition,
        other_decisions.record_other_disposition,
        Kind.OTHER_DISPOSITION,
    ),
    Act(
        other_decisions.StrikeOtherDisposition,
        other_decisions.strike_other_disposition,
        Kind.OTHER_DISPOSITION,
        nothing,
    ),
    Act(
        other_decisions.SetMeasureForm,
        other_decisions.set_measure_form,
        Kind.MEASURE_FORM,
        nothing,
        key="measure",
    ),
)

LIFECYCLES = (disposition.LIFECYCLE,)
