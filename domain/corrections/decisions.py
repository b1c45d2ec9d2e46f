"""更正: correcting one field of one record by a new fact; nothing is ever overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from domain.concept import Concept, resolve
from domain.concepts import CONCEPTS
from domain.corrections.correction import (
    Correction,
    CorrectionParticulars,
    CorrectionRegistered,
)
from domain.corrections.values import optional, read, show
from domain.fields import fact, field_index, restate
from domain.leads.lead import Handling, Lead, handling_of, with_handling
from domain.refusals import Refusal, refuse_if
from domain.rules import require_new
from domain.streams import TITLES, Kind, stream_name

Look = Callable[[str], Any]


@fact
class CorrectRecord(CorrectionParticulars):
    """更正一项登记内容."""


def _part(target: Any, item: date | None) -> Any:
    return handling_of(target, item) if item is not None and isinstance(target, Lead) else target


def _corrected(target: Any, item: date | None, field: str, value: Any) -> Any:
    part = replace(_part(target, item), **{field: value})
    if item is not None and isinstance(part, Handling):
        return with_handling(target, item, part)
    return part


def _require_correctable(concept: Concept, target: Any, part: Any, field: str) -> None:
    fixed = {concept.key, "handlings"} | ({"decided_on"} if isinstance(part, Handling) else set())
    known = field in field_index(type(part)).names
    refuse_if(field in fixed or not known, "not_correctable", "该字段不可更正", field="field")
    settled = concept.settled(target)
    refuse_if(settled is not None, "not_correctable", settled or "", field="target")


def correct_record(
    correction: Correction | None, act: CorrectRecord, *, target: Any, look: Look
) -> tuple[tuple[str, Any], ...]:
    """Correct one field of one record (更正一项登记内容).

    1. A correction's number is used once (台账规则).
    2. The record is registered, and is of a kind that can be corrected (台账规则).
    3. The field is one of the record's, and neither its number nor a clock; and no later fact has
       reversed what the record counts for (台账规则).
    4. 原值 is the value the record has now (台账规则).
    5. 新值 is another value, and known where the record needs one (台账规则).
    6. What holds of every such record holds of it afterwards (台账规则).

    Returns two events of one act: the correction's own, and the record's with before and after.
    """
    require_new(correction, act.number)
    concept = next((each for each in CONCEPTS.values() if each.kind == act.kind), None)
    record = restate(target, concept.recorded) if target is not None and concept else None
    part = _part(record, act.item) if record is not None else None
    if part is None or concept is None or concept.corrected is None or concept.check is None:
        title = TITLES[concept.kind] if concept is not None else act.kind
        raise Refusal("missing_reference", f"更正对象 {title} {act.target} 不存在", field="target")
    _require_correctable(concept, target, part, act.field)
    current = getattr(part, act.field)
    stale = read(type(part), act.field, act.was, "was") != current
    hidden = act.field in field_index(type(part)).personal
    held = "" if hidden else f"“{show(current) or ''}”"
    reason = f"原值“{act.was or ''}”与当前值{held}不一致"
    refuse_if(stale, "stale_correction", reason, field="was")
    value = read(type(part), act.field, act.now, "now")
    refuse_if(value == current, "nothing_changed", "新值与当前值相同", field="now")
    unknown = value is None and not optional(type(part), act.field)
    refuse_if(unknown, "required", "该字段不能为空", field="now")
    after = _corrected(record, act.item, act.field, value)
    _check_after(concept, after, act.field, look)
    return _events(concept, act, record, after)


def _check_after(concept: Concept, after: Any, field: str, look: Look) -> None:
    assert concept.check is not None  # noqa: S101 -- narrowed by the caller
    try:
        concept.check(after, **resolve(concept.related(after), look))
    except Refusal as refusal:
        if refusal.field == field:
            refusal.field = "now"
        raise


def _events(
    concept: Concept, act: CorrectRecord, before: Any, after: Any
) -> tuple[tuple[str, Any], ...]:
    assert concept.corrected is not None  # noqa: S101 -- narrowed by the caller
    item = {"item": act.item} if isinstance(before, Lead) else {}
    changed = concept.corrected(
        correction=act.number,
        field=act.field,
        basis=act.basis,
        before=before,
        after=after,
        **item,
    )
    return (
        (stream_name(Kind.CORRECTION, act.number), restate(act, CorrectionRegistered)),
        (stream_name(concept.kind, act.target), changed),
    )
