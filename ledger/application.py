"""The ledger: commands in, facts recorded, all or nothing; built on ``eventsourcing``."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any

from eventsourcing.application import Application
from eventsourcing.utils import EnvType

from domain.streams import stream_id
from ledger import postgresql
from ledger.catalogue import Catalogue
from ledger.envelope import Circumstances, Entry, Receipt
from ledger.held import HeldStates
from ledger.mapper import LedgerMapper
from ledger.protection import Protection
from ledger.recorder import LedgerStore
from ledger.settings import OFFICE_TIME, Settings
from ledger.transaction import LedgerTransaction

Clock = Callable[[], datetime]

#: Position and plain data (envelope with ``data``) of one entry.
Followed = tuple[int, dict[str, Any]]


class UnsupportedDatabaseError(ValueError):
    """LEDGER_DATABASE_URL names a database this version cannot keep a ledger in."""


def utc_now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


def environment(settings: Settings) -> dict[str, str]:
    """What the library is told of the database that the settings name; a file's folder is made."""
    if settings.on_server:
        return postgresql.environment(settings.database_url, settings.lock_timeout_seconds)
    path = settings.sqlite_path
    if path is None:
        scheme = settings.database_url.partition(":")[0]
        raise UnsupportedDatabaseError(
            f"cannot keep a ledger in {scheme}; use sqlite:///PATH or postgresql://HOST/NAME"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "SQLITE_DBNAME": str(path),
        "SQLITE_LOCK_TIMEOUT": str(settings.lock_timeout_seconds),
    }


class Ledger(Application[str]):
    """Every fact of an office, in one order, on one database."""

    name = "ledger"

    def __init__(
        self,
        env: EnvType,
        *,
        clock: Clock = utc_now,
        catalogue: Catalogue | None = None,
        protection: Protection | None = None,
    ) -> None:
        self.clock = clock
        self._mapper = LedgerMapper(catalogue, protection)
        self._held = HeldStates()
        #: Held by the one thread of this process that writes: SQLite's own queue is not fair.
        self.writing_alone = RLock()
        super().__init__(
            {
                "PERSISTENCE_MODULE": "ledger.sqlite:LedgerFactory",
                "ORIGINATOR_ID_TYPE": "text",
                **env,
            }
        )

    @classmethod
    def open(cls, settings: Settings, *, clock: Clock = utc_now) -> "Ledger":
        """Open the ledger that the settings name, creating the file and its folder if need be."""
        return cls(environment(settings), clock=clock)

    def construct_mapper(self) -> LedgerMapper:
        """The typed mapper; refuses settings of the library's that it would silently ignore."""
        for ignored in ("CIPHER_TOPIC", "CIPHER_KEY", "COMPRESSOR_TOPIC", "MAPPER_TOPIC"):
            if self.env.get(ignored):
                raise UnsupportedDatabaseError(f"{ignored} has no effect here: see LEDGER_KEYS_DIR")
        return self._mapper

    @property
    def store(self) -> LedgerStore:
        """The recorder, as the class it is."""
        assert isinstance(self.recorder, LedgerStore)  # noqa: S101 -- set by the factory
        return self.recorder

    def today(self) -> date:
        """The office's date (Asia/Shanghai)."""
        return self.clock().astimezone(OFFICE_TIME).date()

    @contextmanager
    def transaction(self) -> Iterator[LedgerTransaction]:
        """One write transaction: every act in it is recorded, or none."""
        with self.writing_alone:
            try:
                with self.store.writing() as writing:
                    transaction = LedgerTransaction(writing, self._mapper, self._held, self.clock())
                    yield transaction
                    transaction.flush()
            except BaseException:
                self._held.forget()
                raise

    def execute(
        self, command: Any, circumstances: Circumstances, *, expected_version: int | None = None
    ) -> Receipt:
        """Carry out one act; a command repeated gives its first receipt.

        Refusal where the law of the domain refuses, where the stream is not at
        ``expected_version``, or where the command id was used for another command.
        """
        with self.transaction() as transaction:
            return transaction.execute(command, circumstances, expected_version)

    def head(self) -> int:
        """Position of the last event, 0 on an empty ledger."""
        return self.store.head()

    def recorded_on(self, position: int) -> date | None:
        """The office's date on which the last event at or before a position was recorded.

        None where there is no such event. The same for ever, whatever is recorded later.
        """
        found = self.store.last_at(position)
        if found is None:
            return None
        recorded_at = datetime.fromisoformat(self._mapper.plain(*found)["recorded_at"])
        return recorded_at.astimezone(OFFICE_TIME).date()

    def follow(
        self, after: int = 0, *, limit: int = 1000, until: int | None = None
    ) -> Iterator[list[Followed]]:
        """Position and plain data of every entry after a position, in order, in pages.

        Ends at the head of the ledger, or at ``until`` (inclusive).
        """
        while page := self.page(after, limit, until):
            yield page
            after = page[-1][0]

    def page(
        self, after: int, limit: int, until: int | None = None, names: Sequence[str] | None = None
    ) -> list[Followed]:
        """One such page; only of entries stored under ``names``, where names are given."""
        plain = self._mapper.plain
        found = self.store.page(after, limit, until, names)
        return [(at, plain(topic, state)) for at, topic, state in found]

    def history(self, stream: str) -> list[Entry]:
        """One stream's entries in order; empty for a number never registered."""
        stored = self.store.stream(stream_id(stream))
        return [Entry(at, self._mapper.to_domain_event(event)) for at, event in stored]
