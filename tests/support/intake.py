"""Messages on a topic, and workers that take them in: processes that a test freezes and kills."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ClassVar

from kafka.errors import UnknownTopicOrPartitionError

from consumers.contracts.petitions import PETITIONS
from consumers.inbound.intake import Inbound, Place
from consumers.inbound.lags import DEAD_LETTERS
from consumers.inbound.letters import DeadLetters
from consumers.inbound.messages import Received
from ledger.application import Ledger
from ledger.outages import OUTAGES
from tests.inbound.conftest import message, petition
from tests.support.broker.apache import Broker, admin
from tests.support.broker.clients import consumer, producer
from tests.support.commands import Answer, finish, start
from tests.support.waiting import until

TOPIC = PETITIONS.topic
DEAD = TOPIC + DEAD_LETTERS


def petitions(first: int, behind: int, wrong: Sequence[int] = ()) -> list[Received]:
    """Petitions by number, each once; those in ``wrong`` are of an organ that is none."""
    return [
        message(at, petition(f"XF-{at:06}", **({"organ": 5} if at in wrong else {})))
        for at in range(first, behind)
    ]


@contextmanager
def topics(kafka: Broker, partitions: int = 1, **settings: Any) -> Iterator[str]:
    """The topic of the petition office and that of its dead letters, made anew; gone at the end."""
    remove(kafka, TOPIC, DEAD)
    kafka.topic(TOPIC, partitions, **settings)
    kafka.topic(DEAD)
    try:
        yield TOPIC
    finally:
        if kafka.process is not None:
            remove(kafka, TOPIC, DEAD)


def remove(kafka: Broker, *names: str) -> None:
    """Remove topics, if they are there, and wait until they are gone."""
    with admin(kafka.bootstrap) as client:
        for name in set(names) & set(client.list_topics()):
            try:
                client.delete_topics([name])
            except UnknownTopicOrPartitionError:
                continue
        until(lambda: not set(names) & set(client.list_topics()))


def send(bootstrap: str, messages: Sequence[Received], topic: str = TOPIC, **told: Any) -> None:
    """Send messages as their sender does, by their keys."""
    with producer(bootstrap, **told) as sender:
        for each in messages:
            key = each.key.encode() if each.key is not None else None
            sender.send(topic, key=key, value=each.value, headers=list(each.headers))
        sender.flush(timeout=60)


def told_of(bootstrap: str, number: int, topic: str = DEAD) -> list[dict[str, Any]]:
    """What is published of dead letters, committed: at least so many, and what more there is."""
    found: list[Any] = []
    with consumer(bootstrap, topic, isolation_level="read_committed") as reader:

        def complete() -> bool:
            for each in reader.poll(timeout_ms=200).values():
                found.extend(each)
            return len(found) >= number

        until(complete)
        for each in reader.poll(timeout_ms=500).values():
            found.extend(each)
    return [
        {"key": each.key, "value": each.value}
        | {name: value.decode() for name, value in each.headers}
        for each in found
    ]


@dataclass
class Workers:
    """Worker processes on one ledger's file; each by a name that is its folder."""

    #: What they are told to do.
    COMMAND: ClassVar[str] = "consume"

    database: Path
    folder: Path
    bootstrap: str
    settings: dict[str, Any] = field(default_factory=dict)
    processes: dict[str, BaseProcess] = field(default_factory=dict)

    def start(self, name: str = "one", *arguments: str, **settings: Any) -> None:
        """Start one, with settings by name (``consume_batch=5``)."""
        home = self.folder / name
        home.mkdir(parents=True, exist_ok=True)
        given = {"kafka_bootstrap": self.bootstrap} | self.settings | settings
        lines = [f"LEDGER_{key.upper()}={value}\n" for key, value in given.items()]
        (home / ".env").write_text("".join(lines), encoding="utf-8")
        self.processes[name] = start(self.database, home, self.COMMAND, *arguments)

    def signal(self, number: signal.Signals, name: str = "one") -> None:
        """Kill, freeze, thaw or end one."""
        pid = self.processes[name].pid
        assert pid is not None
        os.kill(pid, number)

    def kill(self, name: str = "one") -> None:
        """Kill one, and wait until it is gone (SIGKILL)."""
        self.signal(signal.SIGKILL, name)
        self.processes.pop(name).join()

    def end(self, name: str = "one") -> Answer:
        """Have one end (SIGTERM); how it did."""
        self.signal(signal.SIGTERM, name)
        return self.ended(name)

    def ended(self, name: str = "one") -> Answer:
        """How one ended that ends by itself."""
        return finish(self.processes.pop(name), self.folder / name)

    def run(self, *arguments: str, name: str = "one") -> Answer:
        """Run another command with the settings of one."""
        home = self.folder / name / "commands"
        home.mkdir(exist_ok=True)
        settings = (self.folder / name / ".env").read_text("utf-8")
        alive = f"LEDGER_ALIVE_DIR={self.folder / name / 'var/alive'}\n"
        (home / ".env").write_text(settings + alive, encoding="utf-8")
        return finish(start(self.database, home, *arguments), home)

    def log(self, name: str = "one") -> str:
        """What one has said so far."""
        file = self.folder / name / "err"
        return file.read_text("utf-8") if file.exists() else ""

    def heard(self, said: str, name: str = "one") -> None:
        """Wait until one has said something that it surely says."""
        until(lambda: said in self.log(name) or not self.processes[name].is_alive())
        assert said in self.log(name), self.log(name)

    def close(self) -> None:
        """Leave none behind."""
        for process in self.processes.values():
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, signal.SIGCONT)
                process.kill()
                process.join()


@dataclass
class Taken:
    """What a ledger's file says of the intake, read beside the workers."""

    ledger: Ledger

    def __post_init__(self) -> None:
        self.inbound, self.letters = Inbound(self.ledger), DeadLetters(self.ledger)

    @property
    def numbers(self) -> list[str]:
        """The petitions on the ledger, each as often as it was registered, in order."""
        pages = self.ledger.follow()
        events = (event for page in pages for _, event in page)
        registered = (each for each in events if each["type"] == "petition.received.v1")
        return [each["stream"].removeprefix("petition:") for each in registered]

    def places(self, partitions: int = 1) -> list[int]:
        """Where it stands in each partition; 0 where it was not begun."""
        found: list[Place | None] = []
        with suppress(*OUTAGES):  # a test may have restarted the database
            found = [self.inbound.place(TOPIC, number) for number in range(partitions)]
        return [place.next_offset if place is not None else 0 for place in found]

    def until_at(self, total: int, partitions: int = 1) -> None:
        """Wait until so many offsets are behind it."""
        until(lambda: sum(self.places(partitions)) >= total)

    @property
    def dead(self) -> list[str]:
        """Keys of the letters that wait, by number."""
        return [str(each.key) for each in self.letters.waiting(limit=1_000_000)]
