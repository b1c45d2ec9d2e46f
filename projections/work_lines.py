"""Lines of organs, archives, letters, inspections, checks and the window: pure functions."""

from collections.abc import Iterator

from projections.line import ALWAYS, Data, Line, named, reverse


def organ(r: Data) -> Iterator[Line]:
    """An organ, its place in the tree and its region."""
    above = named("organ", r["parent"])
    stream = f"organ:{r['code']}"
    yield Line("organs", ALWAYS, stream, related=above, category=r["type"], detail=r["region"])


def unit(r: Data) -> Iterator[Line]:
    """A unit and its region."""
    above = named("unit", r["parent"])
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
            related=named("unit", r["unit"]),
            rank=r["rank"],
        )


def archive_closed(r: Data) -> Iterator[Line]:
    """An archive no longer on file, from the day it was closed."""
    for line in reverse(person(r | {"number": r["person"]})):
        yield line._replace(occurred_on=r["archive_closed_on"])


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
        related=named("unit", r["unit"]),
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
            related=named("unit", r["unit"]),
        )


def matter_assigned(r: Data) -> Iterator[Line]:
    """A matter assigned to another unit: the reverse of what was, and what is now."""
    if r["former"] != r["unit"]:
        yield from reverse(matter_accepted(r | {"unit": r["former"]}))
        yield from matter_accepted(r)


def matter_reopened(r: Data) -> Iterator[Line]:
    """A matter that is not settled after all: its settling is undone on the day it was reopened."""
    if r["was_settled_on"]:
        yield from reverse(matter_settled(r | {"settled_on": r["reopened_on"]}))


def matter(r: Data) -> Iterator[Line]:
    """All that a matter's record says."""
    yield from matter_accepted(r)
    yield from matter_settled(r)
