"""What each record adds to the accounts that figures are counted from, told a second time.

A second telling of the ledger's journal, apart from the first: the two must agree on every event,
or one of them is wrong.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Data = dict[str, Any]


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
        yield from of_handling({**handling, "lead": d["number"], "organ": d["organ"]})


def of_lead_transfer(d: Data) -> Iterator[Posting]:
    """A lead that another organ of the ledger has from now on: its receipt moves there."""
    moved = {**d, "number": d["lead"]}
    for posting in _lead({**moved, "organ": d["transferred_from"]}):
        yield posting._replace(quantity=-1)
    yield from _lead(moved)


def of_handling(d: Data) -> Iterator[Posting]:
    """One handling of a lead."""
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


def of_filing(d: Data) -> Iterator[Posting]:
    """The filing of a case."""
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


of_closing = _dated("cases.closed", "case:", "closed_on")
of_transfer = _dated("cases.transferred_to_procuratorate", "case:", "transferred_on")


def _case(d: Data) -> Iterator[Posting]:
    for part in (of_filing, of_closing, of_transfer):
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


#: Every account there is; a definition over any other is not understood.
ACCOUNTS = frozenset({
    "archives.opened",
    "cases.closed",
    "cases.filed",
    "cases.transferred_to_procuratorate",
    "checks",
    "forms",
    "leads.disposed",
    "leads.persons",
    "leads.received",
    "matters.accepted",
    "organs",
    "petitions.received",
    "problems.fed_back",
    "recommendations.issued",
    "recommendations.suggestions",
    "rounds.opened",
    "sanctions",
    "units",
    "work_suggestions.issued",
})  # fmt: skip
#: What each kind of record adds, as it stands.
RECORDS: dict[str, Callable[[Data], Iterator[Posting]]] = {
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
