"""Workers and brokers killed while messages come: each message one effect, figures as without.

``LEDGER_CHAOS_MESSAGES`` says how many messages (docs/testing.md).
"""

import logging
import os
import random
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from consumers.inbound.messages import Received
from tests.inbound.conftest import Desk, batch, opened
from tests.support.broker.apache import Broker, broker
from tests.support.broker.clients import consumer, producer, records
from tests.support.commands import command
from tests.support.databases import ON_SERVER
from tests.support.intake import TOPIC, Taken, Workers, petitions, told_of, topics
from tests.support.postgresql import Server, server

_LOG = logging.getLogger(__name__)
MESSAGES = int(os.environ.get("LEDGER_CHAOS_MESSAGES", "1000"))
#: How many are sent between two blows.
PART = 250 if MESSAGES <= 5000 else 2500
#: After how many seconds of silence a member's partitions go to others.
SESSION = 2
PARTITIONS, NAMES = 3, ("one", "two", "three")
WRONG = range(50, MESSAGES, 100)


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with broker(tmp_path_factory.mktemp("chaos")) as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Server | None]:
    """The server that keeps the ledger, one that may be killed; None where a file does."""
    if not ON_SERVER:
        yield None
        return
    with server() as running:
        (tmp_path / "ledger.sqlite3").write_text(running.url(running.database()), "utf-8")
        yield running


@pytest.fixture
def office(database: Server | None, tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path / "ledger.sqlite3")


@pytest.fixture
def workers(office: Desk, kafka: Broker, tmp_path: Path) -> Iterator[Workers]:
    settings = {
        "consume_batch": 50 if MESSAGES <= 5000 else 500,
        "consume_session_seconds": SESSION,
    }
    made = Workers(office.file, tmp_path / "workers", kafka.bootstrap, settings)
    with topics(kafka, PARTITIONS):
        yield made
    made.close()


class Blows:
    """What befalls workers, the broker and the database, one blow after another."""

    def __init__(
        self, workers: Workers, kafka: Broker, database: Server | None, *, group: bool
    ) -> None:
        self._workers, self._kafka, self._group = workers, kafka, group
        self._database = database
        self._chance = random.Random(7)
        self._starts = 0
        self.counts = {"killed": 0, "frozen": 0, "broker killed": 0, "database killed": 0}
        for name in NAMES:
            self._start(name)

    def _start(self, name: str) -> None:
        # A member that comes back under another name has its partitions handed out anew.
        self._starts += 1
        more = ("--group", "intake", "--member", f"{name}-{self._starts % 4}")
        self._workers.start(name, *(more if self._group else ()))

    def fall(self, turn: int, turns: int) -> None:
        """The blow of a turn: mostly a worker is killed, each third is frozen for a while."""
        name = self._chance.choice(NAMES)
        if turn % 10 == turns // 2 % 10:
            self._kafka.kill()
            self._kafka.start()
            self.counts["broker killed"] += 1
        elif turn % 10 == (turns // 2 + 1) % 10 and self._database is not None:
            self._database.kill()
            self._database.start()
            self.counts["database killed"] += 1
        elif turn % 3 == 1:
            self._workers.signal(signal.SIGSTOP, name)
            time.sleep(SESSION * 1.5)  # meanwhile its partitions are handed to others
            self._workers.signal(signal.SIGCONT, name)
            self.counts["frozen"] += 1
        else:
            self._workers.kill(name)
            self._start(name)
            self.counts["killed"] += 1


def clean_run(desk: Desk, sent: list[Received]) -> None:
    """The same messages taken in by one that nothing befalls."""
    desk.inbound.begin(TOPIC, "8f0c6f2a", 0, 0)
    for at in range(0, len(sent), 500):
        desk.inbound.take(batch(*sent[at : at + 500]))


def figures(desk: Desk) -> Any:
    """The figures of the quarter as the command line reports them."""
    period = ("--from", "2026-01-01", "--to", "2026-03-31", "--format", "json")
    return command(desk.file, "report", *period).json["figures"]


@pytest.mark.slow
@pytest.mark.parametrize("group", [False, True], ids=["one leads", "three share"])
def test_each_message_has_one_effect_whatever_is_killed(
    group: bool,
    workers: Workers,
    kafka: Broker,
    database: Server | None,
    office: Desk,
    other_office: Desk,
) -> None:
    began = time.monotonic()
    sent, taken = petitions(0, MESSAGES, WRONG), Taken(office.ledger)
    parts = [sent[at : at + PART] for at in range(0, MESSAGES, PART)]
    blows = Blows(workers, kafka, database, group=group)
    with producer(kafka.bootstrap) as sender:
        for turn, part in enumerate(parts):
            for each in part:
                assert each.key is not None
                headers = list(each.headers)
                sender.send(TOPIC, key=each.key.encode(), value=each.value, headers=headers)
            sender.flush(timeout=60)
            taken.until_at(turn * PART + PART // 3, PARTITIONS)  # it falls in the midst of work
            blows.fall(turn, len(parts))
    taken.until_at(MESSAGES, PARTITIONS)
    seconds = time.monotonic() - began
    wrong = [f"XF-{at:06}" for at in WRONG]
    good = [each.key for each in sent if each.key not in set(wrong)]
    found = taken.numbers
    doubled, lost = len(found) - len(set(found)), len(set(good) - set(found))
    _LOG.warning("%d messages, %s, %.0f s", MESSAGES, blows.counts, seconds)
    _LOG.warning("doubled %d, lost %d, dead %d", doubled, lost, len(taken.dead))
    assert sorted(found) == good
    assert sorted(taken.dead) == wrong
    assert sorted(each["dead_letter_key"] for each in told_of(kafka.bootstrap, len(wrong))) == wrong
    assert in_order(kafka, found)
    clean_run(other_office, sent)
    assert figures(office) == figures(other_office)


def in_order(kafka: Broker, found: list[str]) -> bool:
    """Whether what was taken in of each partition is in the order of the partition."""
    position = {number: at for at, number in enumerate(found)}
    with consumer(kafka.bootstrap, TOPIC, PARTITIONS) as reader:
        read = records(reader, MESSAGES)
    for partition in range(PARTITIONS):
        keys = [each.key.decode() for each in read if each.partition == partition]
        places = [position[key] for key in keys if key in position]
        if not all(before < after for before, after in pairwise(places)):
            return False
    return True
