"""监察措施: concepts, stored names, acts and terms."""

from collections.abc import Callable, Iterator
from typing import Any

from domain.concept import Act, Concept, Related, Via, annotated, nothing
from domain.limits.limits import HOURS, limits
from domain.measures import approving, custody, ending, extending, measure
from domain.measures.kinds import measure_kinds
from domain.measures.stages import LIFECYCLE
from domain.streams import Kind, stream_name
from domain.term import Data, Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.MEASURE,
        plural="measures",
        state=measure.Measure,
        evolve=measure.evolve,
        begins=(measure.MeasureApproved,),
        facts={
            "measure.approved.v1": measure.MeasureApproved,
            "measure.carried_out.v1": measure.MeasureCarriedOut,
            "measure.extended.v1": measure.MeasureExtended,
            "measure.detention_term_restarted.v1": measure.DetentionTermRestarted,
            "measure.notice_given.v1": measure.MeasureNoticeGiven,
            "measure.notice_deferred.v1": measure.MeasureNoticeDeferred,
            "measure.person_delivered.v1": measure.PersonDelivered,
            "measure.change_requested.v1": measure.MeasureChangeRequested,
            "measure.change_answered.v1": measure.MeasureChangeAnswered,
            "measure.property_found_irrelevant.v1": measure.PropertyFoundIrrelevant,
            "measure.filed_for_record.v1": measure.MeasureFiledForRecord,
            "measure.lifted.v1": measure.MeasureLifted,
            "measure.changed.v1": measure.MeasureChanged,
        },
    ),
)


def of_measure(act: approving.ApproveMeasure) -> Related:
    """An approval may name the organ that approves, which may lie outside the ledger."""
    other = act.approving_organ
    named = stream_name(Kind.ORGAN, other) if other is not None else None
    return {**annotated(act), "approving_organ": named}


def with_case(act: Any) -> Related:
    """The case that the measure is in."""
    return {"case": Via(stream_name(Kind.MEASURE, act.number), "case", Kind.CASE)}


def with_organ(act: Any) -> Related:
    """The organ whose measure it is."""
    return {"organ": Via(stream_name(Kind.MEASURE, act.number), "organ", Kind.ORGAN)}


def with_successor(act: ending.ChangeMeasure) -> Related:
    """The measure that takes its place."""
    return {"successor": stream_name(Kind.MEASURE, act.successor)}


ACTS = (
    Act(approving.ApproveMeasure, approving.approve_measure, Kind.MEASURE, of_measure),
    Act(approving.CarryOutMeasure, approving.carry_out_measure, Kind.MEASURE, with_case),
    Act(extending.ExtendMeasure, extending.extend_measure, Kind.MEASURE, with_organ),
    Act(extending.RestartDetentionTerm, extending.restart_detention_term, Kind.MEASURE, with_organ),
    Act(custody.GiveMeasureNotice, custody.give_measure_notice, Kind.MEASURE, nothing),
    Act(custody.DeferMeasureNotice, custody.defer_measure_notice, Kind.MEASURE, nothing),
    Act(custody.DeliverPerson, custody.deliver_person, Kind.MEASURE, nothing),
    Act(custody.RequestMeasureChange, custody.request_measure_change, Kind.MEASURE, nothing),
    Act(custody.AnswerMeasureChange, custody.answer_measure_change, Kind.MEASURE, nothing),
    Act(custody.FileMeasureForRecord, custody.file_measure_for_record, Kind.MEASURE, with_organ),
    Act(ending.FindPropertyIrrelevant, ending.find_property_irrelevant, Kind.MEASURE, nothing),
    Act(ending.LiftMeasure, ending.lift_measure, Kind.MEASURE, nothing),
    Act(ending.ChangeMeasure, ending.change_measure, Kind.MEASURE, with_successor),
)

LIFECYCLES = (LIFECYCLE,)

_ENDINGS = (
    Mark(fact=measure.MeasureLifted, on="lifted_on"),
    Mark(fact=measure.MeasureChanged, on="changed_on"),
)
_NOTICE = "《监察法》（2024修正）第50条"


def of_kind(name: str) -> Callable[[Data], bool]:
    """Facts of measures of one kind."""
    return lambda data: bool(data["kind"] == name)


def known(field: str) -> Callable[[Data], bool]:
    """Facts that tell the field."""
    return lambda data: data[field] is not None


def _limited() -> Iterator[Term]:
    """A term for each measure that the law limits.

    Deadlines are days: of a measure limited in hours the facts tell the day on which they end.
    """
    for kind in measure_kinds().values():
        if kind.limit is None:
            continue
        which = of_kind(kind.name)
        hours = limits()[kind.limit][0].unit == HOURS
        due = "until" if hours else None
        began = Mark(fact=measure.MeasureCarriedOut, on="carried_out_on", due=due, when=which)
        if kind.from_approval:
            began = Mark(fact=measure.MeasureApproved, on="approved_on", when=which)
        anew = Mark(fact=measure.DetentionTermRestarted, on="restarted_on", when=which)
        yield Term(
            rule=f"{kind.limit}.day" if hours else kind.limit,
            title=f"{kind.name}期限届满" if hours else None,
            provision=limits()[kind.limit][0].provision if hours else None,
            opens=(began, anew),
            extends=(Mark(fact=measure.MeasureExtended, on="decided_on", due="until", when=which),),
            closes=_ENDINGS,
        )


TERMS = (
    *_limited(),
    Term(
        rule="measure.notice.day",
        title="通知单位和家属（二十四小时以内）",
        provision=_NOTICE,
        opens=(
            Mark(
                fact=measure.MeasureCarriedOut,
                on="carried_out_on",
                due="notice_until",
                when=known("notice_until"),
            ),
        ),
        closes=(
            Mark(fact=measure.MeasureNoticeGiven, on="notified_on"),
            Mark(fact=measure.MeasureNoticeDeferred, on="deferred_on"),
        ),
    ),
    Term(
        rule="measure.notice.deferred",
        title="有碍调查的情形消失后立即通知",
        provision=_NOTICE,
        opens=(Mark(fact=measure.MeasureNoticeDeferred, on="deferred_on"),),
        closes=(Mark(fact=measure.MeasureNoticeGiven, on="notified_on"),),
    ),
    Term(
        rule="measure.delivery.day",
        title="送留置场所（二十四小时以内）",
        provision="《监察法》（2024修正）第25条",
        opens=(
            Mark(
                fact=measure.MeasureCarriedOut,
                on="carried_out_on",
                due="delivery_until",
                when=known("delivery_until"),
            ),
        ),
        closes=(Mark(fact=measure.PersonDelivered, on="delivered_on"), *_ENDINGS),
    ),
    Term(
        rule="measure.change_answer",
        opens=(
            Mark(
                fact=measure.MeasureChangeRequested,
                on="change_requested_on",
                item="change_requests",
            ),
        ),
        closes=(Mark(fact=measure.MeasureChangeAnswered, on="answered_on", item="change_answers"),),
    ),
    Term(
        rule="measure.release_of_property",
        opens=(Mark(fact=measure.PropertyFoundIrrelevant, on="irrelevant_on"),),
        closes=_ENDINGS,
    ),
)
