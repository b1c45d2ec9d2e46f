"""What is raised while the ledger's database is away or busy: time mends it, no person need."""

import sqlite3

import psycopg
from eventsourcing.persistence import InterfaceError, OperationalError

#: Whatever was being written is not; it may be tried again from what the database then says.
OUTAGES: tuple[type[Exception], ...] = (
    InterfaceError,
    OperationalError,
    sqlite3.OperationalError,
    psycopg.InterfaceError,
    psycopg.OperationalError,
)
