"""Roles on a server: the owner of the tables, and the application, which may only add to them."""

from psycopg import sql

from ledger import accesses
from ledger.application import Ledger
from ledger.postgresql import PostgresLedgerRecorder


class NotOnServerError(ValueError):
    """The ledger is in a file: who may write the file may do anything with it."""


def let_add_only(ledger: Ledger, role: str) -> None:
    """Let a role add facts, commands and accesses, and read them; change none, remove none.

    To be called as another role, which then owns those tables. What follows the ledger the role
    makes and owns itself. NotOnServerError for a ledger in a file; what else is raised is of the
    database: no such role, or none whose tables these can become.
    """
    store = ledger.store
    if not isinstance(store, PostgresLedgerRecorder):
        raise NotOnServerError
    accesses.make_tables(ledger)
    events = store.events_table_name
    kept = [sql.Identifier(name) for name in (events, f"{events}_commands", "accesses")]
    last = [sql.Identifier(name) for name in (f"{events}_last", "accesses_last")]
    whom = sql.Identifier(role)
    grants = [
        *(sql.SQL("ALTER TABLE {} OWNER TO CURRENT_USER").format(each) for each in kept + last),
        *(sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(each, whom) for each in kept + last),
        *(sql.SQL("GRANT SELECT, INSERT ON {} TO {}").format(each, whom) for each in kept),
        *(sql.SQL("GRANT SELECT, UPDATE ON {} TO {}").format(each, whom) for each in last),
        sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(whom),
    ]
    with store.changing() as statements:
        for grant in grants:
            statements.cursor.execute(grant)
