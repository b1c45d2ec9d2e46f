"""Case file (案件一览): one case with everything around it, as it stood on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from domain.cases.case_file import LIFECYCLE, CaseFile
from domain.concepts import CONCEPTS
from domain.streams import Kind, stream_name
from ledger.application import Ledger
from projections.deadlines import Asked, Deadline, deadlines
from reports.history import Happened, HistoryCut, history

#: What hangs on a case: the kind, and the column of its table that names the case.
HANGING = (
    (Kind.CASE_FILING, "case"),
    (Kind.MEASURE, "case"),
    (Kind.JOINT_WORK, "case"),
    (Kind.DISPOSITION, "case"),
    (Kind.SANCTION, "case"),
    (Kind.RECOMMENDATION, "related"),
)


@dataclass(frozen=True, slots=True)
class Around:
    """One record around a case, as it stood on the day."""

    kind: Kind
    stream: str
    state: Any


@dataclass(frozen=True, slots=True)
class CaseDossier:
    """A case on a day: its state and stage, what is around it, its deadlines, its events."""

    number: str
    on: date
    stage: str
    case: CaseFile
    around: tuple[Around, ...]
    deadlines: tuple[Deadline, ...]
    events: tuple[Happened, ...]

    def of(self, kind: Kind) -> list[Any]:
        """The states of one kind around the case."""
        return [each.state for each in self.around if each.kind is kind]


def case_file(
    connection: Connection, ledger: Ledger, number: str, on: date, position: int | None = None
) -> CaseDossier:
    """Everything that belongs to a case, each as it was known on a day, or at a position.

    ``connection`` reads the read models, which must have followed the ledger to its head.
    LookupError for a case that was not known on that day.
    """
    stream = stream_name(Kind.CASE, number)
    cut = HistoryCut(as_of=on) if position is None else HistoryCut(position=position)
    found = history(stream, ledger.history(stream), cut)
    case = found.state
    if case is None:
        raise LookupError(number)
    around = tuple(_around(connection, ledger, case, cut))
    streams = (stream, *(each.stream for each in around if each.kind is not Kind.PERSON))
    due = (
        deadline
        for each in streams
        for deadline in deadlines(connection, Asked(on, done=True, stream=each))
    )
    return CaseDossier(
        number=number,
        on=on,
        stage=LIFECYCLE.stages[LIFECYCLE.stage(case)],
        case=case,
        around=around,
        deadlines=tuple(due),
        events=found.events,
    )


def _around(
    connection: Connection, ledger: Ledger, case: CaseFile, cut: HistoryCut
) -> Iterator[Around]:
    named = [(Kind.LEAD, case.lead)] if case.lead is not None else []
    for kind, number in (*named, (Kind.PERSON, case.person), *_hanging(connection, case.number)):
        stream = stream_name(kind, number)
        state = history(stream, ledger.history(stream), cut).state
        if state is not None:
            yield Around(kind, stream, state)


def _hanging(connection: Connection, number: str) -> Iterator[tuple[Kind, str]]:
    for kind, column in HANGING:
        concept = CONCEPTS[kind]
        statement = (
            f'SELECT "{concept.key}" FROM {concept.plural} '  # noqa: S608 -- own names
            f'WHERE "{column}" = ? ORDER BY "{concept.key}"'
        )
        for (found,) in connection.exec_driver_sql(statement, (number,)):
            yield kind, found
