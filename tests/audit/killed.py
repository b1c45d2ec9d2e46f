"""A process that works on a log and is killed (SIGKILL) before or after a named step."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.application import Ledger
from ledger.audit import keyring, signer
from ledger.audit.key_changes import changes_of_key, make_change
from ledger.audit.sequencer import LogStore
from tests.audit.logs import ORIGIN, Log
from tests.ledger.office import when

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.audit.killed"])

#: Every step that leaves something on disk, in the order in which it is first taken.
STEPS: dict[str, tuple[Any, str]] = {
    "key placed": (keyring.os, "link"),
    "public key shown": (keyring, "_show_verifier"),
    "sequenced": (LogStore, "move_on"),
    "state moved on": (signer.SignedState, "move_on"),
    "signed": (signer, "Note"),
    "published": (LogStore, "publish"),
    "change recorded": (Ledger, "execute"),
    "file replaced": (keyring.Path, "replace"),
}


def sign(log: Log) -> None:
    """Sequence, sign and publish."""
    log.publish()


def change(log: Log) -> None:
    """Sign, change the key, and sign again."""
    log.publish()
    keys = keyring.open_keyring(log.keys, ORIGIN)
    act = make_change(keys, changes_of_key(log.store, ORIGIN), log.ledger.today())
    log.ledger.execute(act, when(act, log.ledger.today()))
    log.publish()


def _dying(original: Callable[..., Any], left: int, *, after: bool) -> Callable[..., Any]:
    """A step that is the last one when it has been taken that often."""
    calls = 0

    def step(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == left and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        outcome = original(*arguments, **named)
        if calls == left and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome

    return step


def _run(
    path: Path, keys: Path, work: Callable[[Log], None], step: str, times: tuple[int, bool]
) -> None:
    owner, name = STEPS[step]
    left, after = times
    setattr(owner, name, _dying(getattr(owner, name), left, after=after))
    log = Log(path, keys)
    work(log)
    log.close()


def killed_at(log: Log, work: Callable[[Log], None], step: str, times: tuple[int, bool]) -> bool:
    """Whether the work was killed at that step; it ends unharmed where it never came to it."""
    process = _PROCESSES.Process(target=_run, args=(log.path, log.keys, work, step, times))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
