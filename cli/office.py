"""The office as the command line opens it, and how a command speaks and ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ledger.audit.merkle import tree_hash
from ledger.settings import Settings
from projections import office
from projections.cuts import Cut, Period

#: What the command line says to a person; documents go to standard output.
console = Console(stderr=True, highlight=False)


class Office(office.Office):
    """The office as the command line uses it, with progress bars."""

    def catch_up(self) -> None:
        """Bring the log and the read models up to the head."""
        head = self.ledger.head()
        with progress_bar("写入透明日志", head - self.log.state().position) as advance:
            self.follow(advance)
        with progress_bar("更新读模型", head - min(self.runner.positions().values())) as advance:
            self.catch_up_models(advance)


def open_office() -> Office:
    """The office that the environment configures."""
    settings = Settings()
    if settings.log_sm3:
        tree_hash("sm3")  # refuses here, where OpenSSL has none, and not half-way
    return Office(settings)


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Any]:
    """A progress bar on standard error; calls say how many items more are done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.advance(task, done)


def fail(reason: str, code: int = 2) -> typer.Exit:
    """Say why a command could not run; raise what this returns."""
    console.print(f"[red]{reason}[/red]", soft_wrap=True)
    return typer.Exit(code)


def read_day(text: str, name: str) -> date:
    """A date option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fail(f"{name} 应为日期，如 2020-12-31") from None


def read_period(first: str, last: str) -> Period:
    """The period of ``--from`` and ``--to``."""
    try:
        return Period(read_day(first, "--from"), read_day(last, "--to"))
    except ValueError:
        raise fail("--to 早于 --from") from None


def read_options(as_of: str | None, at_position: int | None) -> Cut:
    """The cut-off of ``--as-of`` or ``--at-position``."""
    try:
        return Cut(read_day(as_of, "--as-of") if as_of else None, at_position)
    except ValueError:
        raise fail("--as-of 与 --at-position 只能用一个") from None


def read_moment(office: Office, as_of: str | None, at_position: int | None) -> tuple[Cut, date]:
    """The cut-off of the options, and the day by which what is due then is judged.

    At a position that is the day on which its event was recorded, so that it never changes.
    """
    cut, today = read_options(as_of, at_position), office.ledger.today()
    if cut.at_position is not None:
        return cut, office.ledger.recorded_on(cut.at_position) or today
    return cut, cut.as_of or today


def emit(document: bytes, output: str | None) -> None:
    """Write a document to a file or to standard output."""
    if output is None:
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
        return
    with open(output, "wb") as file:  # noqa: PTH123 -- a path as the user typed it
        file.write(document)
    console.print(f"已写入 {output}")
