"""Which postings each type of event makes."""

from collections import Counter
from collections.abc import Callable, Iterator

from ledger.audit.verifier.accounts import (
    RECORDS,
    Data,
    Posting,
    of_closing,
    of_filing,
    of_handling,
    of_lead_transfer,
    of_transfer,
)
from ledger.audit.verifier.uncounted import UNCOUNTED


class UnknownEventError(Exception):
    """A type of event that this verifier does not know: it is older than the ledger."""


_ADDS: dict[str, Callable[[Data], Iterator[Posting]]] = {
    "organ.registered.v1": RECORDS["organ"],
    "unit.registered.v1": RECORDS["unit"],
    "person.registered.v1": RECORDS["person"],
    "petition.received.v1": RECORDS["petition"],
    "lead.registered.v1": RECORDS["lead"],
    "lead.handled.v1": of_handling,
    "lead.transferred.v1": of_lead_transfer,
    "case.filed.v1": of_filing,
    "case.closed.v1": of_closing,
    "case.transferred_to_procuratorate.v1": of_transfer,
    "disposition.made.v1": RECORDS["disposition"],
    "sanction.imposed.v1": RECORDS["sanction"],
    "recommendation.issued.v1": RECORDS["recommendation"],
    "round.opened.v1": RECORDS["round"],
    "problem.fed_back.v1": RECORDS["problem"],
    "work_suggestion.issued.v1": RECORDS["work_suggestion"],
    "check.conducted.v1": RECORDS["check"],
    "matter.accepted.v1": RECORDS["matter"],
}


def _taken_back(kind: str) -> Callable[[Data], Iterator[Posting]]:
    """A later fact after which the record that it carries no longer counts."""

    def postings(d: Data) -> Iterator[Posting]:
        for posting in RECORDS[kind](d["before"]):
            yield posting._replace(quantity=-posting.quantity)

    return postings


def _archive_closed(d: Data) -> Iterator[Posting]:
    """An archive is no longer on file from the day it was closed, not from its opening."""
    for posting in RECORDS["person"]({**d, "number": d["person"]}):
        yield posting._replace(occurred_on=d["archive_closed_on"], quantity=-posting.quantity)


def _assigned(d: Data) -> Iterator[Posting]:
    """A matter counts under the unit that it is assigned to, in place of the former one."""
    for unit, sign in ((d["former"], -1), (d["unit"], 1)):
        if d["former"] != d["unit"]:
            for posting in RECORDS["matter"]({**d, "unit": unit}):
                yield posting._replace(quantity=sign * posting.quantity)


def _sanction_changed(d: Data) -> Iterator[Posting]:
    """Another kind of sanction in place of the one before, of the same day."""
    yield from _taken_back("sanction")(d)
    yield from RECORDS["sanction"]({**d["before"], "kind": d["kind"]})


_REVERSES: dict[str, Callable[[Data], Iterator[Posting]]] = {
    "petition.withdrawn.v1": _taken_back("petition"),
    "lead.withdrawn.v1": _taken_back("lead"),
    "disposition.replaced.v1": _taken_back("disposition"),
    "disposition.withdrawn.v1": _taken_back("disposition"),
    "person.archive_closed.v1": _archive_closed,
    "matter.assigned.v1": _assigned,
    "sanction.changed.v1": _sanction_changed,
    "sanction.revoked.v1": _taken_back("sanction"),
}


def postings_of(name: str, data: Data) -> Iterator[Posting]:
    """The signed postings of an event; UnknownEventError for a type not known here.

    A correction reverses what its record was and posts what it is; what is the same cancels out.
    """
    adds = _ADDS.get(name) or _REVERSES.get(name)
    if adds is not None:
        yield from adds(data)
        return
    if name in UNCOUNTED:
        return
    kind, _, rest = name.partition(".")
    record = RECORDS.get(kind)
    if record is None or rest != "corrected.v1":
        raise UnknownEventError(name)
    was, now = Counter(record(data["before"])), Counter(record(data["after"]))
    for posting in (was - now).elements():
        yield posting._replace(quantity=-posting.quantity)
    yield from (now - was).elements()
