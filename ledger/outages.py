"""What is raised while the ledger's database is away or busy: time mends it, no person need."""

import sqlite3

import psycopg
from eventsourcing.persistence import InterfaceError, InternalError, OperationalError

#: Whatever was being written is not; it may be tried again from what the database then says.
OUTAGES: tuple[type[Exception], ...] = (
    InterfaceError,
    InternalError,  # a transaction that the server ended, because whoever had it was frozen
    OperationalError,
    sqlite3.OperationalError,
    psycopg.InterfaceError,
    psycopg.OperationalError,
)
