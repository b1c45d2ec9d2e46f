"""Lines of petitions, leads, cases, dispositions and sanctions: a pure function of each fact."""

from collections.abc import Callable, Iterator

from projections.line import Data, Line, named, reverse


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
    related = named(source, r["source_number"]) if source else None
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


def lead_transferred(r: Data) -> Iterator[Line]:
    """A lead transferred: what was received moves to the organ that has it, and is counted once.

    The organ that had it counts it as transferred only.
    """
    stream = f"lead:{r['lead']}"
    record = {**r, "number": r["lead"]}
    yield from reverse(lead({**record, "organ": r["transferred_from"]}))
    yield from lead(record)
    yield Line(
        "leads.transferred",
        r["transferred_on"],
        stream,
        organ=r["transferred_from"],
        related=stream,
    )


def petition_reversed(r: Data) -> Iterator[Line]:
    """A petition withdrawn: the reverse of what its record added."""
    yield from reverse(petition(r["before"]))


def lead_reversed(r: Data) -> Iterator[Line]:
    """A lead withdrawn: the reverse of what its record added."""
    yield from reverse(lead(r["before"]))


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
        related=named("lead", r["lead"]),
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
    related = named("lead", r["lead"]) or named("case", r["case"])
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


def disposition_reversed(r: Data) -> Iterator[Line]:
    """A disposition replaced or withdrawn: the reverse of what its record added."""
    yield from reverse(disposition(r["before"]))


def sanction(r: Data) -> Iterator[Line]:
    """A sanction of a person."""
    yield Line(
        "sanctions",
        r["decided_on"],
        f"sanction:{r['number']}",
        organ=r["organ"],
        person=r["person"],
        related=named("case", r["case"]),
        category=r["category"],
        rank=r["rank"],
        detail=r["kind"],
    )


def sanction_reversed(r: Data) -> Iterator[Line]:
    """A sanction revoked: the reverse of what its record added."""
    yield from reverse(sanction(r["before"]))


def sanction_changed(r: Data) -> Iterator[Line]:
    """A sanction changed into one of another kind, on the day on which the person got it."""
    yield from sanction_reversed(r)
    yield from sanction(r["before"] | {"kind": r["kind"]})
