"""The command line run as users run it: in a process of its own, judged by what it leaves."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from tests.support.databases import url
from tests.support.registers import EXAMPLES

ROOT = EXAMPLES.parent

#: Children come from a server that has loaded the program already: 0.1 s instead of 1.3 s each.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["cli.main"])


@dataclass(frozen=True)
class Answer:
    """How a command ended: exit code, standard output, standard error."""

    code: int | None
    out: bytes
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as JSON."""
        document = orjson.loads(self.out)
        assert isinstance(document, dict)
        return document


def nothing() -> None:
    """Change nothing before a command runs."""


def _run(arguments: list[str], database: Path, folder: Path, before: Callable[[], None]) -> None:
    os.chdir(folder)
    os.environ["LEDGER_DATABASE_URL"] = url(database)
    for name, descriptor in (("out", 1), ("err", 2)):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, descriptor)
        os.close(file)
    sys.argv = ["supervision-ledger", *arguments]
    from cli.main import run

    before()
    run()


def start(
    database: Path, folder: Path, *arguments: str, before: Callable[[], None] = nothing
) -> BaseProcess:
    """Start a command in a folder; its output goes to the files ``out`` and ``err`` there.

    ``before`` is called in its process first: to have it killed at a certain step, say.
    """
    folder.mkdir(parents=True, exist_ok=True)
    process = _PROCESSES.Process(target=_run, args=(list(arguments), database, folder, before))
    process.start()
    return process


def finish(process: BaseProcess, folder: Path) -> Answer:
    """Wait until a started command has ended."""
    process.join()
    code = process.exitcode
    process.close()
    return Answer(code, (folder / "out").read_bytes(), (folder / "err").read_text("utf-8"))


def command(database: Path, *arguments: str | Path) -> Answer:
    """Run one command on a ledger's file."""
    with TemporaryDirectory() as folder:
        started = start(database, Path(folder), *map(str, arguments))
        return finish(started, Path(folder))


def interpreter(address: str | None, *arguments: str, folder: Path | None = None) -> Answer:
    """Run one command from nothing, as ``python -m cli`` does, with that address or with none."""
    given = {"LEDGER_DATABASE_URL": address} if address else {}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
    with TemporaryDirectory() as elsewhere:
        done = subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            cwd=folder or elsewhere,
            env=kept | given | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
    return Answer(done.returncode, done.stdout, done.stderr.decode())
