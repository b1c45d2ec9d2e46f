"""One measurement each in a process of its own; results are printed as one table."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage
from typing import Any


def timed(work: Callable[[], Any]) -> float:
    """Seconds of wall time that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_mib() -> float:
    """Peak resident memory of this process in MiB."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def in_process(module: str, *arguments: str) -> dict[str, Any]:
    """Run ``python -m module arguments`` and read the JSON on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, capture_output=True, text=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result
