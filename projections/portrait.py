"""单位画像: what the ledger knows of a unit in one year, as known on a day, beside the year before.

Figures of persons are of those whose unit it is as their record stands. Each figure is a sum or a
distinct count over the journal, so that a portrait of a former day says what was known then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from projections.figures import Clause

_FIRST, _LAST = (1, 1), (12, 31)


@dataclass(frozen=True, slots=True)
class Trait:
    """One figure of a portrait: the postings it counts, and what of them.

    ``of`` is the column that ties a posting to the unit: its own or that of its people. ``counts``
    is quantity (a sum), streams or persons (distinct).
    """

    code: str
    title: str
    unit: str
    account: str
    of: str
    counts: str = "quantity"
    category: str | None = None


TRAITS = (
    Trait("leads", "反映本单位人员的问题线索", "件", "leads.persons", "person", "streams"),
    Trait(
        "leads.petitions",
        "其中来自信访举报",
        "件",
        "leads.persons",
        "person",
        "streams",
        "信访举报",
    ),
    Trait("leads.persons", "被反映人员", "人", "leads.persons", "person", "persons"),
    Trait("cases", "立案", "件", "cases.filed", "person"),
    Trait("forms.first", "第一种形态", "人次", "forms", "person", category="第一种形态"),
    Trait("forms.second", "第二种形态", "人次", "forms", "person", category="第二种形态"),
    Trait("forms.third", "第三种形态", "人次", "forms", "person", category="第三种形态"),
    Trait("forms.fourth", "第四种形态", "人次", "forms", "person", category="第四种形态"),
    Trait("sanctions.persons", "受处分人员", "人", "sanctions", "person", "persons"),
    Trait("problems.fed_back", "巡察反馈问题", "个", "problems.fed_back", "unit"),
    Trait("problems.rectified", "巡察问题整改", "个", "problems.rectified", "unit"),
    Trait("problems.found_again", "巡察问题反弹", "个", "problems.found_again", "unit"),
    Trait("check_problems.found", "监督发现问题", "个", "check_problems.found", "unit"),
    Trait("check_problems.signed_off", "监督问题销号", "个", "check_problems.signed_off", "unit"),
    Trait("checks", "日常监督", "次", "checks", "unit"),
    Trait("recommendations", "纪检监察建议", "份", "recommendations.issued", "unit"),
    Trait("work_suggestions", "巡察工作建议", "条", "work_suggestions.issued", "unit"),
    Trait("matters", "窗口反映事项", "件", "matters.accepted", "unit"),
)

#: Stocks: what was opened and not ended, with the sign of each account.
STOCKS = (
    (
        "problems.open",
        "未整改巡察问题",
        {
            "problems.fed_back": 1,
            "problems.returned": 1,
            "problems.found_again": 1,
            "problems.rectified": -1,
        },
    ),
    (
        "check_problems.open",
        "未销号监督问题",
        {"check_problems.found": 1, "check_problems.signed_off": -1},
    ),
)


@dataclass(frozen=True, slots=True)
class PortraitFigure:
    """One figure with that of the year before, in its unit of measure."""

    code: str
    title: str
    unit: str
    value: int
    before: int


@dataclass(frozen=True, slots=True)
class ListStanding:
    """One of the unit's lists in force: its version, its items (项), and those of each level."""

    list: str
    version: int
    issued_on: date
    items: int
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a year, and how it compares with the year before as told when it was graded."""

    year: int
    grade: str
    compared: str | None
    graded_on: date


@dataclass(frozen=True, slots=True)
class Portrait:
    """A unit in one year as known on a day; ``persons`` is how many people it has on the ledger."""

    unit: str
    name: str
    year: int
    on: date
    persons: int
    figures: tuple[PortraitFigure, ...]
    stocks: tuple[PortraitFigure, ...]
    lists: tuple[ListStanding, ...]
    grade: Grade | None
    grade_before: Grade | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The unit and the day; ``organs`` are those whose facts are told, None for all."""

    unit: str
    on: date
    organs: Sequence[str] | None

    def known(self) -> Clause:
        """What was known on the day of what these organs did; a round's facts are its organ's."""
        clause = Clause()
        clause.add("registered_on <= ?", self.on.isoformat())
        if self.organs is not None:
            own, rounds = Clause(), Clause()
            own.one_of("organ", self.organs)
            rounds.one_of("organ", self.organs)
            of_rounds = f"SUBSTR(related, 7) IN (SELECT number FROM rounds WHERE {rounds})"  # noqa: S608 -- own names
            unowned = f"related IS NULL OR related NOT LIKE 'round:%' OR {of_rounds}"
            clause.add(f"({own} OR (organ IS NULL AND ({unowned})))", *own.values, *rounds.values)
        return clause


def portrait(
    connection: Connection,
    unit: str,
    year: int,
    on: date,
    organs: Sequence[str] | None = None,
) -> Portrait:
    """What the ledger knows of a unit; LookupError for one that is not on it.

    A figure of the year ends with the day asked about where that comes first; that of the year
    before is the whole year's, as known on the same day. Of ``organs``, where given, only what
    they themselves did is counted.
    """
    row = connection.exec_driver_sql("SELECT name FROM units WHERE code = ?", (unit,)).first()
    if row is None:
        raise LookupError(unit)
    persons = connection.exec_driver_sql(
        "SELECT COUNT(*) FROM persons WHERE unit = ? AND registered_on <= ?",
        (unit, on.isoformat()),
    ).scalar_one()
    ends = min(date(year, *_LAST), on), date(year - 1, *_LAST)
    asked = _Asked(unit, on, organs)
    return Portrait(
        unit=unit,
        name=row.name,
        year=year,
        on=on,
        persons=int(persons),
        figures=tuple(_figures(connection, asked, year)),
        stocks=tuple(_stocks(connection, asked, ends)),
        lists=tuple(_lists(connection, asked, ends[0])),
        grade=_grade(connection, asked, year),
        grade_before=_grade(connection, asked, year - 1),
    )


def _figures(connection: Connection, asked: _Asked, year: int) -> Iterator[PortraitFigure]:
    for trait in TRAITS:
        value, before = (_count(connection, trait, asked, each) for each in (year, year - 1))
        yield PortraitFigure(trait.code, trait.title, trait.unit, value, before)


def _count(connection: Connection, trait: Trait, asked: _Asked, year: int) -> int:
    clause = asked.known()
    clause.add("account = ?", trait.account)
    first, last = date(year, *_FIRST), min(date(year, *_LAST), asked.on)
    clause.add("occurred_on >= ? AND occurred_on <= ?", first.isoformat(), last.isoformat())
    if trait.of == "person":
        clause.add("person IN (SELECT number FROM persons WHERE unit = ?)", asked.unit)
    else:
        clause.add("unit = ?", asked.unit)
    if trait.category is not None:
        clause.add("category = ?", trait.category)
    column = {"streams": "stream", "persons": "person"}.get(trait.counts)
    if column is None:
        statement = f"SELECT COALESCE(SUM(quantity), 0) FROM postings WHERE {clause}"  # noqa: S608
    else:
        statement = (
            f"SELECT COUNT(*) FROM (SELECT 1 FROM postings WHERE {clause} "  # noqa: S608
            f"GROUP BY {column} HAVING SUM(quantity) > 0) each"
        )
    return int(connection.exec_driver_sql(statement, tuple(clause.values)).scalar_one())


def _stocks(
    connection: Connection, asked: _Asked, ends: tuple[date, date]
) -> Iterator[PortraitFigure]:
    for code, title, accounts in STOCKS:
        value, before = (_stock(connection, asked, accounts, end) for end in ends)
        yield PortraitFigure(code, title, "个", value, before)


def _stock(connection: Connection, asked: _Asked, accounts: dict[str, int], end: date) -> int:
    clause = asked.known()
    clause.one_of("account", tuple(accounts))
    clause.add("occurred_on <= ? AND unit = ?", end.isoformat(), asked.unit)
    rows = connection.exec_driver_sql(
        f"SELECT account, SUM(quantity) AS held FROM postings WHERE {clause} GROUP BY account",  # noqa: S608
        tuple(clause.values),
    )
    return sum(accounts[row.account] * int(row.held) for row in rows)


def _lists(connection: Connection, asked: _Asked, end: date) -> Iterator[ListStanding]:
    clause = asked.known()
    clause.one_of("account", ("supervision_lists.items", "supervision_lists.withdrawn"))
    clause.add("occurred_on <= ? AND unit = ?", end.isoformat(), asked.unit)
    rows = connection.exec_driver_sql(
        "SELECT category, position, account, item, occurred_on, detail, SUM(quantity) AS items "  # noqa: S608
        f"FROM postings WHERE {clause} "
        "GROUP BY category, position, account, item, occurred_on, detail "
        "ORDER BY category, position, detail",
        tuple(clause.values),
    ).all()
    for name in sorted({row.category for row in rows}):
        own = [row for row in rows if row.category == name]
        latest = [row for row in own if row.position == own[-1].position]
        if latest[0].account == "supervision_lists.withdrawn":
            continue
        levels = tuple((row.detail, int(row.items)) for row in latest if row.detail is not None)
        issued_on = date.fromisoformat(latest[0].occurred_on)
        items = sum(int(row.items) for row in latest)
        yield ListStanding(name, int(latest[0].item), issued_on, items, levels)


def _grade(connection: Connection, asked: _Asked, year: int) -> Grade | None:
    clause = asked.known()
    clause.add("account = 'ecology.graded' AND unit = ? AND item = ?", asked.unit, str(year))
    clause.add("occurred_on <= ?", asked.on.isoformat())
    row = connection.exec_driver_sql(
        f"SELECT category, detail, occurred_on FROM postings WHERE {clause}",  # noqa: S608
        tuple(clause.values),
    ).first()
    if row is None:
        return None
    return Grade(year, row.category, row.detail, date.fromisoformat(row.occurred_on))
