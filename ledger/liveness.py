"""Whether a process of long life still gets on: a file that it touches in each of its rounds.

What waits for a network without a limit, or is frozen, touches nothing: whoever supervises it
looks at the file's age and starts it anew.
"""

from datetime import datetime
from pathlib import Path


class Pulse:
    """The sign of life of one process; nothing is in the file."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name

    def beat(self) -> None:
        """Show that the process gets on."""
        try:
            self._path.touch()
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch()

    def age(self, now: datetime) -> float | None:
        """Seconds since the last beat; None where there was never one."""
        try:
            return now.timestamp() - self._path.stat().st_mtime
        except FileNotFoundError:
            return None

    def end(self) -> None:
        """Take the sign away: the process ends as it should."""
        self._path.unlink(missing_ok=True)
