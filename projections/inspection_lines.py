"""Lines of inspections: units entered, problems verified or found again, matters handed over."""

from collections.abc import Iterator

from projections.line import Data, Line


def unit_inspection_begun(r: Data) -> Iterator[Line]:
    """A unit inspected in a round (单位次); the number of units is a distinct count."""
    yield Line(
        "inspections.begun",
        r["begun_on"],
        f"inspection:{r['number']}",
        organ=r["organ"],
        unit=r["unit"],
        related=f"round:{r['round']}",
    )


def problem_verified(r: Data) -> Iterator[Line]:
    """A problem's rectification verified, by its result."""
    yield Line(
        "problems.verified",
        r["verified_on"],
        f"problem:{r['number']}",
        unit=r["unit"],
        related=f"round:{r['round']}",
        category=r["verification"],
    )


def problem_returned(r: Data) -> Iterator[Line]:
    """A problem sent back: it is open again."""
    yield Line(
        "problems.returned",
        r["reopened_on"],
        f"problem:{r['number']}",
        unit=r["unit"],
        related=f"round:{r['round']}",
    )


def problem_found_again(r: Data) -> Iterator[Line]:
    """A problem found again (反弹) by a later round, which it hangs on."""
    yield Line(
        "problems.found_again",
        r["reopened_on"],
        f"problem:{r['number']}",
        unit=r["unit"],
        related=f"round:{r['lookback']}",
    )


def inspection_transfer_made(r: Data) -> Iterator[Line]:
    """A matter handed over (件) and the persons it names (人)."""
    stream = f"inspection_transfer:{r['number']}"
    common = {
        "organ": r["organ"],
        "unit": r["unit"],
        "related": f"round:{r['round']}",
        "category": r["category"],
        "detail": r["destination"],
    }
    yield Line("inspection_transfers.made", r["transferred_on"], stream, **common)
    if r["persons"]:
        yield Line(
            "inspection_transfers.persons",
            r["transferred_on"],
            stream,
            quantity=r["persons"],
            **common,
        )


def inspection_transfer_answered(r: Data) -> Iterator[Line]:
    """What became of a matter handed over, told to the inspection office."""
    yield Line(
        "inspection_transfers.answered",
        r["answered_on"],
        f"inspection_transfer:{r['number']}",
        organ=r["organ"],
        related=f"round:{r['round']}",
    )
