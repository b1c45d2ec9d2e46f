"""``log verify``: the published checkpoints and, if asked, every event, against the tree."""

from typing import Annotated

import typer
from rich.table import Table

from cli.logs import Log, open_log
from cli.office import console, fail, progress_bar
from ledger.audit.examine import examine_entries, examine_places
from ledger.audit.examine_checkpoints import Examined, Finding

#: Findings shown; the rest are counted.
SHOWN = 50


def verify(
    deep: Annotated[bool, typer.Option("--deep", help="重新计算每个事件的散列")] = False,
    twin: Annotated[bool, typer.Option("--twin", help="第二棵树（SM3）")] = False,
) -> None:
    """Verify checkpoints against the tree, with --deep every event. Exit 1 on a finding."""
    log = open_log(twin=twin)
    examined = log.examined()
    findings = [*examined.findings, *_unpublished(log, examined)]
    if deep:
        with progress_bar("核验事件", log.store.state().size) as advance:
            findings += examine_entries(log.store, advance, examined.brackets)
            findings += examine_places(log.store)
    if findings:
        _show(findings)
        raise typer.Exit(1)
    if not examined.good:
        raise fail("还没有检查点：先运行 log checkpoint")
    _say(log, examined, deep=deep)


def _unpublished(log: Log, examined: Examined) -> list[Finding]:
    """The signer remembers a checkpoint that the log no longer has."""
    last = log.signed.last()
    if last is None or any(each.checkpoint.size == last.size for each in examined.good):
        return []
    detail = f"签过 {last.size} 项的检查点，日志中没有"
    return [Finding("checkpoint_missing", None, detail)]


def _show(findings: list[Finding]) -> None:
    table = Table(title=f"发现 {len(findings)} 处")
    for heading in ("代码", "位置", "说明"):
        table.add_column(heading)
    for finding in findings[:SHOWN]:
        position = "" if finding.position is None else str(finding.position)
        table.add_row(finding.code, position, finding.detail)
    console.print(table)


def _say(log: Log, examined: Examined, *, deep: bool) -> None:
    """What was verified, and what lies beyond it."""
    good, trust = examined.good, examined.trust
    newest, size = good[-1].checkpoint, log.store.state().size
    console.print(f"{len(good)} 个检查点均由本日志签名并与树相符，最新为 {newest.size} 项。")
    if trust.policy.quorum != b"none":
        console.print(f"其中 {sum(map(trust.is_met, good))} 个达到法定共签数。")
    if deep:
        console.print(f"{size} 个事件逐一重算，与日志相符。")
    unsigned = log.office.ledger.head() - newest.size
    if unsigned > 0:
        console.print(f"[yellow]其后约 {unsigned} 个事件尚未签入检查点。[/yellow]")
