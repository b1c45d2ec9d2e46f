"""A person's archive (廉政档案): everything on that person in order, as known on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from domain.sanctions.effect import Effect, effects
from domain.streams import Kind, stream_name
from projections.boards.sanctions import sanction_of
from projections.deadlines import Asked, Deadline, deadlines

#: The accounts of the journal that hang on a person, with what each posting tells.
ACCOUNTS = {
    "archives.opened": "建立廉政档案",
    "archives.items": "档案事项",
    "leads.persons": "问题线索反映",
    "cases.filed": "立案",
    "forms": "四种形态处置",
    "forms.without_lead": "无线索处置",
    "sanctions": "处分",
}
_FIELDS = "account, occurred_on, stream, organ, unit, related, category, rank, detail"


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One fact on a person; ``stream`` and ``position`` lead to the event that tells it."""

    occurred_on: date
    title: str
    stream: str
    organ: str | None
    related: str | None
    category: str | None
    rank: str | None
    detail: str | None
    position: int


@dataclass(frozen=True, slots=True)
class PersonArchive:
    """Everything on a person as known on a day.

    ``entries`` are in the order in which they occurred; ``effects`` say how long each sanction has
    effect; ``review`` is when the archive is next due for review, where it is on file.
    """

    person: str
    on: date
    entries: tuple[ArchiveEntry, ...]
    effects: tuple[Effect, ...]
    review: Deadline | None

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams that the entries lead to, each once, in order."""
        return tuple(dict.fromkeys(entry.stream for entry in self.entries))

    def numbers(self, kind: Kind) -> tuple[str, ...]:
        """The official numbers of one kind, as an opinion on the person would rely on them."""
        prefix = stream_name(kind, "")
        return tuple(s.removeprefix(prefix) for s in self.streams if s.startswith(prefix))


def archive_of(connection: Connection, person: str, on: date) -> PersonArchive:
    """The archive of a person as known on a day; LookupError for one not known by then."""
    known = connection.exec_driver_sql(
        "SELECT 1 FROM persons WHERE number = ? AND registered_on <= ?", (person, on.isoformat())
    ).first()
    if known is None:
        raise LookupError(person)
    asked = Asked(on, rules=("archive.half_year_review",), stream=stream_name(Kind.PERSON, person))
    return PersonArchive(
        person,
        on,
        tuple(_entries(connection, person, on)),
        _effects(connection, person, on),
        next(deadlines(connection, asked), None),
    )


def _entries(connection: Connection, person: str, on: date) -> Iterator[ArchiveEntry]:
    marks = ",".join("?" * len(ACCOUNTS))
    statement = (
        f"SELECT {_FIELDS}, MAX(position) AS position FROM postings "  # noqa: S608 -- own names
        f"WHERE account IN ({marks}) AND person = ? AND registered_on <= ? AND occurred_on <= ? "
        f"GROUP BY {_FIELDS}, item HAVING SUM(quantity) > 0 "
        "ORDER BY occurred_on, position, stream"
    )
    day = on.isoformat()
    for row in connection.exec_driver_sql(statement, (*ACCOUNTS, person, day, day)):
        yield ArchiveEntry(
            date.fromisoformat(row.occurred_on),
            ACCOUNTS[row.account],
            row.stream,
            row.organ,
            row.related,
            row.category,
            row.rank,
            row.detail,
            row.position,
        )


def _effects(connection: Connection, person: str, on: date) -> tuple[Effect, ...]:
    rows = connection.exec_driver_sql(
        "SELECT * FROM sanctions WHERE person = ? AND registered_on <= ?", (person, on.isoformat())
    )
    return effects(map(sanction_of, rows), on)
