"""Two districts in one ledger, each with facts on the other's people and units; whose each is.

Whose a record is, is worked out here from the events alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from domain.codes.tables import code_tables
from domain.streams import TITLES
from tests.domain import samples as s
from tests.domain.checks import samples as checks
from tests.domain.ecology import samples as ecology
from tests.domain.joint_work import samples as joint
from tests.ledger.story import tell
from tests.support.offices import Desk

OURS, OUR_GROUP, OUR_PERSON, OUR_UNIT = "441424-JW", "441424-PZ1", "R000001", "U0045"
THEIRS, THEIR_COMMISSION = s.ORGAN, "350503-JW"
REGISTERED = date(2022, 1, 10)
_ON_US = {"person": OUR_PERSON, "organ": THEIRS}
_THEIR_ACTS_ON_US = (
    s.a_lead(number="外-XS", persons=(OUR_PERSON,), organ=THEIRS, summary="外区的线索"),
    s.a_case(number="外-AJ", lead="外-XS", **_ON_US),
    s.a_disposition(number="外-CZ", lead="外-XS", case="外-AJ", **_ON_US),
    s.a_sanction(number="外-CF", case="外-AJ", **_ON_US),
    s.a_letter(number="外-JY", organ=THEIRS, recipient=OUR_UNIT, related=None, summary="外区建议"),
    s.a_letter(number="外-JY2", organ=THEIRS, recipient=OUR_UNIT, related="AJ201900001"),
    s.a_round(number="外-XC", organ=THEIRS, name="外区巡察"),
    s.a_problem(number="外-WT", round="外-XC", unit=OUR_UNIT, summary="外区的问题"),
    s.a_work_suggestion(number="外-GZ", round="外-XC", recipient=OUR_UNIT, content="外区的建议"),
    s.a_check(number="外-JD", organ=THEIRS, unit=OUR_UNIT, field="窗口服务"),
    checks.a_check_problem(
        number="外-JDW", check="外-JD", unit=OUR_UNIT, organ=THEIRS, summary="外区监督的问题"
    ),
    ecology.a_list(number=f"{OUR_UNIT}/风险清单", unit=OUR_UNIT, organ=THEIRS),
    ecology.an_opening(number=f"{OUR_UNIT}/2021", unit=OUR_UNIT, organ=THEIRS),
    *(ecology.an_indicator(each, number=f"{OUR_UNIT}/2021") for each in ecology.INDICATORS),
    ecology.a_grade(number=f"{OUR_UNIT}/2021", grade="好"),
    joint.joint_work(number="外-LH", case="外-AJ", organ=THEIRS, helpers=(OUR_GROUP,)),
)
_OUR_ACTS_ON_THEM = (
    s.a_lead(number="本-XS", persons=(s.PERSON,), organ=OURS, summary="本区的线索"),
    s.a_case(number="本-AJ", lead="本-XS", organ=OURS),
    s.a_sanction(number="本-CF", case="本-AJ", organ=OURS),
    s.a_letter(number="本-JY", organ=OURS, related="本-AJ", summary="本区建议"),
    s.a_check(number="本-JD", organ=OURS),
    joint.joint_work(number="本-LH", case="本-AJ", organ=OURS, helpers=(THEIRS,)),
)

#: What says nothing of any record: days and instants, counts, words of the program.
_PLAIN = re.compile(r"\d{1,4}|\d{4}-\d{2}(-\d{2}(T.*)?)?|[a-z_.]+")
_TERMS = frozenset(
    word
    for table in code_tables().values()
    for term in table.terms.values()
    for word in (term.value, term.english)
) | frozenset(TITLES.values())
#: What a stream's record names that tells whose it is, where that is not ``organ``.
_NAMES = {
    "unit": ("region", None),
    "person": ("unit", "unit"),
    "archive_item": ("person", "person"),
    "archive_access": ("person", "person"),
    "problem": ("round", "round"),
    "work_suggestion": ("round", "round"),
    "matter": ("unit", "unit"),
}
_EVERYONES = {"measure_form", "calendar", "log_key"}


def settle(desk: Desk) -> None:
    """Put a second district into a ledger that holds 五华县2020年."""
    tell(desk.ledger)
    commission = s.an_organ(code=THEIR_COMMISSION, name="外区纪委监委", type="纪委监委")
    desk.carry_out((REGISTERED, commission))
    desk.carry_out(*((REGISTERED, each) for each in (*_THEIR_ACTS_ON_US, *_OUR_ACTS_ON_THEM)))


def texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def identifying(value: Any) -> set[str]:
    """The texts of a value that say something of a record: no days, no terms of tables."""
    return {each for each in texts(value) if not _PLAIN.fullmatch(each)} - _TERMS - {""}


@dataclass(frozen=True)
class Ledgered:
    """The events of a ledger, and whose records they are."""

    events: Mapping[int, Mapping[str, Any]]

    @cached_property
    def said(self) -> dict[str, dict[str, Any]]:
        """What the events of each stream say last of each field."""
        said: dict[str, dict[str, Any]] = {}
        for event in self.events.values():
            data = event["data"]
            known = said.setdefault(event["stream"], {})
            known |= data["after"] if isinstance(data.get("after"), dict) else data
        return said

    def organ(self, stream: str) -> str | None:
        """The organ that a record belongs to; None for what belongs to nobody or everybody."""
        kind, _, number = stream.partition(":")
        if kind == "organ":
            return number
        said = self.said.get(stream, {})
        if kind == "correction":
            return self.organ(f"{said['kind']}:{said['target']}")
        field, named = _NAMES.get(kind, ("organ", None))
        value = said.get(field)
        if kind == "unit":
            return self._commission(value)
        return value if named is None or value is None else self.organ(f"{named}:{value}")

    def _commission(self, region: Any) -> str | None:
        for stream, said in self.said.items():
            is_commission = stream.startswith("organ:") and said["type"] == "纪委监委"
            if is_commission and said["region"] == region:
                return str(said["code"])
        return None

    def below(self, organ: str) -> set[str]:
        """An organ and all below it."""
        found, grown = {organ}, True
        parents = {
            said["code"]: said["parent"]
            for stream, said in self.said.items()
            if stream.startswith("organ:")
        }
        while grown:
            more = {code for code, parent in parents.items() if parent in found} - found
            found, grown = found | more, bool(more)
        return found

    def owned(self, organ: str) -> set[str]:
        """The streams of an organ and all below it."""
        organs = self.below(organ)
        return {stream for stream in self.said if self.organ(stream) in organs}

    def everyones(self) -> set[str]:
        """The streams that are open to every organ."""
        return {each for each in self.said if each.partition(":")[0] in _EVERYONES}

    def secret(self, seen: set[str]) -> set[str]:
        """What only the events of other streams say, of all that can be told from its words."""
        ours: set[str] = set()
        others: set[str] = set()
        for event in self.events.values():
            told = event["stream"], event["data"], event["command_id"]
            (ours if event["stream"] in seen else others).update(identifying(told))
        return others - ours
