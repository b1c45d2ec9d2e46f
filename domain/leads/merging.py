"""线索的分拆与合并: parts of a lead go on as leads of their own; repeats go on as one."""

from datetime import date
from typing import Annotated, Any

from domain.concept import Related
from domain.fields import PersonalText, Ref, fact, restate
from domain.leads.disposal import Happened, of_lead
from domain.leads.lead import LeadRegistered
from domain.leads.lead_file import LeadFile
from domain.leads.lifecycle import LIFECYCLE, at_stage, found
from domain.leads.movements import LeadAbsorbed, LeadMerged, LeadSplit
from domain.leads.routing import after_receipt
from domain.persons.person import Person
from domain.refusals import refuse_if
from domain.rules import require_new, require_registered
from domain.streams import Kind, stream_name

#: Stages at which another lead may be merged into a lead.
_ABSORBING = frozenset(source for source, _ in LIFECYCLE.arrows("assign_lead"))


@fact
class LeadPart:
    """A part of a lead that goes on as a lead of its own."""

    number: str
    persons: Annotated[tuple[str, ...], Ref(Kind.PERSON)]
    category: str | None
    summary: PersonalText | None


@fact
class SplitLead:
    """分拆问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    split_on: date
    parts: tuple[LeadPart, ...]


@fact
class MergeLead:
    """合并问题线索."""

    lead: Annotated[str, Ref(Kind.LEAD)]
    merged_on: date
    merged_into: Annotated[str, Ref(Kind.LEAD)]


def of_split(act: SplitLead) -> Related:
    """The parts of a split lead name new leads and persons."""
    persons = (person for part in act.parts for person in part.persons)
    return {
        "leads": tuple(stream_name(Kind.LEAD, part.number) for part in act.parts),
        "persons": tuple(stream_name(Kind.PERSON, person) for person in persons),
    }


def of_merger(act: MergeLead) -> Related:
    """A merger names the lead that goes on."""
    return {"merged_into": stream_name(Kind.LEAD, act.merged_into)}


def split_lead(
    lead: LeadFile | None,
    act: SplitLead,
    *,
    leads: tuple[LeadFile | None, ...],
    persons: tuple[Person | None, ...],
) -> Happened:
    """Split a lead (分拆线索): parts of it go on as leads of their own, received when it was.

    1. The lead is at work or held (《监察法实施条例》（2021）第171条).
    2. There is a part, and each has a number that is new (台账规则).
    3. Whoever a part names is registered (台账规则).
    4. Not before the lead was received (台账规则).
    """
    known = at_stage(lead, act.lead, "split_lead")
    numbers = tuple(part.number for part in act.parts)
    refuse_if(not numbers, "required", "应写明分出的线索", field="parts")
    refuse_if(len(set(numbers)) < len(numbers), "already_registered", "编号重复", field="parts")
    for number, state in zip(numbers, leads, strict=True):
        require_new(state, number, "parts")
    named = [person for part in act.parts for person in part.persons]
    for number, person in zip(named, persons, strict=True):
        require_registered(person, Kind.PERSON, number, "parts")
    after_receipt(known, act.split_on, "split_on")
    split = LeadSplit(
        lead=act.lead,
        organ=known.organ,
        split_on=act.split_on,
        split_into=(*known.split_into, *numbers),
    )
    return (*of_lead(act.lead, split), *(_registered(known, part) for part in act.parts))


def _registered(lead: LeadFile, part: LeadPart) -> tuple[str, Any]:
    """A part registered as a lead from the same source."""
    event = LeadRegistered(
        number=part.number,
        source=lead.source,
        source_number=lead.source_number,
        received_on=lead.received_on,
        organ=lead.organ,
        department=lead.department,
        persons=part.persons,
        category=part.category,
        summary=part.summary,
    )
    return stream_name(Kind.LEAD, part.number), event


def merge_lead(lead: LeadFile | None, act: MergeLead, *, merged_into: LeadFile | None) -> Happened:
    """Merge a lead into another (合并线索): it is handled with that one from then on.

    Both were received and stay counted so; only the other is disposed of afterwards.

    1. The lead waits for its disposal or is held
       (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    2. The other is registered, and another one (台账规则).
    3. The other is the same organ's, and not yet concluded (台账规则).
    4. Not before either was received (台账规则).
    """
    known = at_stage(lead, act.lead, "merge_lead")
    refuse_if(act.merged_into == act.lead, "nothing_changed", "不能并入自身", field="merged_into")
    require_registered(merged_into, Kind.LEAD, act.merged_into, "merged_into")
    other = found(merged_into, act.merged_into)
    elsewhere = other.organ != known.organ
    refuse_if(elsewhere, "not_applicable", "两件线索不属同一机构", field="merged_into")
    done = LIFECYCLE.stage(other) not in _ABSORBING
    refuse_if(done, "wrong_stage", "并入的线索已办结", field="merged_into")
    for each in (known, other):
        after_receipt(each, act.merged_on, "merged_on")
    absorbed = LeadAbsorbed(
        lead=act.merged_into,
        organ=other.organ,
        absorbed_on=act.merged_on,
        absorbed=(*other.absorbed, act.lead),
    )
    merged = restate(act, LeadMerged, organ=known.organ)
    return (*of_lead(act.lead, merged), *of_lead(act.merged_into, absorbed))
