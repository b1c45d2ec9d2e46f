"""Everything is restarted in random order while it works: nothing lost, nothing doubled.

PostgreSQL, Apache Kafka, the API, a follower, a consumer and a publisher, each a process; messages
come in and commands are sent over HTTP throughout. ``LEDGER_CHAOS_RESTARTS`` says how many (8).
"""

import logging
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from httpx2 import HTTPError

from ledger.audit.examine import examine_entries, examine_places
from tests.inbound.conftest import opened
from tests.outbound.office import Desk as Readers
from tests.outbound.office import assert_told_once_in_order
from tests.support.broker.apache import Broker, broker
from tests.support.broker.clients import producer
from tests.support.commands import finish, start
from tests.support.intake import TOPIC, Taken, petitions, topics
from tests.support.offices import Desk
from tests.support.postgresql import Server as Database
from tests.support.postgresql import server
from tests.support.publishing import SOURCE, published
from tests.support.servers import Server, post
from tests.support.waiting import free_port, until

_LOG = logging.getLogger(__name__)
RESTARTS = int(os.environ.get("LEDGER_CHAOS_RESTARTS", "8"))
PARTITIONS = 2
#: What runs beside the database and the broker.
COMMANDS = ("serve", "follow", "consume", "publish")


@dataclass
class Site:
    """One machine's worth of processes."""

    file: Path
    folder: Path
    database: Database
    kafka: Broker
    port: int = field(default_factory=free_port)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.processes = {name: self._start(name) for name in COMMANDS}
        said = self.folder / "serve" / "err"
        until(lambda: said.exists() and "监督台账在" in said.read_text("utf-8"))

    @property
    def api(self) -> Server:
        return Server(
            self.file,
            self.folder / "serve",
            self.processes["serve"],
            f"http://127.0.0.1:{self.port}",
        )

    def _start(self, name: str):  # type: ignore[no-untyped-def]  # of multiprocessing
        home = self.folder / name
        home.mkdir(parents=True, exist_ok=True)
        told = (
            f"LEDGER_KAFKA_BOOTSTRAP={self.kafka.bootstrap}\nLEDGER_KEYS_DIR={self.folder}/keys\n"
        )
        (home / ".env").write_text(told, encoding="utf-8")
        more = ("--port", str(self.port)) if name == "serve" else ()
        return start(self.file, home, name, *more)

    def restart(self, name: str, *, gently: bool) -> None:
        """End one thing, by force or as an operator does, and start it again."""
        self.done[f"{name} {'ended' if gently else 'killed'}"] += 1
        if name in {"database", "kafka"}:
            thing = self.database if name == "database" else self.kafka
            (thing.stop if gently else thing.kill)()
            thing.start()
            return
        process = self.processes[name]
        if gently and process.is_alive() and process.pid is not None:
            os.kill(process.pid, signal.SIGTERM)
            process.join(30)
        process.kill()
        process.join()
        self.processes[name] = self._start(name)

    def supervise(self) -> None:
        """Start again whatever has ended by itself, as a supervisor does."""
        for name, process in self.processes.items():
            if not process.is_alive():
                self.done[f"{name} ended by itself"] += 1
                process.join()
                self.processes[name] = self._start(name)

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.join()


@contextmanager
def load(*works: Callable[[int], None]) -> Iterator[list[int]]:
    """Work that goes on in a thread each, numbered from 0; how often each was done."""
    ended = threading.Event()
    times = [0] * len(works)
    failures: list[BaseException] = []

    def run(at: int) -> None:
        try:
            while not ended.is_set():
                works[at](times[at])
                times[at] += 1
        except BaseException as error:  # noqa: BLE001 -- raised in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(works))]
    for thread in threads:
        thread.start()
    try:
        yield times
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert not failures, failures


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with server() as database, broker(tmp_path, {"num.partitions": "2"}) as kafka:
        file = tmp_path / "ledger.sqlite3"
        file.write_text(database.url(database.database()), encoding="utf-8")
        for desk in opened(file):
            desk.inbound.begin("unused", "0", 0, 0)
        with topics(kafka, PARTITIONS):
            made = Site(file, tmp_path / "site", database, kafka)
            try:
                yield made
            finally:
                made.close()


class Senders:
    """A system that sends messages, and one that registers organs over HTTP."""

    def __init__(self, site: Site, sender: Any) -> None:
        self._site, self._sender = site, sender
        self._token = site.api.token("system_administrator")
        self.sent = 0

    def message(self, number: int) -> None:
        """Send a petition."""
        [each] = petitions(number, number + 1)
        key = str(each.key).encode()
        self._sender.send(TOPIC, key=key, value=each.value, headers=list(each.headers))
        self.sent = number + 1
        time.sleep(0.01)

    def act(self, number: int) -> None:
        """Register an organ, asked again under its key until it is answered."""
        organ = {"code": f"JW-{number + 100}", "name": f"示例纪委 {number}"}
        while True:
            try:
                with self._site.api.client(self._token) as client:
                    answer = post(client, "/organs", organ, Idempotency_Key=f"organ-{number}")
            except HTTPError:
                time.sleep(0.2)
                continue
            if answer.status_code == 201:
                time.sleep(0.05)
                return
            assert answer.status_code in {409, 503}, answer.text
            time.sleep(0.2)


def rage(site: Site) -> tuple[int, int]:
    """Restart things while both send; how many messages and acts there were."""
    chance = random.Random(5)
    with producer(site.kafka.bootstrap) as sender:
        senders = Senders(site, sender)
        with load(senders.message, senders.act) as times:
            for turn in range(RESTARTS):
                time.sleep(chance.uniform(1, 3))
                name = chance.choice(("database", "kafka", *COMMANDS))
                site.restart(name, gently=turn % 3 == 2)
                site.supervise()
        sender.flush(timeout=60)
    return senders.sent, times[1]


def settled(site: Site, desk: Desk, taken: Taken, sent: int) -> bool:
    """Whether everything is as far as the ledger, and the ledger as far as the senders."""
    site.supervise()
    head = desk.ledger.head()
    return (
        sum(taken.places(PARTITIONS)) >= sent
        and set(desk.runner.positions().values()) == {head}
        and desk.log.state().position == head == published(desk.ledger)
    )


@pytest.mark.slow
def test_whatever_is_restarted_everything_agrees_at_the_end(site: Site) -> None:
    sent, acts = rage(site)
    desk = Desk.at(site.file)
    taken = Taken(desk.ledger)
    until(lambda: settled(site, desk, taken, sent))
    assert sorted(taken.numbers) == [f"XF-{number:06}" for number in range(sent)]
    events = [event["type"] for event in desk.events.values()]
    assert events.count("organ.registered.v1") == 1 + acts
    readers = Readers(desk.ledger, site.kafka.bootstrap, SOURCE)
    assert_told_once_in_order(readers.facts, readers.read(), SOURCE)
    for name in desk.runner.positions():
        assert desk.runner.rebuild(name).differing == 0, name
    assert [*examine_entries(desk.log), *examine_places(desk.log)] == []
    _LOG.info("%d facts; %s", desk.ledger.head(), dict(site.done))
    desk.close()
    for name in COMMANDS:
        process = site.processes.pop(name)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
        assert finish(process, site.folder / name).code == 0, name
