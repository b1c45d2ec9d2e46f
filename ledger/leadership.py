"""One leader of a name at a time, among the processes on one database.

Leading spares work and the order of locks; it is no guard. Whoever was frozen and wakes may think
for a moment that it leads: what it writes is refused by compare-and-swap on positions.
"""

import fcntl
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import psycopg

from ledger.settings import Settings

#: A leader on PostgreSQL that does not ask for so long has lost the lead: it is frozen, say.
LEASE_SECONDS = 15
_SILENT_SECONDS = 3


class Leadership(Protocol):
    """The lead of one name, held by this process or not."""

    def take(self) -> bool:
        """Take the lead if nobody has it; whether this process leads now."""
        ...

    def held(self) -> bool:
        """Whether this process still leads; to be asked in each round."""
        ...

    def release(self) -> None:
        """Let others lead."""
        ...


def open_leadership(settings: Settings, name: str) -> Leadership:
    """The lead of a name among those on the database of the settings; nobody's yet."""
    path = settings.sqlite_path
    if path is not None:
        return FileLeadership(path.with_name(f"{path.name}.{name}.lock"))
    return DatabaseLeadership(settings.database_url, name)


class FileLeadership:
    """A lock on a file beside the database; the system lets go of it when its process ends.

    The file stays. Whoever removes it takes the lead away from a process that is frozen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take the lead if nobody has it; whether this process leads now."""
        if self.held():
            return True
        self.release()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
        return self.held()

    def held(self) -> bool:
        """Whether this process still leads: its lock is on the file that stands there now."""
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let others lead."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class DatabaseLeadership:
    """An advisory lock of PostgreSQL (14 or later), on a connection that does nothing else.

    The server lets go of it when the process ends, when its machine falls silent (keep-alives from
    both sides), and when it has not asked for ``LEASE_SECONDS``.
    """

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._name = name
        self._connection: psycopg.Connection[Any] | None = None
        digest = sha256(f"supervision-ledger {name}".encode()).digest()
        self._key = int.from_bytes(digest[:8], "big", signed=True)

    def take(self) -> bool:
        """Take the lead if nobody has it; whether this process leads now.

        psycopg.OperationalError where the database is away.
        """
        if self.held():
            return True
        self.release()
        self._connection = self._connected()
        row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,)).fetchone()
        if row is None or not row[0]:
            self.release()
        return self._connection is not None

    def held(self) -> bool:
        """Whether this process still leads: the session that has the lock answers."""
        if self._connection is None:
            return False
        try:
            self._connection.execute("SELECT 1")
        except (psycopg.OperationalError, psycopg.InterfaceError):
            return False
        return True

    def release(self) -> None:
        """Let others lead."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()

    def _connected(self) -> psycopg.Connection[Any]:
        # Every statement is its own transaction, so that no limit on idle ones is in the way.
        settings = {
            "idle_session_timeout": f"{LEASE_SECONDS}s",
            "statement_timeout": f"{_SILENT_SECONDS}s",
            "tcp_keepalives_idle": "1",
            "tcp_keepalives_interval": "1",
            "tcp_keepalives_count": str(_SILENT_SECONDS),
            "tcp_user_timeout": f"{_SILENT_SECONDS}s",
        }
        return psycopg.connect(
            self._url,
            autocommit=True,
            application_name=f"supervision-ledger {self._name}",
            connect_timeout=_SILENT_SECONDS,
            keepalives=1,
            keepalives_idle=1,
            keepalives_interval=1,
            keepalives_count=_SILENT_SECONDS,
            tcp_user_timeout=_SILENT_SECONDS * 1000,
            options=" ".join(f"-c {name}={value}" for name, value in settings.items()),
        )
