"""On a server the application's own role adds facts; it changes none and removes none."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from consumers.tables import make_tables
from ledger.accesses import Access, Accesses, Action
from ledger.application import Ledger
from ledger.roles import NotOnServerError, let_add_only
from ledger.settings import Settings
from projections.office import Office
from tests.domain.samples import EVERYONE, a_unit
from tests.ledger.office import MONDAY, open_ledger, record
from tests.support.commands import command
from tests.support.databases import made_on_server, url
from tests.support.postgresql import Server

ROLE = "office"


@pytest.fixture
def path(tmp_path: Path, postgresql: Server) -> Path:
    return made_on_server(tmp_path / "ledger.sqlite3")


def as_role(path: Path) -> str:
    """The address of a test's database, for the application's role."""
    return url(path).replace("ledger@", f"{ROLE}@")


@pytest.fixture
def handed_over(path: Path) -> Iterator[Office]:
    """An office whose ledger is another role's, which let it add only."""
    with psycopg.connect(url(path), autocommit=True) as owner:
        owner.execute(
            f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
        )
        for table in owner.execute(
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall():
            owner.execute(f'DROP TABLE "{table[0]}"')
    with open_ledger(path) as ledger:
        let_add_only(ledger, ROLE)
    office = Office(Settings(database_url=as_role(path), _env_file=None))
    yield office
    office.close()


def test_the_application_records_follows_and_signs_as_ever(handed_over: Office) -> None:
    record(handed_over.ledger, *EVERYONE)
    assert handed_over.runner.catch_up() == 3
    handed_over.follow()
    assert handed_over.log.state().size == 3
    make_tables(handed_over.ledger)
    accesses = Accesses(handed_over.ledger)
    accesses.record(Access(MONDAY, "u-1", "auditor", Action.VIEW, "persons"))
    accesses.close()
    assert accesses.first_broken() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET state = ''",
        "DELETE FROM stored_events",
        "TRUNCATE stored_events",
        "ALTER TABLE stored_events DISABLE TRIGGER ALL",
        "DROP TRIGGER stored_events_never_edited ON stored_events",
        "DROP TABLE stored_events",
        "DELETE FROM stored_events_commands",
        "UPDATE stored_events_commands SET first_position = 1",
        "UPDATE accesses SET subject = ''",
        "DELETE FROM accesses",
        "DELETE FROM stored_events_last",
        "SET session_replication_role = replica",
        "ALTER FUNCTION ledger_never_edited() RENAME TO ledger_edited",
    ],
)
def test_the_application_changes_and_removes_nothing(
    handed_over: Office, path: Path, statement: str
) -> None:
    record(handed_over.ledger, *EVERYONE)
    Accesses(handed_over.ledger).close()
    with (
        psycopg.connect(as_role(path), autocommit=True) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute(statement)
    assert handed_over.ledger.head() == 3


def test_doctor_says_what_the_role_may_do(handed_over: Office, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "as-office.sqlite3"
    other.write_text(as_role(path), encoding="utf-8")
    said = command(other, "doctor")
    assert said.code == 0
    assert "office，对事件表只增不改" in said.err.replace("\n", "")


def test_the_command_line_hands_a_ledger_over(path: Path) -> None:
    with open_ledger(path) as ledger:
        record(ledger, a_unit())
    with psycopg.connect(url(path), autocommit=True) as owner:
        owner.execute(
            "DO $$ BEGIN CREATE ROLE counter LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
        )
    assert command(path, "database", "roles", "counter").code == 0
    with psycopg.connect(url(path)) as owner:
        [(may_add, may_change)] = owner.execute(
            "SELECT has_table_privilege('counter', 'stored_events', 'INSERT'), "
            "has_table_privilege('counter', 'stored_events', 'UPDATE')"
        ).fetchall()
    assert (may_add, may_change) == (True, False)
    assert "nobody_there" in command(path, "database", "roles", "nobody_there").err


def test_a_file_knows_no_roles(tmp_path: Path) -> None:
    here = f"sqlite:///{tmp_path / 'here.db'}"
    settings = Settings(database_url=here, _env_file=None)
    with Ledger.open(settings) as ledger, pytest.raises(NotOnServerError):
        let_add_only(ledger, "counter")
