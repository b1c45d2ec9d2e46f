"""Publishers killed and frozen at any moment, brokers killed under them: each fact told once.

``LEDGER_CHAOS_KILLS`` says how many kills; docs/testing.md tells what it takes.
"""

import logging
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from ledger.application import Ledger
from tests.domain import samples
from tests.ledger.office import OfficeClock, open_ledger, record, when
from tests.outbound.office import Desk, assert_told_once_in_order, read_all, renamed
from tests.support.broker.apache import Broker, broker
from tests.support.publishing import SOURCE, Publishers, published
from tests.support.servers import until

_LOG = logging.getLogger(__name__)
KILLS = int(os.environ.get("LEDGER_CHAOS_KILLS", "5"))
UNITS = [f"DW{number:02}" for number in range(20)]
#: Facts that wait to be published, so that a kill seldom finds a publisher idle.
BACKLOG = 1000
#: Small transactions, so that kills fall in every part of one.
BATCH = 20


@dataclass
class Storm:
    """A ledger that grows, its publishers, and what was done to them."""

    ledger: Ledger
    kafka: Broker
    publishers: Publishers
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    done: Counter[str] = field(default_factory=Counter)
    names: Iterator[int] = field(default_factory=count)
    current: str = ""
    turns: int = 0

    def grow(self) -> None:
        """See that enough waits to be published."""
        while self.ledger.head() - published(self.ledger) < BACKLOG:
            acts = [each for unit in UNITS for each in renamed(unit, 10, first=self.turns * 10)]
            given = [(each, when(each.number)) for each in acts]
            with self.ledger.transaction() as transaction:
                transaction.record_all(given)
            self.turns += 1

    def supervise(self) -> None:
        """Start a publisher where none runs; the one before it ended by itself."""
        if self.current and self.publishers.runs(self.current):
            return
        if self.current in self.publishers.processes:
            answer = self.publishers.ended(self.current)
            assert answer.code == 1, answer.err
            self.done["ended by itself"] += 1
        self.current = f"p{next(self.names)}"
        self.publishers.start(self.current, publish_batch=BATCH)

    def kill(self) -> None:
        """End the publisher as a power cut does."""
        self.publishers.remove(self.current)
        self.done["killed"] += 1

    def freeze(self) -> None:
        """Freeze the publisher, have another take over, and let the first one wake."""
        frozen = self.current
        self.publishers.signal(signal.SIGSTOP, frozen)
        self.publishers.take_lead_away()
        self.current = f"p{next(self.names)}"
        self.publishers.start(self.current, publish_batch=BATCH)
        # It cannot where the frozen one holds SQLite's write lock: nobody writes then.
        end = time.monotonic() + 8
        while "publishes" not in self.publishers.log(self.current) and time.monotonic() < end:
            time.sleep(0.05)
        self.publishers.signal(signal.SIGCONT, frozen)
        self.rest()
        # Where it froze before it began, it has fenced the other: one of the two goes on.
        self.publishers.remove(frozen)
        self.done["frozen"] += 1

    def kill_broker(self) -> None:
        """End the broker as a power cut does, and start it again."""
        self.kafka.kill()
        self.rest()
        self.kafka.start()
        self.done["broker killed"] += 1

    def rest(self) -> None:
        """Let some time pass."""
        time.sleep(self.chance.uniform(0.1, 1.6))

    def wait_for_a_moment(self, *, begun: bool) -> None:
        """Let some time pass, of its start or of its work."""
        if not begun:
            self.rest()
            return
        name = self.current
        log, runs = self.publishers.log, self.publishers.runs
        until(lambda: "publishes" in log(name) or not runs(name))
        time.sleep(self.chance.uniform(0, 0.5))

    def rage(self, kills: int) -> None:
        """Kill so many publishers; freeze one and kill the broker from time to time."""
        for turn in range(kills):
            self.grow()
            self.supervise()
            self.wait_for_a_moment(begun=turn % 4 > 0)
            if turn % 8 == 1:
                self.freeze()
            if turn % 10 == 3:
                self.kill_broker()
            self.supervise()
            self.kill()

    def calm(self) -> None:
        """Have all that waits published."""

        def all_published() -> bool:
            self.supervise()
            return published(self.ledger) == self.ledger.head()

        until(all_published)
        assert self.publishers.end(self.current).code == 0


@pytest.fixture
def storm(tmp_path: Path) -> Iterator[Storm]:
    file = tmp_path / "ledger.sqlite3"
    ledger = open_ledger(file, OfficeClock())
    record(ledger, samples.an_organ(), *(samples.a_unit(code=code) for code in UNITS))
    with broker(tmp_path, {"num.partitions": "3"}) as kafka:
        publishers = Publishers(file, tmp_path / "publishers", kafka.bootstrap)
        try:
            yield Storm(ledger, kafka, publishers)
        finally:
            publishers.close()
    ledger.close()


@pytest.mark.slow
def test_whatever_is_killed_and_frozen_readers_are_told_each_fact_once_in_order(
    storm: Storm,
) -> None:
    storm.rage(KILLS)
    storm.calm()
    desk = Desk(storm.ledger, storm.kafka.bootstrap, SOURCE)
    facts, told = desk.facts, desk.read()
    dropped = len(read_all(desk.bootstrap, "read_uncommitted")) - len(told)
    done = ", ".join(f"{said} {number}" for said, number in storm.done.items())
    _LOG.info("%d facts; %s; %d messages of broken transactions", len(facts), done, dropped)
    assert_told_once_in_order(facts, told, SOURCE)
    assert storm.done["killed"] == KILLS
