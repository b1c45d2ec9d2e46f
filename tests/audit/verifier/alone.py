"""verify.py alone: the joined file run by a bare Python in a folder with nothing beside it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

PROVEN, FOUND, COULD_NOT = 0, 1, 2


@dataclass(frozen=True)
class Verdict:
    """How verify.py ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """What it said with ``--json``."""
        said: dict[str, Any] = orjson.loads(self.out)
        return said


def run_alone(program: Path, *arguments: object, folder: Path) -> Verdict:
    """Run the file without site packages or environment, in a folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, *map(str, arguments)],
        cwd=folder,
        env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Verdict(done.returncode, done.stdout, done.stderr)
