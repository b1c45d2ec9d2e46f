"""Boards of sanctions: how long each has effect on a day, and which do not match."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy import Row as Found

from domain.codes.tables import code_table
from domain.dispositions.measures import measure_of, measure_of_sanction
from domain.fields import field_index
from domain.sanctions.effect import effects, kind_on
from domain.sanctions.matching import mismatch_of
from domain.sanctions.rules import is_member
from domain.sanctions.sanction import SanctionFile
from projections.boards.board import Board, Column, Row, UnknownColumnError, Wanted

#: Persons of this rank hold no public office that a party sanction would have to be matched in.
WITHOUT_OFFICE = "农村、企业等其他人员"
_INDEX = field_index(SanctionFile)
_DATES = set(_INDEX.dates)
#: What no board shows is not read.
_HIDDEN = dict.fromkeys(_INDEX.personal)


def sanction_of(row: Found[Any]) -> SanctionFile:
    """The sanction that a row of current state tells, without its personal values."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _INDEX.names}
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["earlier"] = tuple(filter(None, (values["earlier"] or "").split(";")))
    return SanctionFile(**(values | _HIDDEN))


def _by_person(
    connection: Connection, wanted: Wanted
) -> Iterator[tuple[str, str | None, list[SanctionFile]]]:
    """Each person with a sanction by the day, the political status, and all of them in order."""
    after = wanted.after[0] if wanted.after else ""
    rows = connection.exec_driver_sql(
        "SELECT s.*, (SELECT p.political_status FROM persons p WHERE p.number = s.person) "
        "AS political_status FROM sanctions s WHERE s.decided_on <= ? AND s.person >= ? "
        "ORDER BY s.person, s.number",
        (wanted.on.isoformat(), after),
    )
    for person, group in groupby(rows, key=lambda row: row.person):
        found = list(group)
        yield person, found[0].political_status, [sanction_of(row) for row in found]


def _page(
    rows: Iterable[tuple[str | None, ...]],
    columns: Mapping[str, str],
    key: tuple[str, ...],
    wanted: Wanted,
) -> Iterator[Row]:
    """Those of the rows that are wanted: of the organs, with the values, after the key."""
    names = [*columns]
    for name in wanted.values:
        if name not in columns:
            raise UnknownColumnError(name)
    organ, places = names.index("organ"), [names.index(name) for name in key]
    left = wanted.limit
    for row in rows:
        if left <= 0:
            return
        if wanted.organs is not None and row[organ] not in wanted.organs:
            continue
        if any(str(row[names.index(n)] or "") != value for n, value in wanted.values.items()):
            continue
        if wanted.after and tuple(row[at] or "" for at in places) <= tuple(wanted.after):
            continue
        left -= 1
        yield row


EFFECTS = {
    "person": "人员编号",
    "number": "处分编号",
    "organ": "机构",
    "category": "处分类别",
    "kind": "处分种类",
    "decided_on": "决定日期",
    "since": "起算日期",
    "until": "期满日期",
    "running": "影响期状态",
    "taken_over_by": "并入处分",
}


def _effects(connection: Connection, wanted: Wanted) -> Iterator[tuple[str | None, ...]]:
    for person, _, sanctions in _by_person(connection, wanted):
        of = {each.number: each for each in sanctions}
        found = sorted(effects(sanctions, wanted.on), key=lambda each: each.sanction)
        for each in found:
            later = of[each.taken_over_by] if each.taken_over_by else None
            told = later and (wanted.organs is None or later.organ in wanted.organs)
            yield (
                person,
                each.sanction,
                of[each.sanction].organ,
                each.category,
                each.kind,
                of[each.sanction].decided_on.isoformat(),
                each.since.isoformat(),
                each.until.isoformat() if each.until else None,
                each.running.value,
                each.taken_over_by if told else None,
            )


MISMATCHES = {
    "person": "人员编号",
    "case": "案件编号",
    "organ": "机构",
    "mismatch": "不匹配情形",
}


def _mismatches(connection: Connection, wanted: Wanted) -> Iterator[tuple[str | None, ...]]:
    for person, status, sanctions in _by_person(connection, wanted):
        by_case: dict[str, list[SanctionFile]] = {}
        for each in sanctions:
            by_case.setdefault(each.case or "", []).append(each)
        for case, together in sorted(by_case.items()):
            office = all(each.rank != WITHOUT_OFFICE for each in together)
            both = office and is_member(status, wanted.on)
            why = mismatch_of(together, wanted.on, both=both)
            if why is not None:
                yield person, case, together[0].organ, why


UNMATCHED = {
    "person": "人员编号",
    "number": "处分编号",
    "organ": "机构",
    "case": "案件编号",
    "measure": "处分对应措施",
    "form": "对应形态",
    "counted_as": "已登记形态",
}
_FORMS_ON = """
SELECT d.person, COALESCE(d."case", c.number), d.form FROM dispositions d
LEFT JOIN cases c ON d."case" IS NULL AND c.lead = d.lead AND c.person = d.person
WHERE d.decided_on <= :on AND (d.replaced_on IS NULL OR d.replaced_on > :on)
AND (d.withdrawn_on IS NULL OR d.withdrawn_on > :on)
"""


def _forms(connection: Connection, on: date) -> dict[tuple[str, str], str]:
    """The heaviest form that stands on a day, by person and case."""
    order = list(code_table("form").terms)
    found: dict[tuple[str, str], str] = {}
    for person, case, form in connection.execute(text(_FORMS_ON), {"on": on.isoformat()}):
        held = found.get((person, case))
        if held is None or order.index(form) > order.index(held):
            found[person, case] = form
    return found


def _without_form(connection: Connection, wanted: Wanted) -> Iterator[tuple[str | None, ...]]:
    """Sanctions on a case for which no disposition of their form, or a heavier one, stands."""
    order = list(code_table("form").terms)
    forms = _forms(connection, wanted.on)
    for person, _, sanctions in _by_person(connection, wanted):
        for each in sanctions:
            gone = each.revoked_on is not None and each.revoked_on <= wanted.on
            kind = None if gone or each.case is None else kind_on(each, wanted.on)
            name = measure_of_sanction(replace(each, kind=kind))
            measure = measure_of(name, each.decided_on) if name is not None else None
            if measure is None or each.case is None:
                continue
            counted = forms.get((person, each.case))
            if counted is None or order.index(counted) < order.index(measure.form):
                yield (
                    person,
                    each.number,
                    each.organ,
                    each.case,
                    measure.name,
                    measure.form,
                    counted,
                )


def _columns(titles: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(*each) for each in titles.items())


BOARDS = (
    Board(
        "sanction_effects",
        "处分影响期台账",
        _columns(EFFECTS),
        ("person", "number"),
        lambda connection, wanted: _page(
            _effects(connection, wanted), EFFECTS, ("person", "number"), wanted
        ),
    ),
    Board(
        "sanction_mismatches",
        "党纪政务处分匹配提示",
        _columns(MISMATCHES),
        ("person", "case"),
        lambda connection, wanted: _page(
            _mismatches(connection, wanted), MISMATCHES, ("person", "case"), wanted
        ),
    ),
    Board(
        "sanctions_without_form",
        "处分与四种形态核对",
        _columns(UNMATCHED),
        ("person", "number"),
        lambda connection, wanted: _page(
            _without_form(connection, wanted), UNMATCHED, ("person", "number"), wanted
        ),
    ),
)
