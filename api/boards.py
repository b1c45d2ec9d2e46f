"""Boards, deadlines, portraits, archives and case files as of any moment."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import Field, create_model
from sqlalchemy import Connection

from api.admission import Caller
from api.asking import Day
from api.columns import Moment, Paging
from api.cursors import Place, read_cursor, write_cursor
from api.lists import Page, bound_to
from api.masking import masked_change
from api.moments import day_of, moment_of, outdated
from api.problems import Problem
from api.service import Service
from api.visibility import is_seen, is_there, seen_among
from domain.concepts import CONCEPTS
from domain.streams import Kind, stream_name
from ledger.canonical import plain
from ledger.masking import masked
from projections.archives import archive_of
from projections.boards.board import Board, Wanted
from projections.boards.catalogue import BOARDS
from projections.cuts import Cut
from projections.deadlines import SAID, Asked, Deadline, Standing, deadlines
from projections.figures import scope_of
from projections.moments import TABLES
from projections.portrait import portrait
from reports.case_file import Around, CaseDossier, case_file

_Text = Annotated[str, Field(min_length=1, max_length=200)]
#: Parameters of every list: a board's column of such a name is told, but not asked by.
_RESERVED = frozenset({"as_of", "at_position", "min_position", "limit", "cursor", "organ"})


@cache
def board_needs() -> Mapping[str, str]:
    """What a caller needs to see each board; LookupError unless every board has a line."""
    text = (files("api") / "boards.toml").read_text(encoding="utf-8")
    needs: dict[str, str] = tomllib.loads(text)
    if needs.keys() != BOARDS.keys():
        raise LookupError(f"boards.toml: {sorted(needs.keys() ^ BOARDS.keys())}")
    return needs


class OrganPaging(Paging):
    """A page of what belongs to an organ and all below it."""

    organ: _Text | None = Field(None, description="机构及下级；未给时为本人范围")


@cache
def board_query(name: str) -> type[OrganPaging]:
    """The query parameters of a board: a value for each column that it can be asked by."""
    fields: dict[str, Any] = {
        column.name: (_Text | None, Field(None, description=column.title))
        for column in BOARDS[name].asked_by
        if column.name not in _RESERVED
    }
    return create_model(f"{name.title()}BoardQuery", __base__=OrganPaging, **fields)


def narrowed(
    service: Service, connection: Connection, caller: Caller, cut: Cut, organ: str | None, path: str
) -> Sequence[str] | None:
    """The organs asked for: one and all below it, never beyond the caller's; None for all.

    Problem 403 for an organ outside the caller's, 404 for one that is not on the ledger.
    """
    own = caller.scope(connection, cut)
    if organ is None:
        return None if own is None else own.organs
    if own is not None and organ not in own.organs:
        service.deny(caller, path, "out_of_scope")
        raise Problem(403, "out_of_scope", pointer="?organ")
    organs = scope_of(connection, organ, cut).organs
    if not organs:
        raise Problem(404, "unknown_organ", pointer="?organ")
    return organs


def board_page(service: Service, caller: Caller, board: Board, query: OrganPaging) -> Page:
    """A page of a board: deadlines are judged on the day of the moment."""
    question = bound_to(board.name, caller, query)
    place = read_cursor(service.secret, question, query.cursor) if query.cursor else None
    names = [column.name for column in board.columns]
    own = query.model_fields_set - _RESERVED
    values = {name: getattr(query, name) for name in sorted(own)}
    with moment_of(service, query, place, TABLES) as (connection, cut, position):
        if place is not None and outdated(service, place):
            raise Problem(410, "cursor_outdated", pointer="?cursor")
        on = day_of(service, cut)
        path = f"/boards/{board.name.replace('_', '-')}"
        organs = narrowed(service, connection, caller, cut, query.organ, path)
        after = place.key if place is not None else None
        wanted = Wanted(on, organs, values, after, query.limit + 1)
        found = [tuple(row) for row in board.rows(connection, wanted)]
    rows = [dict(zip(names, row, strict=True)) for row in found[: query.limit]]
    if len(found) <= query.limit:
        return Page(rows, position, None)
    further = Place(position, query.as_of, board.key_of(found[query.limit - 1]))
    return Page(rows, position, write_cursor(service.secret, question, further))


class DeadlinesAsked(OrganPaging):
    """Deadlines as known and as they stand on the day of a moment."""

    done: bool = Field(default=False, description="含已办结的")
    rule: _Text | None = Field(None, description="期限规则")
    handler: _Text | None = Field(None, description="承办人或承办部门")
    standing: Standing | None = Field(None, description="期限状态")
    opened_from: Day | None = Field(None, description="只看该日起开始计算的")
    due_to: Day | None = Field(None, description="只看该日或以前到期的")


def deadlines_page(service: Service, caller: Caller, query: DeadlinesAsked) -> Page:
    """A page of the deadlines the caller sees, the nearest first."""
    question = bound_to("deadlines", caller, query)
    place = read_cursor(service.secret, question, query.cursor) if query.cursor else None
    with moment_of(service, query, place, TABLES) as (connection, cut, position):
        if place is not None and outdated(service, place):
            raise Problem(410, "cursor_outdated", pointer="?cursor")
        organs = narrowed(service, connection, caller, cut, query.organ, "/deadlines")
        found = _deadlines(connection, caller, cut, query, day_of(service, cut), organs)
    found.sort(key=_nearest)
    if place is not None:
        found = [each for each in found if _nearest(each) > place.key]
    rows = [_deadline_row(each) for each in found[: query.limit]]
    if len(found) <= query.limit:
        return Page(rows, position, None)
    further = Place(position, query.as_of, _nearest(found[query.limit - 1]))
    return Page(rows, position, write_cursor(service.secret, question, further))


def _nearest(each: Deadline) -> tuple[str, str, str, str]:
    due = each.due_on.isoformat() if each.due_on is not None else "9999-99-99"
    return (due, each.rule, each.stream, each.item)


def _deadlines(
    connection: Connection,
    caller: Caller,
    cut: Cut,
    query: DeadlinesAsked,
    on: date,
    organs: Sequence[str] | None,
) -> list[Deadline]:
    rules = (query.rule,) if query.rule is not None else None
    found = [
        each
        for each in deadlines(connection, Asked(on, done=query.done, rules=rules))
        if (organs is None or each.organ is None or each.organ in organs)
        and (query.handler is None or each.handler == query.handler)
        and (query.standing is None or each.standing is query.standing)
        and (query.opened_from is None or each.opened_on >= query.opened_from)
        and (query.due_to is None or (each.due_on is not None and each.due_on <= query.due_to))
    ]
    scope = caller.scope(connection, cut)
    seen = seen_among(connection, caller, scope, (each.stream for each in found))
    return [each for each in found if each.stream in seen]


def _deadline_row(each: Deadline) -> dict[str, Any]:
    return asdict(each) | {"said": SAID[each.standing]}


class YearAsked(Moment):
    """A year as known at a moment; the year of its day without."""

    year: int | None = Field(None, ge=1949, le=9998, description="年度；未给时为时点所在年度")


def portrait_of(service: Service, caller: Caller, unit: str, query: YearAsked) -> dict[str, Any]:
    """What the ledger knows of a unit in a year; Problem 404 for one the caller does not see."""
    with moment_of(service, query, None, TABLES) as (connection, cut, _):
        on = day_of(service, cut)
        _require(service, caller, connection, cut, stream_name(Kind.UNIT, unit))
        scope = caller.scope(connection, cut)
        organs = None if scope is None else scope.organs
        return asdict(portrait(connection, unit, query.year or on.year, on, organs))


def archive_document(
    service: Service, caller: Caller, person: str, query: Moment
) -> dict[str, Any]:
    """Everything on a person that the caller sees, in order."""
    with moment_of(service, query, None, TABLES) as (connection, cut, _):
        stream = stream_name(Kind.PERSON, person)
        _require(service, caller, connection, cut, stream)
        found = archive_of(connection, person, day_of(service, cut))
        scope = caller.scope(connection, cut)
        seen = seen_among(connection, caller, scope, found.streams)
    service.viewed(caller, stream)
    document = asdict(found)
    document["entries"] = [asdict(each) for each in found.entries if each.stream in seen]
    document["effects"] = [
        asdict(each) | {"taken_over_by": _if_seen(each.taken_over_by, seen)}
        for each in found.effects
        if _if_seen(each.sanction, seen) is not None
    ]
    return document


def _if_seen(sanction: str | None, seen: Collection[str]) -> str | None:
    """The number of a sanction that the caller sees, else None."""
    known = sanction is not None and stream_name(Kind.SANCTION, sanction) in seen
    return sanction if known else None


def case_file_document(
    service: Service, caller: Caller, number: str, query: Moment
) -> dict[str, Any]:
    """A case with everything around it that the caller sees; as known at the end of a day."""
    stream = stream_name(Kind.CASE, number)
    with moment_of(service, query, None, TABLES) as (connection, cut, _):
        _require(service, caller, connection, cut, stream)
        ledger, on = service.office.ledger, day_of(service, cut)
        found = case_file(connection, ledger, number, on, cut.at_position)
        scope = caller.scope(connection, cut)
        seen = seen_among(connection, caller, scope, (each.stream for each in found.around))
    service.viewed(caller, stream)
    return _dossier(found, seen, personal=caller.role.personal)


def _dossier(found: CaseDossier, seen: set[str], *, personal: bool) -> dict[str, Any]:
    cls = CONCEPTS[Kind.CASE].state
    told = seen | {stream_name(Kind.CASE, found.number)}
    events = []
    for each in found.events:
        changes = each.changes if personal else [masked_change(cls, one) for one in each.changes]
        events.append(asdict(each) | {"changes": [asdict(one) for one in changes]})
    return {
        "number": found.number,
        "as_of": found.on,
        "stage": found.stage,
        "case": _plainly(found.case, personal=personal),
        "around": [
            _around(each, personal=personal) for each in found.around if each.stream in seen
        ],
        "deadlines": [asdict(each) for each in found.deadlines if each.stream in told],
        "events": events,
    }


def _around(each: Around, *, personal: bool) -> dict[str, Any]:
    return {"stream": each.stream, **_plainly(each.state, personal=personal)}


def _plainly(state: Any, *, personal: bool) -> dict[str, Any]:
    return plain(state) if personal else masked(type(state), plain(state))


def _require(
    service: Service, caller: Caller, connection: Connection, cut: Cut, stream: str
) -> None:
    """Refuse a stream that there is not then, or that the caller does not see: both look alike."""
    if not is_seen(connection, caller, caller.scope(connection, cut), stream):
        if is_there(connection, stream):  # else the number is only what somebody wrote
            service.deny(caller, stream, "out_of_scope")
        raise Problem(404, "not_found")
