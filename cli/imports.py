"""``import``: registers in."""

from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.table import Table

from cli.office import Office, console, fail, open_office, progress_bar
from consumers.registers.importer import Importer, Summary
from consumers.registers.problems import problems_file, write_problems
from consumers.registers.sources import NoRegistersError, Source, open_source

#: How many refused rows are shown on the screen; all are in the CSV.
SHOWN = 20


def import_registers(
    path: Annotated[Path, typer.Argument(help="CSV 文件夹或 .xlsx 工作簿")],
    strict: Annotated[bool, typer.Option("--strict", help="有一行不合格则全部不导入")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """Import registers (台账). Exit 0 all in, 1 some rows refused, 2 could not run."""
    try:
        source = open_source(path)
    except NoRegistersError as error:
        raise fail(str(error)) from None
    office = open_office()
    summary = carry_out(office, source, strict=strict, dry_run=dry_run)
    show(summary, dry_run=dry_run)
    list_problems(summary, path)
    if not dry_run:
        _catch_up(office)
    if summary.problems:
        raise typer.Exit(1)


def _catch_up(office: Office) -> None:
    try:
        office.catch_up()
    except Exception:
        console.print("[yellow]事件已写入台账，读模型未能更新；下次命令会再更新。[/yellow]")
        raise


def carry_out(
    office: Office, source: Source, *, strict: bool = False, dry_run: bool = False
) -> Summary:
    """Import a source with a progress bar."""
    rows = sum(sheet.rows for sheet in source.sheets())
    with progress_bar("导入台账", rows) as advance:
        importer = Importer(
            office.ledger,
            source,
            actor=office.settings.actor,
            correlation_id=str(uuid4()),
            strict=strict,
            dry_run=dry_run,
            progress=advance,
        )
        return importer.run()


def show(summary: Summary, *, dry_run: bool) -> None:
    """Print what became of each register's rows."""
    table = Table(title="导入结果（行）" if not dry_run else "检查结果（行），未写入")
    table.add_column("台账")
    for heading in ("行数", "新增", "补充", "未变", "拒绝", "事件"):
        table.add_column(heading, justify="right")
    for each in summary.tallies:
        counts = (each.rows, each.added, each.completed, each.unchanged, each.refused, each.events)
        table.add_row(each.register, *map(str, counts))
    console.print(table)
    for notice in summary.notices:
        console.print(f"[yellow]{notice}[/yellow]")
    if dry_run:
        console.print("检查完毕，台账未变。")
    elif not summary.kept:
        console.print("[red]有行被拒绝，按 --strict 全部未导入。[/red]")
    elif not summary.events and not summary.problems:
        console.print("台账已含这些内容，没有变化。")


def list_problems(summary: Summary, path: Path) -> None:
    """Print refused rows and list them all in a CSV beside the input; none leaves none."""
    target = problems_file(path)
    if not summary.problems:
        target.unlink(missing_ok=True)  # an earlier run's list, no longer true
        return
    table = Table(title=f"问题 {len(summary.problems)} 处")
    for heading in ("台账", "行", "列", "值", "原因"):
        table.add_column(heading)
    for each in summary.problems[:SHOWN]:
        table.add_row(each.register, str(each.row), each.column, each.value, each.reason)
    console.print(table)
    try:
        write_problems(target, summary.problems)
    except OSError as error:
        console.print(f"[red]问题清单未能写入 {target}：{error.strerror}[/red]")
    else:
        console.print(f"全部问题列于 {target}")
