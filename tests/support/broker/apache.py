"""Apache Kafka itself, one node in KRaft mode, started by a test and killed as a test likes.

``make broker`` fetches it. Where it or Java is not there the test is skipped and says so, unless
``LEDGER_TESTS_NEED_BROKER`` is set: then its absence fails the test.
"""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from shutil import which
from subprocess import DEVNULL, STDOUT, Popen, run
from typing import Any

import pytest
from kafka import KafkaAdminClient

from tests.support.registers import EXAMPLES
from tests.support.waiting import HOST, free_port, until

LIBS = EXAMPLES.parent / ".broker" / "libs"
#: Set where the broker must be there: then its absence is no excuse.
MUST = "LEDGER_TESTS_NEED_BROKER"
#: A small heap, and no time spent on making code fast that runs for seconds.
JAVA = ("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
_STARTED = "Kafka Server started"

#: One node: every internal topic has one copy; what is waited for is short.
SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": (
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL"
    ),
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "500",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
    "controlled.shutdown.enable": "false",
    # A killed broker is let in again once its former self is given up, 9 s without these.
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "200",
    "controller.quorum.election.timeout.ms": "200",
    "controller.quorum.fetch.timeout.ms": "400",
}


class PortTakenError(Exception):
    """Somebody took a port between its choice and the broker's start."""


@dataclass(frozen=True)
class Access:
    """How a broker lets clients in beside those that say nothing.

    ``protocols`` (``SSL``, ``SASL_SSL``) have a port each; ``users`` are passwords by name, by
    SCRAM-SHA-512.
    """

    protocols: tuple[str, ...] = ()
    users: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Broker:
    """A running Apache Kafka; everything it knows is in its folder, under ports that it keeps."""

    folder: Path
    java: str
    ports: Mapping[str, int]
    process: Popen[bytes] | None = field(default=None, repr=False)

    @property
    def bootstrap(self) -> str:
        """Its address, as ``bootstrap_servers`` of a client."""
        return self.address("PLAINTEXT")

    def address(self, protocol: str) -> str:
        """Its address for those who speak a protocol."""
        return f"{HOST}:{self.ports[protocol]}"

    @property
    def log(self) -> str:
        """What it has said since it was last started."""
        return (self.folder / "log").read_text("utf-8", errors="replace")

    def start(self) -> None:
        """Start it, also anew after it was killed, and wait until it serves."""
        arguments = _java(self.java, "kafka.Kafka", "server.properties")
        with (self.folder / "log").open("wb") as log:
            self.process = Popen(
                arguments, cwd=self.folder, stdin=DEVNULL, stdout=log, stderr=STDOUT
            )
        until(lambda: _STARTED in self.log or self._running.poll() is not None)
        if self._running.poll() is not None:
            raise PortTakenError if "already in use" in self.log else AssertionError(self.log)

    def kill(self) -> None:
        """End it as a power cut does: no goodbye (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does (SIGTERM)."""
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """Let it hang: connections stay, answers do not come (SIGSTOP)."""
        self._running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on after ``freeze``."""
        self._running.send_signal(signal.SIGCONT)

    def topic(self, name: str, partitions: int = 1, **settings: Any) -> str:
        """Make a topic, with settings by name (``retention_ms=-1``); its name."""
        told = {key.replace("_", "."): str(value) for key, value in settings.items()}
        with admin(self.bootstrap) as client:
            made = {"num_partitions": partitions, "replication_factor": 1, "configs": told}
            client.create_topics({name: made}, wait_for_metadata=True)
        return name

    @property
    def _running(self) -> Popen[bytes]:
        assert self.process is not None, "it is not running"
        return self.process

    def _end(self, number: signal.Signals) -> None:
        process, self.process = self._running, None
        process.send_signal(number)
        process.wait()


@contextmanager
def admin(bootstrap: str, **settings: Any) -> Iterator[KafkaAdminClient]:
    """A client that makes topics and groups, closed at the end."""
    client = KafkaAdminClient(bootstrap_servers=bootstrap, **settings)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def broker(
    folder: Path, settings: Mapping[str, str] | None = None, access: Access | None = None
) -> Iterator[Broker]:
    """Apache Kafka with its storage in a folder, until the end; more settings by their names."""
    java = _installed()
    running = _begun(folder, java, settings or {}, access or Access())
    try:
        yield running
    finally:
        if running.process is not None:
            running.thaw()
            running.kill()


def _installed() -> str:
    java = which("java")
    lacking = []
    if not LIBS.is_dir():
        lacking.append("Apache Kafka is not fetched (make broker)")
    if java is None:
        lacking.append("there is no java")
    if lacking:
        said = "; ".join(lacking)
        if os.environ.get(MUST):
            pytest.fail(said)
        pytest.skip(said)
    assert java is not None
    return java


def _begun(folder: Path, java: str, settings: Mapping[str, str], access: Access) -> Broker:
    """A broker started on its first ports; others where somebody takes them meanwhile."""
    while True:
        names = ("PLAINTEXT", "CONTROLLER", *access.protocols)
        made = Broker(folder, java, {name: free_port() for name in names})
        made.folder = folder / f"kafka-{made.ports['PLAINTEXT']}"
        made.folder.mkdir(parents=True)
        _write_settings(made, settings)
        _format(made, access.users)
        try:
            made.start()
        except PortTakenError:
            continue
        return made


def _write_settings(made: Broker, settings: Mapping[str, str]) -> None:
    listeners = ",".join(f"{protocol}://{made.address(protocol)}" for protocol in made.ports)
    told = {
        "listeners": listeners,
        "advertised.listeners": listeners,
        "controller.quorum.bootstrap.servers": made.address("CONTROLLER"),
        "log.dirs": str(made.folder / "data"),
    }
    lines = [f"{name}={value}\n" for name, value in (SETTINGS | told | dict(settings)).items()]
    (made.folder / "server.properties").write_text("".join(lines), encoding="utf-8")


def _format(of: Broker, users: Mapping[str, str]) -> None:
    """Make the storage: an id for the cluster, this node its only voter, and who has a password."""
    tool = _java(of.java, "kafka.tools.StorageTool")
    cluster = f"L{token_urlsafe(16)[1:]}"  # never a leading dash: the tool would take it amiss
    known = [f"SCRAM-SHA-512=[name={name},password={word}]" for name, word in users.items()]
    told = [part for each in known for part in ("--add-scram", each)]
    made = run(
        [*tool, "format", "--standalone", "-t", cluster, "-c", "server.properties", *told],
        cwd=of.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr


def _java(java: str, *arguments: str) -> list[str]:
    level = "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"
    return [java, *JAVA, level, "-cp", f"{LIBS}/*", *arguments]
