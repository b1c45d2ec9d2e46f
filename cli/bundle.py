"""``bundle``: take the log away as files, and verify such files."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli.logs import exported
from cli.office import Office, console, fail, open_office, progress_bar
from domain.streams import Kind, stream_name
from ledger.audit.bundle import NotEmptyError, export_bundle
from ledger.audit.sequencer import LogDamagedError
from ledger.audit.statements import KeptStatement, StatementStore
from ledger.audit.verifier.main import run as verify_bundle

app = typer.Typer(help="审计包：导出日志为文件，离线核验。", no_args_is_help=True)


@app.command()
def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="空的文件夹")]) -> None:
    """Export the log at its newest checkpoint, with statements and verify.py."""
    office = open_office()
    size = export_office(office, folder)
    console.print(f"已导出 {size} 条至 {folder}；核验：python3 -I -S verify.py {folder} --policy …")


def export_office(office: Office, folder: Path) -> int:
    """Export an office's bundle; returns how many entries it holds."""
    newest = exported(office)
    with progress_bar("导出条目", newest.checkpoint.size) as advance:
        try:
            logged = list(logged_statements(office, newest.checkpoint.size))
            return export_bundle(office.log, newest, logged, folder, advance)
        except NotEmptyError:
            raise fail(f"{folder} 不是空的") from None
        except (KeyError, LogDamagedError) as error:
            raise fail(f"日志已损坏，不能导出：{error}；见 log verify --deep", 1) from None


def logged_statements(office: Office, size: int) -> Iterator[tuple[int, KeptStatement]]:
    """Each kept statement with the leaf of the event that logs it, within the checkpoint."""
    kept = {each.sha256: each for each in StatementStore(office.ledger).all()}
    office.catch_up()
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT number, manifest_sha256 FROM statements").all()
    for row in rows:
        entries = office.ledger.history(stream_name(Kind.STATEMENT, row.number))
        leaf = office.log.index_of(entries[0].position)
        if leaf is not None and leaf < size and row.manifest_sha256 in kept:
            yield leaf, kept[row.manifest_sha256]


@app.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "help_option_names": [],
    }
)
def verify(context: typer.Context) -> None:
    """Verify a bundle as verify.py does. Exit 0 proven, 1 findings, 2 could not check."""
    sys.exit(verify_bundle(context.args))
