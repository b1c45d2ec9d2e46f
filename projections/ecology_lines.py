"""Lines of political-ecology assessments and of the lists of units: pure functions."""

from collections import Counter
from collections.abc import Iterator

from projections.line import Data, Line


def ecology_graded(r: Data) -> Iterator[Line]:
    """A unit graded in a year."""
    yield Line(
        "ecology.graded",
        r["graded_on"],
        f"ecology_assessment:{r['number']}",
        item=str(r["year"]),
        organ=r["organ"],
        unit=r["unit"],
        category=r["grade"],
        detail=r["compared"],
    )


def supervision_list_issued(r: Data) -> Iterator[Line]:
    """The items (项) of one version of a list, by level of risk; the latest version is in force."""
    levels = Counter(item["level"] for item in r["items"])
    for level, items in sorted(levels.items(), key=lambda each: each[0] or ""):
        yield Line(
            "supervision_lists.items",
            r["issued_on"],
            f"supervision_list:{r['number']}",
            item=str(r["version_number"]),
            organ=r["organ"],
            unit=r["unit"],
            category=r["list"],
            detail=level,
            quantity=items,
        )


def supervision_list_withdrawn(r: Data) -> Iterator[Line]:
    """A list withdrawn: no version of it is in force from then on, until another is issued."""
    yield Line(
        "supervision_lists.withdrawn",
        r["withdrawn_on"],
        f"supervision_list:{r['number']}",
        organ=r["organ"],
        unit=r["unit"],
        category=r["list"],
    )
