"""Random histories: commands over small pools of numbers, days and terms, most of them allowed.

Small pools make acts meet: the same case closed twice, a correction of what was just corrected.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from domain.acts import ACTS, BY_NAME
from domain.codes.tables import code_table
from domain.concepts import CONCEPTS
from domain.corrections.decisions import CorrectRecord
from domain.corrections.values import show
from domain.fields import field_index
from domain.leads.decisions import ConcludeHandling, HandleLead
from domain.leads.lead import Handling, Lead, handling_of
from domain.refusals import Refusal
from domain.streams import Kind, stream_name
from tests.domain.harness import Office
from tests.domain.samples import (
    EVERYONE,
    ORGAN,
    PERSON,
    UNIT,
    a_case,
    a_check,
    a_conclusion,
    a_disposition,
    a_handling,
    a_lead,
    a_letter,
    a_matter,
    a_petition,
    a_problem,
    a_round,
    a_sanction,
    a_work_suggestion,
    an_archive_item,
)

DAYS = [date(2021, 3, day) for day in range(1, 11)]
TEXTS = ["警告", "记过", "开除", "其他"]
ITEMS = DAYS[4:7]
PLAIN = {str: st.sampled_from(TEXTS), int: st.integers(-1, 3), bool: st.booleans()}
#: One record of each kind exists from the start, early enough for most acts to be allowed.
PROLOGUE = (
    *EVERYONE,
    an_archive_item(number="archive_item-1"),
    a_petition(number="petition-1", received_on=DAYS[0]),
    a_lead(number="lead-1", received_on=DAYS[0]),
    a_handling(lead="lead-1", decided_on=ITEMS[0]),
    a_handling(lead="lead-1", decided_on=ITEMS[1]),
    a_conclusion(lead="lead-1", decided_on=ITEMS[1], concluded_on=None),
    a_case(number="case-1", lead="lead-1", filed_on=DAYS[1]),
    a_disposition(number="disposition-1", lead="lead-1", case="case-1"),
    a_sanction(number="sanction-1", case="case-1"),
    a_letter(number="recommendation-1", related="case-1", issued_on=DAYS[2]),
    a_round(number="round-1", started_on=DAYS[0]),
    a_problem(number="problem-1", round="round-1", fed_back_on=DAYS[2]),
    a_work_suggestion(number="work_suggestion-1", round="round-1", issued_on=DAYS[2]),
    a_check(number="check-1"),
    a_matter(number="matter-1", accepted_on=DAYS[2]),
)


def numbers(kind: Kind) -> st.SearchStrategy[str]:
    """Two numbers of each kind, the first of which the prologue has registered."""
    first = {Kind.ORGAN: ORGAN, Kind.UNIT: UNIT, Kind.PERSON: PERSON}.get(kind, f"{kind}-1")
    return st.sampled_from([first, f"{kind}-2"])


@cache
def values(cls: Any, field: str, kind: Kind, key: str) -> st.SearchStrategy[Any]:
    """Values of one field of a record or command, by what its annotations say."""
    hint = get_type_hints(cls)[field]
    known = known_values(cls, field, hint, numbers(kind) if field == key else None)
    return known | st.none() if type(None) in get_args(hint) else known


def known_values(
    cls: type, field: str, hint: Any, own: st.SearchStrategy[str] | None
) -> st.SearchStrategy[Any]:
    index = field_index(cls)
    references, codes = dict(index.references), dict(index.codes)
    plain = (made for type_, made in PLAIN.items() if type_ in {hint, *get_args(hint)})
    if own is not None:
        known = own
    elif field == "decided_on" and cls in {HandleLead, ConcludeHandling, Handling}:
        known = st.sampled_from(ITEMS)
    elif field == "related":
        known = numbers(Kind.CASE) | numbers(Kind.LEAD)
    elif field in codes:
        known = st.sampled_from([*code_table(codes[field]).terms, "表外"])
    elif field in references:
        known = numbers(references[field])
    else:
        known = st.sampled_from(DAYS) if field in index.dates else next(plain)
    several = st.lists(known, max_size=2, unique=True).map(tuple)
    return several if get_origin(hint) is tuple else known


def commands_of(command: type) -> st.SearchStrategy[Any]:
    """Commands of one act."""
    act = ACTS[command]
    fields = field_index(command).names
    return st.builds(command, **{name: values(command, name, act.kind, act.key) for name in fields})


@st.composite
def corrections(draw: st.DrawFn) -> CorrectRecord:
    """A correction of some field of some record; 原值 is filled in when it is carried out."""
    kind = draw(st.sampled_from([each for each in Kind if CONCEPTS[each].corrected]))
    item = draw(st.sampled_from(ITEMS)) if kind is Kind.LEAD and draw(st.booleans()) else None
    record = Handling if item else CONCEPTS[kind].recorded
    field = draw(
        st.sampled_from([each for each in field_index(record).names if each != "handlings"])
    )
    now = values(record, field, kind, CONCEPTS[kind].key)
    return CorrectRecord(
        number=f"correction-{draw(st.integers(0, 99))}",
        kind=kind.value,
        target=draw(numbers(kind)),
        item=item,
        field=field,
        was=None,
        now=show(draw(now)),
        basis=None,
    )


#: The acts that registers tell of; every other act has the tests of its own lifecycle.
REGISTER_ACTS = (
    "register_organ",
    "register_unit",
    "register_person",
    "enter_archive_item",
    "receive_petition",
    "register_lead",
    "handle_lead",
    "conclude_handling",
    "file_case",
    "send_case_to_review",
    "close_case",
    "transfer_case_to_procuratorate",
    "make_disposition",
    "impose_sanction",
    "issue_recommendation",
    "reply_to_recommendation",
    "evaluate_recommendation",
    "close_recommendation",
    "open_round",
    "end_round",
    "feed_back_problem",
    "rectify_problem",
    "issue_work_suggestion",
    "close_work_suggestion",
    "conduct_check",
    "accept_matter",
    "settle_matter",
)
#: The facts that these acts bring about.
REGISTERED = {get_type_hints(BY_NAME[name].decide)["return"] for name in REGISTER_ACTS}

ORDINARY = st.one_of([commands_of(BY_NAME[name].command) for name in REGISTER_ACTS])
#: As many corrections as all the other acts together.
COMMANDS = st.booleans().flatmap(lambda correct: corrections() if correct else ORDINARY)


def with_current_value(office: Office, act: CorrectRecord) -> CorrectRecord:
    """The correction stating the value that the record has now, as a careful officer would."""
    record = office.states.get(stream_name(Kind(act.kind), act.target))
    if isinstance(record, Lead) and act.item is not None:
        record = handling_of(record, act.item)
    return replace(act, was=show(getattr(record, act.field, None)))


def carried_out(commands: list[Any]) -> Office:
    """An office after the prologue and those of the commands that are not refused."""
    office = Office()
    for command in PROLOGUE:
        office.carry_out(command)
    for command in commands:
        try:
            correction = isinstance(command, CorrectRecord)
            office.carry_out(with_current_value(office, command) if correction else command)
        except Refusal:
            continue
    return office
