"""After the whole course of each matter its row says what the folded state says."""

from datetime import date
from typing import Any

import pytest

from domain.concepts import CONCEPTS, concept_of
from domain.fields import field_index
from domain.streams import Kind, split_stream_name
from projections.tables import NAMES
from tests.domain import samples as s
from tests.domain.harness import Office
from tests.ledger.stories import ecology, inspections, supervision
from tests.projections.inspections.test_boards import carry_out
from tests.support.offices import Desk, opened

COURSES = (*s.EVERYONE, *inspections.COURSE, *supervision.COURSE, *ecology.COURSE)
KINDS = (
    Kind.ROUND,
    Kind.PROBLEM,
    Kind.WORK_SUGGESTION,
    Kind.INSPECTION_PLAN,
    Kind.INSPECTION,
    Kind.INSPECTION_TRANSFER,
    Kind.CHECK_PROBLEM,
    Kind.CAMPAIGN,
    Kind.ECOLOGY_ASSESSMENT,
    Kind.SUPERVISION_LIST,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An office where the stories of inspections, supervision and ecology happened."""
    with opened(tmp_path_factory.mktemp("courses") / "ledger.sqlite3") as office:
        carry_out(office, *COURSES)
        yield office


def cell(value: Any) -> Any:
    """A value as a read model keeps it."""
    match value:
        case tuple():
            return ";".join(value)
        case date():
            return value.isoformat()
    return value


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.value)
def test_a_row_of_current_state_is_the_folded_state(desk: Desk, kind: Kind) -> None:
    office = Office()
    for command in COURSES:
        office.carry_out(command)
    index = field_index(CONCEPTS[kind].state)
    names = [name for name in index.names if name not in index.records]
    expected = [
        tuple(cell(getattr(state, name)) for name in names)
        for stream, state in office.states.items()
        if split_stream_name(stream)[0] is kind and concept_of(stream).kind is kind
    ]
    chosen = ", ".join(f'"{name}"' for name in names)
    with desk.engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT {chosen} FROM {NAMES[kind]}").all()
    assert expected
    assert sorted(map(tuple, found), key=repr) == sorted(expected, key=repr)
    assert desk.runner.rebuild(NAMES[kind]).differing == 0
