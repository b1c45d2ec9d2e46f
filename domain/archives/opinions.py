"""廉政意见: requesting an opinion on a person's integrity, and giving it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from domain.archives.item import ArchiveItem, ArchiveItemEntered
from domain.archives.opinion import (
    OPINION,
    IntegrityOpinion,
    IntegrityOpinionGiven,
    IntegrityOpinionRequested,
    OpinionParticulars,
    Relied,
)
from domain.cases.case_file import CaseFile
from domain.dispositions.disposition import Disposition
from domain.fields import Code, Ref, fact, restate
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import stage as stage_of_lead
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_new, require_order
from domain.sanctions.effect import effects
from domain.sanctions.sanction import SanctionFile
from domain.streams import Kind, stream_name

Happened = tuple[tuple[str, Any], ...]

#: Stages at which nothing more is to be done about a lead here.
_DONE = {"closed", "concluded", "sent_out", "merged"}
NOTHING_FOUND = "未发现影响使用的问题"


@fact
class RequestIntegrityOpinion(OpinionParticulars):
    """征求廉政意见."""


@fact
class GiveIntegrityOpinion(Relied):
    """回复廉政意见."""

    number: str
    item: Annotated[str, Ref(Kind.ARCHIVE_ITEM)]
    given_on: date
    conclusion: Annotated[str, Code("opinion_conclusion")]
    approved_by: str


def request_integrity_opinion(
    opinion: IntegrityOpinion | None,
    act: RequestIntegrityOpinion,
    *,
    person: Person | None,
    organ: Organ | None,
) -> IntegrityOpinionRequested:
    """Request an opinion on a person's integrity.

    1. A number is used once (台账规则).
    2. The person and the organ asked are registered (台账规则).
    3. The purpose is a term in force on the day (台账规则).
    4. Who asks is stated (可配置：意见回复登记).
    5. The answer is not due before the request (台账规则).
    """
    require_new(opinion, act.number)
    require_known(act, {"person": person, "organ": organ})
    require_codes(act, act.requested_on)
    refuse_if(not act.requester.strip(), "required", "须写明征求单位", field="requester")
    reason = "回复期限早于征求日期"
    require_order(act.requested_on, act.answer_due_on, reason, field="answer_due_on")
    return restate(act, IntegrityOpinionRequested)


def give_integrity_opinion(
    opinion: IntegrityOpinion | None,
    act: GiveIntegrityOpinion,
    *,
    item: ArchiveItem | None,
    leads: tuple[LeadFile | None, ...],
    cases: tuple[CaseFile | None, ...],
    dispositions: tuple[Disposition | None, ...],
    sanctions: tuple[SanctionFile | None, ...],
) -> Happened:
    """Give an opinion, on a stated cut-off and naming what it rests on.

    1. It was requested and is not given yet (台账规则).
    2. Not before it was requested (台账规则).
    3. Who approved it is stated (可配置：意见回复审批).
    4. It states one cut-off, a day not after it is given or a position (台账规则：数据截止点).
    5. Every lead, case, disposition and sanction that it rests on is registered and is this
       person's (台账规则).
    6. The conclusion is a term in force on the day; that nothing was found does not rest on a lead
       still open, a case not closed or a sanction in effect (可配置：意见结论与依据相符).
    7. The number of the item that tells it is used once (台账规则).
    """
    if opinion is None:
        raise Refusal("missing_reference", f"廉政意见 {act.number} 不存在", field="number")
    OPINION.require("give_integrity_opinion", opinion)
    require_order(opinion.requested_on, act.given_on, "回复早于征求", field="given_on")
    refuse_if(not act.approved_by.strip(), "required", "须写明批准人", field="approved_by")
    _require_cut(act)
    found = {"leads": leads, "cases": cases, "dispositions": dispositions, "sanctions": sanctions}
    require_known(act, found)
    _require_own(opinion.person, found)
    require_codes(act, act.given_on)
    given = _given(opinion, act, leads, cases, sanctions)
    burdened = given.leads_open or given.cases_open or given.sanctions_in_effect
    contradicted = act.conclusion == NOTHING_FOUND and burdened
    reason = "结论与所依据的线索、案件或影响期内的处分不符"
    refuse_if(contradicted, "contradicted", reason, field="conclusion")
    require_new(item, act.item, field="item")
    told = ArchiveItemEntered(
        number=act.item,
        person=opinion.person,
        occurred_on=act.given_on,
        category="廉政意见回复",
        content=act.conclusion,
        source_department=opinion.requester,
    )
    return (
        (stream_name(Kind.INTEGRITY_OPINION, act.number), given),
        (stream_name(Kind.ARCHIVE_ITEM, act.item), told),
    )


def _require_cut(act: GiveIntegrityOpinion) -> None:
    one = (act.as_of is None) != (act.at_position is None)
    refuse_if(not one, "required", "须写明一个数据截止点：日期或者台账位置", field="as_of")
    reason = "数据截止日期晚于回复日期"
    require_order(act.as_of, act.given_on, reason, field="as_of")
    below = act.at_position is not None and act.at_position < 1
    refuse_if(below, "impossible_number", "台账位置从1起", field="at_position")


def _require_own(person: str, found: dict[str, tuple[Any, ...]]) -> None:
    for field, states in found.items():
        for state in states:
            own = state.persons if field == "leads" else (state.person,)
            reason = f"{state.number} 与该人员无关"
            refuse_if(person not in own, "other_person", reason, field=field)


def open_leads(leads: Iterable[LeadFile | None]) -> int:
    """How many of these leads are still to be dealt with here."""
    return sum(each is not None and stage_of_lead(each) not in _DONE for each in leads)


def _is_open(case: CaseFile) -> bool:
    return case.closed_on is None and case.withdrawn_on is None


def _given(
    opinion: IntegrityOpinion,
    act: GiveIntegrityOpinion,
    leads: tuple[LeadFile | None, ...],
    cases: tuple[CaseFile | None, ...],
    sanctions: tuple[SanctionFile | None, ...],
) -> IntegrityOpinionGiven:
    """The opinion with what it rests on counted, as it stands on the day it is given."""
    known = [each for each in sanctions if each is not None]
    return restate(
        act,
        IntegrityOpinionGiven,
        person=opinion.person,
        organ=opinion.organ,
        leads_open=open_leads(leads),
        cases_open=sum(each is not None and _is_open(each) for each in cases),
        sanctions_in_effect=sum(
            each.in_effect(act.given_on) for each in effects(known, act.given_on)
        ),
    )
