"""What each event adds to the accounts that figures are counted from, told a second time.

A second telling of the ledger's journal, apart from the first: the two must agree on every event,
or one of them is wrong. A posting is a tuple; see :class:`Posting` for its places.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Data = dict[str, Any]


class UnknownEventError(LookupError):
    """A type of event that this verifier does not know: it is older than the ledger."""


class Posting(NamedTuple):
    """One signed line of an account: what the fact is about, and how many it counts for."""

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


def _petition(d: Data) -> Iterator[Posting]:
    yield Posting(
        "petitions.received",
        d["received_on"],
        "petition:" + d["number"],
        organ=d["organ"],
        category=d["category"],
        detail=d["channel"],
    )


def _lead(d: Data) -> Iterator[Posting]:
    origin = {"信访举报": "petition:", "巡察移交": "round:"}.get(d["source"])
    number = d["source_number"]
    received = Posting(
        "leads.received",
        d["received_on"],
        "lead:" + d["number"],
        organ=d["organ"],
        related=origin + number if origin and number else None,
        category=d["source"],
        detail=d["category"],
    )
    yield received
    for person in d["persons"]:
        yield received._replace(account="leads.persons", item=person, person=person)
    for handling in d.get("handlings", ()):
        yield from _handled({**handling, "lead": d["number"], "organ": d["organ"]})


def _handled(d: Data) -> Iterator[Posting]:
    lead = "lead:" + d["lead"]
    yield Posting(
        "leads.disposed",
        d["decided_on"],
        lead,
        item=d["decided_on"],
        organ=d["organ"],
        related=lead,
        category=d["method"],
    )


def _filed(d: Data) -> Iterator[Posting]:
    yield Posting(
        "cases.filed",
        d["filed_on"],
        "case:" + d["number"],
        organ=d["organ"],
        person=d["person"],
        related="lead:" + d["lead"] if d["lead"] else None,
        rank=d["rank"],
    )


def _dated(account: str, kind: str, day: str) -> Callable[[Data], Iterator[Posting]]:
    """A later fact of a record that its own stream hangs on, where its day is known."""

    def postings(d: Data) -> Iterator[Posting]:
        if d[day]:
            stream = kind + d["number"]
            yield Posting(account, d[day], stream, organ=d["organ"], related=stream)

    return postings


_closed = _dated("cases.closed", "case:", "closed_on")
_transferred = _dated("cases.transferred_to_procuratorate", "case:", "transferred_on")


def _case(d: Data) -> Iterator[Posting]:
    for part in (_filed, _closed, _transferred):
        yield from part(d)


def _disposition(d: Data) -> Iterator[Posting]:
    if d["lead"] or d["case"]:
        yield Posting(
            "forms",
            d["decided_on"],
            "disposition:" + d["number"],
            organ=d["organ"],
            person=d["person"],
            related="lead:" + d["lead"] if d["lead"] else "case:" + d["case"],
            category=d["form"],
            rank=d["rank"],
            detail=d["measure"],
        )


def _sanction(d: Data) -> Iterator[Posting]:
    yield Posting(
        "sanctions",
        d["decided_on"],
        "sanction:" + d["number"],
        organ=d["organ"],
        person=d["person"],
        related="case:" + d["case"] if d["case"] else None,
        category=d["category"],
        rank=d["rank"],
        detail=d["kind"],
    )


def _letter(d: Data) -> Iterator[Posting]:
    issued = Posting(
        "recommendations.issued",
        d["issued_on"],
        "recommendation:" + d["number"],
        organ=d["organ"],
        unit=d["recipient"],
        category=d["category"],
    )
    yield issued
    if d["suggestions"]:
        yield issued._replace(account="recommendations.suggestions", quantity=d["suggestions"])


def _round(d: Data) -> Iterator[Posting]:
    yield Posting(
        "rounds.opened",
        d["started_on"],
        "round:" + d["number"],
        organ=d["organ"],
        category=d["type"],
    )


def _problem(d: Data) -> Iterator[Posting]:
    yield Posting(
        "problems.fed_back",
        d["fed_back_on"],
        "problem:" + d["number"],
        unit=d["unit"],
        related="round:" + d["round"],
        category=d["category"],
    )


def _suggestion(d: Data) -> Iterator[Posting]:
    yield Posting(
        "work_suggestions.issued",
        d["issued_on"],
        "work_suggestion:" + d["number"],
        unit=d["recipient"],
        related="round:" + d["round"],
    )


def _check(d: Data) -> Iterator[Posting]:
    yield Posting(
        "checks",
        d["checked_on"],
        "check:" + d["number"],
        organ=d["organ"],
        unit=d["unit"],
        category=d["method"],
        detail=d["field"],
    )


def _matter(d: Data) -> Iterator[Posting]:
    unit = d["unit"]
    yield Posting(
        "matters.accepted",
        d["accepted_on"],
        "matter:" + d["number"],
        unit=unit,
        related="unit:" + unit if unit else None,
        category=d["applicant"],
    )


def _person(d: Data) -> Iterator[Posting]:
    if d["district_managed"] and d["archive_opened_on"]:
        unit = d["unit"]
        yield Posting(
            "archives.opened",
            d["archive_opened_on"],
            "person:" + d["number"],
            person=d["number"],
            unit=unit,
            related="unit:" + unit if unit else None,
            rank=d["rank"],
        )


def _place(account: str, kind: str) -> Callable[[Data], Iterator[Posting]]:
    """An organ or unit with what is above it; it was always so."""

    def postings(d: Data) -> Iterator[Posting]:
        above = kind + d["parent"] if d["parent"] else None
        yield Posting(
            account,
            "0001-01-01",
            kind + d["code"],
            related=above,
            category=d["type"],
            detail=d["region"],
        )

    return postings


_RECORDS: dict[str, Callable[[Data], Iterator[Posting]]] = {
    "organ": _place("organs", "organ:"),
    "unit": _place("units", "unit:"),
    "person": _person,
    "petition": _petition,
    "lead": _lead,
    "case": _case,
    "disposition": _disposition,
    "sanction": _sanction,
    "recommendation": _letter,
    "round": _round,
    "problem": _problem,
    "work_suggestion": _suggestion,
    "check": _check,
    "matter": _matter,
}
_ADDS: dict[str, Callable[[Data], Iterator[Posting]]] = {
    "organ.registered.v1": _RECORDS["organ"],
    "unit.registered.v1": _RECORDS["unit"],
    "person.registered.v1": _person,
    "petition.received.v1": _petition,
    "lead.registered.v1": _lead,
    "lead.handled.v1": _handled,
    "case.filed.v1": _filed,
    "case.closed.v1": _closed,
    "case.transferred_to_procuratorate.v1": _transferred,
    "disposition.made.v1": _disposition,
    "sanction.imposed.v1": _sanction,
    "recommendation.issued.v1": _letter,
    "round.opened.v1": _round,
    "problem.fed_back.v1": _problem,
    "work_suggestion.issued.v1": _suggestion,
    "check.conducted.v1": _check,
    "matter.accepted.v1": _matter,
}
#: Types of event that no figure of the base definitions counts.
UNCOUNTED = frozenset({
    "archive_item.corrected.v1",
    "archive_item.entered.v1",
    "case.sent_to_review.v1",
    "correction.registered.v1",
    "lead.handling_concluded.v1",
    "log_key.changed.v1",
    "matter.settled.v1",
    "problem.rectified.v1",
    "recommendation.closed.v1",
    "recommendation.evaluated.v1",
    "recommendation.replied.v1",
    "round.ended.v1",
    "statement.published.v1",
    "work_suggestion.closed.v1",
})  # fmt: skip


def postings_of(name: str, data: Data) -> Iterator[Posting]:
    """The signed postings of an event; UnknownEventError for a type not known here.

    A correction reverses what its record was and posts what it is; what is the same cancels out.
    """
    adds = _ADDS.get(name)
    if adds is not None:
        yield from adds(data)
        return
    if name in UNCOUNTED:
        return
    kind, _, rest = name.partition(".")
    record = _RECORDS.get(kind)
    if record is None or rest != "corrected.v1":
        raise UnknownEventError(name)
    was, now = Counter(record(data["before"])), Counter(record(data["after"]))
    for posting in (was - now).elements():
        yield posting._replace(quantity=-posting.quantity)
    yield from (now - was).elements()
