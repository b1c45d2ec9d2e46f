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
    of_transfer,
)


class UnknownEventError(Exception):
    """A type of event that this verifier does not know: it is older than the ledger."""


_ADDS: dict[str, Callable[[Data], Iterator[Posting]]] = {
    "organ.registered.v1": RECORDS["organ"],
    "unit.registered.v1": RECORDS["unit"],
    "person.registered.v1": RECORDS["person"],
    "petition.received.v1": RECORDS["petition"],
    "lead.registered.v1": RECORDS["lead"],
    "lead.handled.v1": of_handling,
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
    record = RECORDS.get(kind)
    if record is None or rest != "corrected.v1":
        raise UnknownEventError(name)
    was, now = Counter(record(data["before"])), Counter(record(data["after"]))
    for posting in (was - now).elements():
        yield posting._replace(quantity=-posting.quantity)
    yield from (now - was).elements()
