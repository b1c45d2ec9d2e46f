"""Witnesses for the tests: their folders, the requests they get, and policies that name them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn

from api.witness import STATUSES, witness_app
from ledger.audit.add_checkpoint import AddCheckpoint
from ledger.audit.cosigning import NotAnsweredError, request_for
from ledger.audit.keyring import make_key, open_keyring, read_key
from ledger.audit.notes import Verifier
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.policy import Policy, read_policy
from ledger.audit.witness import KEY_FILE, WillNotCosignError, Witness, WitnessState, read_logs
from tests.audit.logs import ORIGIN, Log
from tests.ledger.office import OfficeClock


@dataclass(frozen=True)
class Desk:
    """Where a witness works; its clock is that of the log it looks at."""

    name: str
    folder: Path
    logs: str
    clock: OfficeClock

    @property
    def witness(self) -> Witness:
        """The witness, opened anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        make_key(self.folder / KEY_FILE, self.name)
        signer = read_key(self.folder / KEY_FILE, self.name)
        state = WitnessState(self.folder)
        return Witness(signer, read_logs(self.logs), state, self.clock)

    @property
    def verifier(self) -> Verifier:
        """Its public key."""
        return self.witness.signer.cosigner

    def ask(self, _: str, body: bytes) -> tuple[int, bytes]:
        """Ask it as over HTTP, without a network."""
        try:
            return 200, self.witness.add_checkpoint(body)
        except WillNotCosignError as error:
            return STATUSES[error.code], b"" if error.size is None else b"%d\n" % error.size


def desk_for(log: Log, name: str = "witness.test/w1") -> Desk:
    """A witness that trusts a log."""
    open_keyring(log.keys, ORIGIN)
    return Desk(name, log.keys.parent / name, f"{log.verifier}\n", log.clock)


def request(log: Log, note: PublishedNote, old: int, **changes: Any) -> bytes:
    """The request that a log would make."""
    made = request_for(log.store, note, old)
    said = {"old": made.old, "proof": made.proof, "note": made.note} | changes
    return bytes(AddCheckpoint(**said))


def refused(witness: Witness, body: bytes) -> tuple[str, int | None]:
    """Code and size with which a witness does not cosign."""
    try:
        witness.add_checkpoint(body)
    except WillNotCosignError as error:
        return error.code, error.size
    raise AssertionError("cosigned")


def policy_of(log: Log, desks: dict[Desk, str], quorum: int) -> Policy:
    """A policy with these witnesses at these addresses, so many of which are a quorum."""
    lines = [f"log {log.verifier}"]
    names = []
    for number, (desk, address) in enumerate(desks.items()):
        names.append(f"w{number}")
        lines.append(f"witness w{number} {desk.verifier} {address}")
    lines += [f"group enough {quorum} {' '.join(names)}", "quorum enough"]
    return read_policy("".join(f"{line}\n" for line in lines).encode())


@contextmanager
def served(witness: Witness) -> Iterator[str]:
    """A witness on a port of this machine; its submission prefix."""
    config = uvicorn.Config(witness_app(witness), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        (listening,) = server.servers[0].sockets
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def unreachable(_: str, __: bytes) -> tuple[int, bytes]:
    """Nobody answers."""
    raise NotAnsweredError("没有人")


Answer = Callable[[str, bytes], tuple[int, bytes]]
