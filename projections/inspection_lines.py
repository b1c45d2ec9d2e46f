"""Lines of inspections: units entered, problems verified or found again, matters handed over."""

from collections.abc import Iterator

from projections.line import Data, Line, named


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


def check_problem_recorded(r: Data) -> Iterator[Line]:
    """A problem that daily supervision or a campaign found (个)."""
    yield _check_problem("check_problems.found", r["found_on"], r, category=r["category"])


def check_problem_rectified(r: Data) -> Iterator[Line]:
    """A problem reported as put right; one found wanting is so again."""
    yield _check_problem("check_problems.rectified", r["rectified_on"], r)


def check_problem_verified(r: Data) -> Iterator[Line]:
    """A problem's rectification verified, by its result."""
    yield _check_problem("check_problems.verified", r["verified_on"], r, category=r["verification"])


def check_problem_signed_off(r: Data) -> Iterator[Line]:
    """A problem signed off (销号)."""
    yield _check_problem("check_problems.signed_off", r["signed_off_on"], r)


def check_problem_referred(r: Data) -> Iterator[Line]:
    """A problem that gave rise to a lead, which it hangs on."""
    yield _check_problem(
        "check_problems.referred", r["referred_on"], r, related=named("lead", r["lead"])
    )


def _check_problem(account: str, on: str, r: Data, **more: str | None) -> Line:
    stream = f"check_problem:{r['number']}"
    return Line(account, on, stream, organ=r["organ"], unit=r["unit"], **more)  # type: ignore[arg-type]  # no quantity


def campaign_launched(r: Data) -> Iterator[Line]:
    """A campaign, by its kind."""
    yield Line(
        "campaigns.launched",
        r["launched_on"],
        f"campaign:{r['number']}",
        organ=r["organ"],
        category=r["kind"],
    )


def campaign_accountability(r: Data) -> Iterator[Line]:
    """A lead by which a campaign held someone to account."""
    yield Line(
        "campaigns.accountabilities",
        r["accountable_on"],
        f"campaign:{r['number']}",
        item=r["lead"],
        organ=r["organ"],
        related=named("lead", r["lead"]),
    )
