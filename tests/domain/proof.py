"""Which rule of which decision a test proves: read by the table of statutes.

``@proves(handle_lead, 2, 3)`` says that the test shows rules 2 and 3 of ``handle_lead`` to be kept:
that what breaks them is refused, or that what they bring about happens.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., Any])

#: By module and name of the decision, and number of the rule: the tests that prove it.
PROOFS: dict[tuple[str, str, int], list[str]] = defaultdict(list)


def proves(decision: Callable[..., Any], *rules: int) -> Callable[[Test], Test]:
    """Mark a test as the proof of rules of a decision."""

    def mark(test: Test) -> Test:
        for rule in rules:
            place = f"{test.__module__.replace('.', '/')}.py::{test.__name__}"
            PROOFS[decision.__module__, decision.__name__, rule].append(place)
        return test

    return mark
