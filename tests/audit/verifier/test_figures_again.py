"""What the verifier counts is what the read models count: every figure, value and facts."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.audit.verifier.accounts import ACCOUNTS, RECORDS
from ledger.audit.verifier.figures import Figures, Journal, Question
from ledger.audit.verifier.postings import UNCOUNTED, UnknownEventError, postings_of
from ledger.catalogue import STORED_NAMES
from projections.cuts import Cut, Period
from projections.figures import bearing_positions, figure
from projections.indicators import base_definitions
from projections.lines import ADDS, lines_of
from projections.lines import RECORDS as CORRECTED
from projections.store import reading
from reports.statement import ask
from tests.ledger.golden_files import golden_file, golden_names
from tests.support.corrections import Corrections
from tests.support.offices import Desk
from tests.support.registers import read_registers

INDICATORS = base_definitions().indicators
YEARS = [Period(date(year, 1, 1), date(year, 12, 31)) for year in (2016, 2019, 2020, 2021)]
PERIODS = [*YEARS, Period(date(2016, 10, 1), date(2021, 9, 30)), Period(date.min, date.max)]
DAYS = st.dates(date(2016, 6, 1), date(2022, 3, 31))
#: The commission with those below it, one of those, and none of them.
ORGANS = {
    "fengze": [None, "350503-JW", "350503-DH", "350503-PZ1"],
    "wuhua": [None, "441424-JW", "441424-PZ1"],
}


class Counted(NamedTuple):
    """An office, and the journal that the verifier makes of its entries."""

    desk: Desk
    journal: Journal
    positions: list[int]

    @classmethod
    def of(cls, desk: Desk) -> "Counted":
        journal = Journal()
        for leaf, event in enumerate(desk.events.values()):
            journal.add(leaf, event["type"], event["registered_on"], event["data"])
        return cls(desk, journal, list(desk.events))

    def again(self, period: Period, cut: Cut, organ: str | None) -> dict[str, Any]:
        """Every figure by the verifier: value and positions."""
        known = [p for p in self.positions if cut.at_position is None or p <= cut.at_position]
        as_of = cut.as_of.isoformat() if cut.as_of else None
        days = (period.first.isoformat(), period.last.isoformat())
        question = Question(*days, as_of, organ, len(known))
        figures = Figures(self.journal, base_definitions().text, question)
        found = {code: figures.figure(code) for code in figures.definitions}
        return {c: (value, [known[leaf] for leaf in at]) for c, (value, at) in found.items()}

    def counted(self, period: Period, cut: Cut, organ: str | None) -> dict[str, Any]:
        """Every figure by the read models."""
        with reading(self.desk.engine) as connection:
            question = ask(connection, period, cut, organ)
            return {
                each.code: (
                    figure(connection, each, question),
                    list(bearing_positions(connection, each, question)),
                )
                for each in INDICATORS
            }

    def agrees(self, period: Period, cut: Cut, organ: str | None) -> bool:
        return self.again(period, cut, organ) == self.counted(period, cut, organ)


@pytest.fixture(scope="module")
def offices(fengze: Desk, wuhua: Desk) -> dict[str, Counted]:
    return {"fengze": Counted.of(fengze), "wuhua": Counted.of(wuhua)}


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("example", ["fengze", "wuhua"])
def test_every_figure_of_an_example_is_counted_again(
    offices: dict[str, Counted], example: str, period: Period
) -> None:
    office = offices[example]
    assert office.agrees(period, Cut(), None)
    if period is PERIODS[-1]:
        values = [value for value, _ in office.again(period, Cut(), None).values()]
        assert sum(value > 0 for value in values) >= 20


@pytest.mark.parametrize("example", ["fengze", "wuhua"])
def test_every_figure_of_an_organ_is_counted_again(
    offices: dict[str, Counted], example: str
) -> None:
    for organ in ORGANS[example]:
        for cut in (Cut(), Cut(as_of=date(2020, 12, 31)), Cut(at_position=3000)):
            assert offices[example].agrees(PERIODS[-1], cut, organ), (organ, cut)


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    example=st.sampled_from(["fengze", "wuhua"]),
    days=st.lists(DAYS, min_size=2, max_size=2).map(sorted),
    cut=st.builds(Cut, as_of=DAYS) | st.builds(Cut, at_position=st.integers(50, 6000)),
    data=st.data(),
)
def test_of_any_period_and_cut_off_every_figure_is_counted_again(
    offices: dict[str, Counted], example: str, days: list[date], cut: Cut, data: st.DataObject
) -> None:
    organ = data.draw(st.sampled_from(ORGANS[example]))
    assert offices[example].agrees(Period(*days), cut, organ)


#: Register, field, and what the first record that has another value is corrected to.
CORRECTIONS = [
    ("问题线索", "线索编号", "来源", "巡察移交", "上级交办"),
    ("立案", "案件编号", "立案时职级", "乡科级", "县处级"),
    ("四种形态", "处置编号", "形态", "第一种形态", "第二种形态"),
    ("处分", "处分编号", "决定时职级", "乡科级", "一般干部"),
    ("巡察轮次", "轮次编号", "类型", "常规", "机动"),
    ("机构", "机构代码", "上级机构代码", "350503-JW", ""),
    ("机构", "机构代码", "行政区划代码", "350503", "350504"),
    ("监督对象", "人员编号", "区管干部", "是", "否"),
]


def test_every_figure_is_counted_again_after_corrections(
    copy_of: Callable[[Desk], Desk], fengze: Desk, tmp_path: Path
) -> None:
    """Registered out of order too: one of them before what it corrects was known."""
    desk, registers = copy_of(fengze), read_registers("fengze")
    before = desk.figures()
    for number, (title, key, field, was, now) in enumerate(CORRECTIONS):
        row = next(row for row in registers[title].records() if row[field] == was)
        day = "2022-03-01" if number % 2 else "2022-02-01"
        corrections = Corrections(desk, tmp_path / str(number), day, number)
        corrections.correct(title, row[key], field, was, now)
    assert desk.figures() != before
    office = Counted.of(desk)
    for cut in (Cut(), *(Cut(as_of=date(2022, *day)) for day in ((1, 31), (2, 1), (3, 1)))):
        for organ in ORGANS["fengze"]:
            assert office.agrees(PERIODS[-1], cut, organ), (cut, organ)
            assert office.agrees(PERIODS[-2], cut, organ), (cut, organ)


# -- event by event ------------------------------------------------------------------------


def golden(name: str) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(golden_file(name).read_bytes())["data"]
    return data


@pytest.mark.parametrize("name", sorted(golden_names()))
def test_every_event_makes_the_postings_that_the_journal_has(name: str) -> None:
    lines = [tuple(line) for line in lines_of(name, golden(name)) if line.account in ACCOUNTS]
    assert Counter(map(tuple, postings_of(name, golden(name)))) == Counter(lines)
    assert bool(lines) <= (name not in UNCOUNTED)


def test_every_stored_name_is_told_or_counts_for_nothing() -> None:
    for name in STORED_NAMES:
        list(postings_of(name, golden(name)))
    with pytest.raises(UnknownEventError, match=r"lead\.registered\.v2"):
        list(postings_of("lead.registered.v2", golden("lead.registered.v1")))
    with pytest.raises(UnknownEventError):
        list(postings_of("statement.corrected.v1", {"before": {}, "after": {}}))


def test_nothing_that_counts_for_nothing_has_lines_that_a_figure_counts() -> None:
    for name in UNCOUNTED & (ADDS.keys() | CORRECTED.keys()):
        assert {line.account for line in lines_of(name, golden(name))}.isdisjoint(ACCOUNTS)
    assert {f"{kind}.corrected.v1" for kind in RECORDS} == CORRECTED.keys() - UNCOUNTED


def accounts_named() -> Iterator[str]:
    for each in INDICATORS:
        yield from (step.account for step in (*each.via, *each.or_via))
        yield each.account


def test_every_account_of_the_definitions_is_one_that_the_verifier_keeps() -> None:
    assert {*accounts_named(), "organs", "units"} == ACCOUNTS
    posted = {p.account for name in STORED_NAMES for p in postings_of(name, golden(name))}
    assert posted <= ACCOUNTS


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('measure = "persons"', 'measure = "cases"'),
        ('account = "forms"', 'account = "forms.by_rank"'),
        ("where = { category", "where = { stream"),
        ('unit = "件"\n', 'unit = "件"\nexcept = "all"\n'),
        ('period = "until"', 'period = "after"'),
        ('code = "leads.persons"', 'code = "leads.received"'),
        ("[[figure]]", "[[figures]]"),
        ("version =", "version"),
    ],
)
def test_a_definition_in_other_words_is_not_guessed_at(was: str, now: str) -> None:
    text = base_definitions().text
    assert was in text
    question = Question("2021-01-01", "2021-12-31", None, None, 1)
    with pytest.raises((ValueError, KeyError)):
        Figures(Journal(), text.replace(was, now), question)
