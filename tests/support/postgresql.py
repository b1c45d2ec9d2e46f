"""A PostgreSQL server of the tests' own: started by them, restarted as they like, gone with them.

Its binaries are the machine's. Where there are none a test is skipped and says so, unless
``LEDGER_TESTS_NEED_POSTGRESQL`` is set: then their absence fails the test.
"""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from pwd import getpwnam
from shutil import rmtree, which
from subprocess import DEVNULL, STDOUT, Popen, run
from tempfile import mkdtemp

import psycopg
import pytest

from tests.support.waiting import HOST, free_port, until

#: Set where the server must be there: then its absence is no excuse.
MUST = "LEDGER_TESTS_NEED_POSTGRESQL"
#: Where Debian and Red Hat keep what is not on the path.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
USER = "ledger"
#: A crash of the machine is not what these tests are about; one of the server is (full_page_writes
#: and the log's syncs may go, its order stays).
SETTINGS = {
    "listen_addresses": HOST,
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "on",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "unix_socket_directories": "",
    "autovacuum_naptime": "10s",
    "max_locks_per_transaction": "512",
    "log_min_messages": "warning",
}


@dataclass
class Server:
    """A running PostgreSQL, its storage in a folder."""

    folder: Path
    binaries: Path
    port: int
    settings: Mapping[str, str] = field(default_factory=dict)
    process: Popen[bytes] | None = field(default=None, repr=False)
    numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def url(self, database: str = "postgres", user: str = USER) -> str:
        """The address of a database."""
        return f"postgresql://{user}@{HOST}:{self.port}/{database}"

    def start(self) -> None:
        """Start it, also anew after it was killed, and wait until it answers."""
        arguments = [str(self.binaries / "postgres"), "-D", str(self.folder / "data")]
        arguments += [
            f"-c{name}={value}" for name, value in (SETTINGS | dict(self.settings)).items()
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = Popen(
                [*arguments, f"-p{self.port}"],
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                cwd=self.folder,
                **_as_whom(),
            )
        until(self._answers)

    def stop(self) -> None:
        """End it at once as an operator in a hurry does: every session is cut (SIGQUIT)."""
        self._end(signal.SIGQUIT)

    def kill(self) -> None:
        """End it as a power cut does: no goodbye (SIGKILL), its children with it."""
        assert self.process is not None, "it is not running"
        children = _children(self.process.pid)
        self._end(signal.SIGKILL)
        for child in children:
            _send(child, signal.SIGKILL)
        until(lambda: not any(map(_runs, children)))
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let it hang: connections stay, answers do not come (SIGSTOP)."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after ``freeze``."""
        self._signal(signal.SIGCONT)

    @contextmanager
    def replica(self) -> Iterator["Server"]:
        """A server that follows this one and is only read, until the end."""
        folder = Path(mkdtemp(prefix="ledger-postgresql-", dir=_roomy()))
        try:
            _hand_over(folder)
            address = f"{self.url()}?replication=true"
            copy = [str(self.binaries / "pg_basebackup"), "-D", str(folder / "data"), "-R"]
            done = run(
                [*copy, "-d", address, "--checkpoint=fast", "--no-sync"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
                **_as_whom(),
            )
            assert done.returncode == 0, done.stdout + done.stderr
            made = Server(folder, self.binaries, free_port())
            made.start()
            try:
                yield made
            finally:
                made.stop()
        finally:
            rmtree(folder, ignore_errors=True)

    def database(self, template: str = "template0", owner: str = USER) -> str:
        """Make a database as another is, ``template0`` for an empty one; its name."""
        name = f"office_{next(self.numbers)}_{os.getpid()}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY OWNER {owner}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is in it."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement as the superuser."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "log").read_text("utf-8", "replace")
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None, "it is not running"
        for each in (self.process.pid, *_children(self.process.pid)):
            _send(each, number)

    def _end(self, number: signal.Signals) -> None:
        process, self.process = self.process, None
        assert process is not None, "it is not running"
        process.send_signal(number)
        process.wait()


def installed() -> Path | None:
    """The folder of the server's programs, where they are installed."""
    found = which("postgres")
    if found is not None and Path(found).with_name("initdb").exists():
        return Path(found).resolve().parent
    for place in PLACES:
        for folder in sorted(Path("/").glob(place.lstrip("/")), reverse=True):
            if (folder / "postgres").exists():
                return folder
    return None


def binaries() -> Path:
    """That folder; skips or fails the test where there is none."""
    found = installed()
    if found is not None:
        return found
    said = "PostgreSQL's server is not installed (Debian: postgresql)"
    if os.environ.get(MUST):
        pytest.fail(said)
    pytest.skip(said)


@contextmanager
def server(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server with storage of its own, until the end; more settings by their names."""
    programs = binaries()
    folder = Path(mkdtemp(prefix="ledger-postgresql-", dir=_roomy()))
    try:
        _hand_over(folder)
        made = run(
            [
                str(programs / "initdb"),
                *("-D", str(folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8"),
                *("--locale=C", "--no-sync"),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **_as_whom(),
        )
        assert made.returncode == 0, made.stdout + made.stderr
        running = Server(folder, programs, free_port(), settings or {})
        running.start()
        try:
            yield running
        finally:
            if running.process is not None:
                running.thaw()
                running.stop()
    finally:
        rmtree(folder, ignore_errors=True)


def _roomy() -> str | None:
    """Memory where the system has it: the server's syncs are off, and many databases are made."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _as_whom() -> dict[str, object]:
    """The server refuses to run as root: then as a user who may do little."""
    if os.geteuid() != 0:
        return {}
    who = _user()
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _user():  # type: ignore[no-untyped-def]  # of the standard library's password database
    try:
        return getpwnam("postgres")
    except KeyError:
        return getpwnam("nobody")


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        who = _user()
        os.chown(folder, who.pw_uid, who.pw_gid)


def _children(parent: int) -> list[int]:
    found = run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, check=False)
    return [int(each) for each in found.stdout.split()]


def _send(process: int, number: signal.Signals) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
