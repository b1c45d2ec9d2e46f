"""Statistics over HTTP: the figures, the facts behind each, and what changed between two cuts."""

from dataclasses import asdict, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from api.admission import Caller
from api.asking import Day
from api.columns import Moment
from api.moments import cut_of, wait_for
from api.problems import Problem
from api.service import Service
from domain.streams import Kind, split_stream_name
from projections.cuts import Cut, Period, read_cut
from projections.facts import CountedFact, facts
from projections.figures import Scope
from projections.indicators import Indicator, UnknownFigureError, base_definitions
from projections.store import reading
from reports.comparison import Change, Comparison, compare
from reports.documents import comparison_document, cut_document, statement_document, to_json
from reports.statement import UnknownOrganError, ask, make_statement

_CUT = r"^(now|[0-9]{1,15}|[0-9]{4}-[0-9]{2}-[0-9]{2})$"


class Asked(BaseModel):
    """A period by occurred date, both ends included, of an organ and all below it."""

    model_config = ConfigDict(extra="forbid")

    first: Day = Field(alias="from", description="起日", examples=["2020-01-01"])
    last: Day = Field(alias="to", description="止日（含）", examples=["2020-12-31"])
    organ: str | None = Field(
        None, min_length=1, max_length=200, description="机构及下级；未给时为本人范围"
    )

    @property
    def period(self) -> Period:
        """The period; Problem 400 where it ends before it begins."""
        try:
            return Period(self.first, self.last)
        except ValueError:
            raise Problem(400, "impossible_period", pointer="?to") from None


class AskedAt(Asked, Moment):
    """A period of an organ as known at a moment."""


class AskedBetween(Asked):
    """A period of an organ as known at two cuts."""

    left: str = Field(pattern=_CUT, description="日期、位置或 now", examples=["2020-12-31"])
    right: str = Field("now", pattern=_CUT, description="日期、位置或 now", examples=["now"])


def statistics(service: Service, caller: Caller, asked: AskedAt) -> bytes:
    """The statement, byte for byte what ``report --format json`` prints."""
    office = service.office
    organ, cut = organ_of(service, caller, asked, cut_of(service, asked))
    service.follower.follow_log()
    try:
        statement = make_statement(
            office.engine,
            asked.period,
            cut,
            organ,
            root_at=office.log.root_at,
            clock=office.ledger.clock,
        )
    except UnknownOrganError:
        raise Problem(404, "unknown_organ", pointer="?organ") from None
    return to_json(statement_document(statement))


def figure_facts(service: Service, caller: Caller, asked: AskedAt, code: str) -> bytes:
    """The facts behind one figure: as many as the figure says."""
    indicator = _indicator(code)
    organ, cut = organ_of(service, caller, asked, cut_of(service, asked))
    with reading(service.office.engine) as connection:
        found, scope = _facts(connection, caller, asked.period, cut, organ, indicator)
    told = [fact_document(service, caller, scope, each) for each in found]
    return to_json({"code": code, **cut_document(cut), "count": len(told), "facts": told})


def _facts(
    connection: Connection,
    caller: Caller,
    period: Period,
    cut: Cut,
    organ: str | None,
    indicator: Indicator,
) -> tuple[list[CountedFact], Scope | None]:
    try:
        question = ask(connection, period, cut, organ)
    except UnknownOrganError:
        raise Problem(404, "unknown_organ", pointer="?organ") from None
    return facts(connection, indicator, question), caller.scope(connection, cut)


def comparison(service: Service, caller: Caller, asked: AskedBetween) -> bytes:
    """What changed between two cuts, figure by figure and fact by fact."""
    left, right = (
        _cut(service, text, name) for text, name in ((asked.left, "left"), (asked.right, "right"))
    )
    organ, _ = organ_of(service, caller, asked, right)
    try:
        found = compare(service.office.engine, asked.period, left, right, organ)
    except UnknownOrganError:
        raise Problem(404, "unknown_organ", pointer="?organ") from None
    with reading(service.office.engine) as connection:
        scope = caller.scope(connection, right)
    return to_json(_comparison_document(service, caller, scope, found))


def _comparison_document(
    service: Service, caller: Caller, scope: Scope | None, found: Comparison
) -> dict[str, Any]:
    document = comparison_document(replace(found, changes=()))
    document["changes"] = [_change(service, caller, scope, each) for each in found.changes]
    return document


def _change(
    service: Service, caller: Caller, scope: Scope | None, change: Change
) -> dict[str, Any]:
    document = asdict(replace(change, removed=(), added=()))
    for name, told in (("removed", change.removed), ("added", change.added)):
        document[name] = [fact_document(service, caller, scope, each) for each in told]
    return document


def organ_of(service: Service, caller: Caller, asked: Asked, cut: Cut) -> tuple[str | None, Cut]:
    """The organ asked about: the caller's own where none is named; never one outside its own.

    Problem 403 for one outside.
    """
    if caller.organ is None or asked.organ is None:
        return asked.organ or caller.organ, cut
    with reading(service.office.engine) as connection:
        scope = caller.scope(connection, cut)
    if scope is not None and asked.organ not in scope.organs:
        service.deny(caller, "statistics", "out_of_scope")
        raise Problem(403, "out_of_scope", pointer="?organ")
    return asked.organ, cut


def fact_document(
    service: Service, caller: Caller, scope: Scope | None, fact: CountedFact
) -> dict[str, Any]:
    """One fact; of another organ's only that it counts; persons under a pseudonym where masked."""
    if scope is not None and fact.organ is not None and fact.organ not in scope.organs:
        hidden = dict.fromkeys(asdict(fact))
        return hidden | {"ordinal": fact.ordinal, "positions": [], "withheld": True}
    document = asdict(fact) | {"withheld": False}
    if not caller.role.personal:
        _without_identities(service, fact, document)
    return document


def _without_identities(service: Service, fact: CountedFact, document: dict[str, Any]) -> None:
    """Put a pseudonym wherever the document names the person the fact is about."""
    kind, number = split_stream_name(fact.stream)
    person = number if kind is Kind.PERSON else fact.person
    if person is None:
        return
    pseudonym = _pseudonym(service, person)
    for name, value in document.items():
        if value == person:
            document[name] = pseudonym
    if kind is Kind.PERSON:
        document["stream"] = f"{kind}:{pseudonym}"


def _pseudonym(service: Service, number: str) -> str:
    """A person's pseudonym: always the same in one office, told to nobody whose it is."""
    return f"p-{service.secret.tag('person', number.encode()).hex()[:16]}"


def _indicator(code: str) -> Indicator:
    try:
        return base_definitions().indicator(code)
    except UnknownFigureError:
        raise Problem(404, "unknown_figure") from None


def _cut(service: Service, text: str, name: str) -> Cut:
    try:
        cut = read_cut(text)
    except ValueError:
        raise Problem(422, "malformed", pointer=f"?{name}") from None
    if cut.at_position is not None:
        wait_for(service, cut.at_position, name)
    return cut


def definitions_document() -> bytes:
    """The definition of every figure, in words and as data, with the digest statements name."""
    definitions = base_definitions()
    figures = [asdict(each) for each in definitions.indicators]
    return to_json({"sha256": definitions.sha256, "figures": figures})
