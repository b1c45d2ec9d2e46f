"""The journal's lines: each fact as signed postings, a pure function of the event alone.

As in double-entry bookkeeping nothing is rubbed out: a correction posts the reverse of what was
and what is now. A line names the streams it hangs on (``related``) and copies nothing of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Data = dict[str, Any]

#: The occurred date of what was always so.
ALWAYS = "0001-01-01"


class Line(NamedTuple):
    """One posting without its place and sign.

    ``stream`` and ``item`` name the fact; ``related`` a stream it hangs on; ``category``,
    ``rank`` and ``detail`` are its dimensions, as terms of the code tables; ``occurred_on`` is
    an ISO 8601 date; ``quantity`` is how many units the fact counts for.
    """

    account: str
    occurred_on: str
    stream: str
    item: str = ""
    organ: str | None = None
    person: str | None = None
    unit: str | None = None
    related: str | None = None
    category: str | None = None
    rank: str | None = None
    detail: str | None = None
    quantity: int = 1


def _named(kind: str, number: str | None) -> str | None:
    return f"{kind}:{number}" if number else None


def organ(r: Data) -> Iterator[Line]:
    """An organ, its place in the tree and its region."""
    above = _named("organ", r["parent"])
    stream = f"organ:{r['code']}"
    yield Line("organs", ALWAYS, stream, related=above, category=r["type"], detail=r["region"])


def unit(r: Data) -> Iterator[Line]:
    """A unit and its region."""
    above = _named("unit", r["parent"])
    stream = f"unit:{r['code']}"
    yield Line("units", ALWAYS, stream, related=above, category=r["type"], detail=r["region"])


def person(r: Data) -> Iterator[Line]:
    """An integrity archive, where the person is district-managed and it has been opened."""
    if r["district_managed"] and r["archive_opened_on"]:
        yield Line(
            "archives.opened",
            r["archive_opened_on"],
            f"person:{r['number']}",
            person=r["number"],
            unit=r["unit"],
            related=_named("unit", r["unit"]),
            rank=r["rank"],
        )


def archive_item(r: Data) -> Iterator[Line]:
    """An item of an archive."""
    yield Line(
        "archives.items",
        r["occurred_on"],
        f"archive_item:{r['number']}",
        person=r["person"],
        related=f"person:{r['person']}",
        category=r["category"],
        detail=r["source_department"],
    )


def petition(r: Data) -> Iterator[Line]:
    """A petition; a repeat counts (件次)."""
    yield Line(
        "petitions.received",
        r["received_on"],
        f"petition:{r['number']}",
        organ=r["organ"],
        category=r["category"],
        detail=r["channel"],
    )


def lead(r: Data) -> Iterator[Line]:
    """A lead, the persons it names, and its handlings where the record has any."""
    stream = f"lead:{r['number']}"
    source = {"信访举报": "petition", "巡察移交": "round"}.get(r["source"])
    related = _named(source, r["source_number"]) if source else None
    common = {
        "organ": r["organ"],
        "related": related,
        "category": r["source"],
        "detail": r["category"],
    }
    yield Line("leads.received", r["received_on"], stream, **common)
    for number in r["persons"]:
        yield Line("leads.persons", r["received_on"], stream, item=number, person=number, **common)
    for handling in r.get("handlings", ()):
        within = handling | {"lead": r["number"], "organ": r["organ"]}
        yield from lead_handled(within)
        if handling["concluded_on"]:
            yield from handling_concluded(within)


def lead_handled(r: Data) -> Iterator[Line]:
    """A handling of a lead by the lead's organ."""
    stream = f"lead:{r['lead']}"
    yield Line(
        "leads.disposed",
        r["decided_on"],
        stream,
        item=r["decided_on"],
        organ=r["organ"],
        related=stream,
        category=r["method"],
    )


def handling_concluded(r: Data) -> Iterator[Line]:
    """A handling concluded on a known day."""
    if r["concluded_on"]:
        stream = f"lead:{r['lead']}"
        yield Line(
            "leads.concluded",
            r["concluded_on"],
            stream,
            item=r["decided_on"],
            organ=r["organ"],
            related=stream,
            category=r["method"],
        )


def case_filed(r: Data) -> Iterator[Line]:
    """A case filed."""
    yield Line(
        "cases.filed",
        r["filed_on"],
        f"case:{r['number']}",
        organ=r["organ"],
        person=r["person"],
        related=_named("lead", r["lead"]),
        rank=r["rank"],
    )


def _case_step(account: str, field: str) -> Callable[[Data], Iterator[Line]]:
    def step(r: Data) -> Iterator[Line]:
        if r[field]:
            stream = f"case:{r['number']}"
            yield Line(account, r[field], stream, organ=r["organ"], related=stream)

    return step


case_sent_to_review = _case_step("cases.sent_to_review", "sent_to_review_on")
case_closed = _case_step("cases.closed", "closed_on")
case_transferred = _case_step("cases.transferred_to_procuratorate", "transferred_on")


def case(r: Data) -> Iterator[Line]:
    """All that a case record says."""
    yield from case_filed(r)
    yield from case_sent_to_review(r)
    yield from case_closed(r)
    yield from case_transferred(r)


def disposition(r: Data) -> Iterator[Line]:
    """A disposition; one that springs from no lead and no case is kept apart (never counted)."""
    counted = r["lead"] or r["case"]
    related = _named("lead", r["lead"]) or _named("case", r["case"])
    yield Line(
        "forms" if counted else "forms.without_lead",
        r["decided_on"],
        f"disposition:{r['number']}",
        organ=r["organ"],
        person=r["person"],
        related=related,
        category=r["form"],
        rank=r["rank"],
        detail=r["measure"],
    )


def sanction(r: Data) -> Iterator[Line]:
    """A sanction of a person."""
    yield Line(
        "sanctions",
        r["decided_on"],
        f"sanction:{r['number']}",
        organ=r["organ"],
        person=r["person"],
        related=_named("case", r["case"]),
        category=r["category"],
        rank=r["rank"],
        detail=r["kind"],
    )


def recommendation_issued(r: Data) -> Iterator[Line]:
    """A letter (份) and its suggestions (条)."""
    stream = f"recommendation:{r['number']}"
    common = {"organ": r["organ"], "unit": r["recipient"], "category": r["category"]}
    yield Line("recommendations.issued", r["issued_on"], stream, **common)
    if r["suggestions"]:
        yield Line(
            "recommendations.suggestions",
            r["issued_on"],
            stream,
            quantity=r["suggestions"],
            **common,
        )


def recommendation_replied(r: Data) -> Iterator[Line]:
    """A letter replied to."""
    if r["replied_on"]:
        stream = f"recommendation:{r['number']}"
        organ = r["organ"]
        yield Line("recommendations.replied", r["replied_on"], stream, organ=organ, related=stream)


def recommendation_closed(r: Data) -> Iterator[Line]:
    """A letter closed."""
    if r["closed_on"]:
        stream = f"recommendation:{r['number']}"
        organ = r["organ"]
        yield Line("recommendations.closed", r["closed_on"], stream, organ=organ, related=stream)


def recommendation(r: Data) -> Iterator[Line]:
    """All that a letter's record says."""
    yield from recommendation_issued(r)
    yield from recommendation_replied(r)
    yield from recommendation_closed(r)


def round_opened(r: Data) -> Iterator[Line]:
    """A round of inspection."""
    yield Line(
        "rounds.opened",
        r["started_on"],
        f"round:{r['number']}",
        organ=r["organ"],
        category=r["type"],
    )


def problem_fed_back(r: Data) -> Iterator[Line]:
    """A problem fed back to a unit."""
    yield Line(
        "problems.fed_back",
        r["fed_back_on"],
        f"problem:{r['number']}",
        unit=r["unit"],
        related=f"round:{r['round']}",
        category=r["category"],
    )


def problem_rectified(r: Data) -> Iterator[Line]:
    """A problem put right."""
    if r["rectified_on"]:
        yield Line(
            "problems.rectified",
            r["rectified_on"],
            f"problem:{r['number']}",
            unit=r["unit"],
            related=f"round:{r['round']}",
        )


def problem(r: Data) -> Iterator[Line]:
    """All that a problem's record says."""
    yield from problem_fed_back(r)
    yield from problem_rectified(r)


def work_suggestion_issued(r: Data) -> Iterator[Line]:
    """A work suggestion to a unit."""
    yield Line(
        "work_suggestions.issued",
        r["issued_on"],
        f"work_suggestion:{r['number']}",
        unit=r["recipient"],
        related=f"round:{r['round']}",
    )


def work_suggestion_closed(r: Data) -> Iterator[Line]:
    """A work suggestion closed."""
    if r["closed_on"]:
        yield Line(
            "work_suggestions.closed",
            r["closed_on"],
            f"work_suggestion:{r['number']}",
            related=f"round:{r['round']}",
        )


def work_suggestion(r: Data) -> Iterator[Line]:
    """All that a work suggestion's record says."""
    yield from work_suggestion_issued(r)
    yield from work_suggestion_closed(r)


def check(r: Data) -> Iterator[Line]:
    """A daily supervision check."""
    yield Line(
        "checks",
        r["checked_on"],
        f"check:{r['number']}",
        organ=r["organ"],
        unit=r["unit"],
        category=r["method"],
        detail=r["field"],
    )


def matter_accepted(r: Data) -> Iterator[Line]:
    """A matter accepted at the window."""
    yield Line(
        "matters.accepted",
        r["accepted_on"],
        f"matter:{r['number']}",
        unit=r["unit"],
        related=_named("unit", r["unit"]),
        category=r["applicant"],
    )


def matter_settled(r: Data) -> Iterator[Line]:
    """A matter settled on a known day."""
    if r["settled_on"]:
        yield Line(
            "matters.settled",
            r["settled_on"],
            f"matter:{r['number']}",
            unit=r["unit"],
            related=_named("unit", r["unit"]),
        )


def matter(r: Data) -> Iterator[Line]:
    """All that a matter's record says."""
    yield from matter_accepted(r)
    yield from matter_settled(r)


#: By stored name: the lines that an event adds.
ADDS: dict[str, Callable[[Data], Iterator[Line]]] = {
    "organ.registered.v1": organ,
    "unit.registered.v1": unit,
    "person.registered.v1": person,
    "archive_item.entered.v1": archive_item,
    "petition.received.v1": petition,
    "lead.registered.v1": lead,
    "lead.handled.v1": lead_handled,
    "lead.handling_concluded.v1": handling_concluded,
    "case.filed.v1": case_filed,
    "case.sent_to_review.v1": case_sent_to_review,
    "case.closed.v1": case_closed,
    "case.transferred_to_procuratorate.v1": case_transferred,
    "disposition.made.v1": disposition,
    "sanction.imposed.v1": sanction,
    "recommendation.issued.v1": recommendation_issued,
    "recommendation.replied.v1": recommendation_replied,
    "recommendation.closed.v1": recommendation_closed,
    "round.opened.v1": round_opened,
    "problem.fed_back.v1": problem_fed_back,
    "problem.rectified.v1": problem_rectified,
    "work_suggestion.issued.v1": work_suggestion_issued,
    "work_suggestion.closed.v1": work_suggestion_closed,
    "check.conducted.v1": check,
    "matter.accepted.v1": matter_accepted,
    "matter.settled.v1": matter_settled,
}

#: By stored name: all lines of the record that a correction carries before and after.
RECORDS: dict[str, Callable[[Data], Iterator[Line]]] = {
    "organ.corrected.v1": organ,
    "unit.corrected.v1": unit,
    "person.corrected.v1": person,
    "archive_item.corrected.v1": archive_item,
    "petition.corrected.v1": petition,
    "lead.corrected.v1": lead,
    "case.corrected.v1": case,
    "disposition.corrected.v1": disposition,
    "sanction.corrected.v1": sanction,
    "recommendation.corrected.v1": recommendation,
    "round.corrected.v1": round_opened,
    "problem.corrected.v1": problem,
    "work_suggestion.corrected.v1": work_suggestion,
    "check.corrected.v1": check,
    "matter.corrected.v1": matter,
}

#: Stored names that change no figure, each for the reason given.
WITHOUT_LINES = {
    "recommendation.evaluated.v1": "an evaluation is a state of the letter, counted by none yet",
    "round.ended.v1": "rounds are counted by their beginning",
    "correction.registered.v1": "its effect is in the event of the record it corrects",
}


def lines_of(name: str, data: Data) -> Iterator[Line]:
    """The signed lines of an event; a correction's unchanged lines cancel out."""
    adds = ADDS.get(name)
    if adds is not None:
        yield from adds(data)
        return
    record = RECORDS.get(name)
    if record is None:
        return
    was, now = Counter(record(data["before"])), Counter(record(data["after"]))
    for line in (was - now).elements():
        yield line._replace(quantity=-line.quantity)
    yield from (now - was).elements()
