"""``dead-letters``: messages of other systems that could not be taken in."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from cli.office import Office, console, emit, fail, open_office
from cli.tables import rendered
from consumers.inbound.letters import (
    ContentNotKeptError,
    DeadLetter,
    DeadLetters,
    NoSuchLetterError,
    Settled,
    State,
)
from ledger.settings import OFFICE_TIME

app = typer.Typer(
    help="未能接收的消息：查看、重试、作废；每次处理都须写明理由。", no_args_is_help=True
)
_STATES = {
    State.DEAD: "待处理",
    State.PARKED: "排在其后",
    State.TAKEN: "已接收",
    State.DISCARDED: "已作废",
}
_OUTCOMES = {state.value: said for state, said in _STATES.items()}
_ACTS = {"retry": "重试", "discard": "作废"}

Number = Annotated[int, typer.Argument(help="编号，见 list")]
Why = Annotated[str, typer.Option("--why", help="理由")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只试，不写入")]


@app.command("list")
def list_letters(
    after: Annotated[int, typer.Option(help="该编号之后", min=0)] = 0,
    limit: Annotated[int, typer.Option(help="至多几件", min=1, max=10_000)] = 100,
) -> None:
    """List those that wait, by number."""
    found = DeadLetters(open_office().ledger).waiting(after, limit)
    table = Table(title=f"待处理消息 {len(found)} 件")
    for heading in ("编号", "状态", "主题", "键", "代码", "原因", "次数", "最初"):
        table.add_column(heading)
    for each in found:
        state, first = _STATES[each.state], _local(each.first_at)
        row = (each.number, state, each.topic, each.key or "", each.code, each.reason)
        table.add_row(*map(str, row), str(each.attempts), first)
    emit(rendered([table], None), None)


@app.command()
def show(
    number: Number,
    value: Annotated[bool, typer.Option("--value", help="连同内容（含个人信息）")] = False,
) -> None:
    """Show one, and what was done with it; its content only where that is asked for."""
    letters = DeadLetters(open_office().ledger)
    try:
        letter = letters.letter(number)
    except NoSuchLetterError:
        raise fail(f"没有编号为 {number} 的消息") from None
    table = Table(title=f"消息 {number}", show_header=False)
    for name, said in _told(letter):
        table.add_row(name, said)
    done = Table(title="处理经过")
    for heading in ("时间", "处理人", "处理", "理由", "结果"):
        done.add_column(heading)
    for at, who, act, why, outcome in letters.acts(number):
        done.add_row(_local(at), who, _ACTS[act], why, _OUTCOMES.get(outcome, outcome))
    emit(rendered([table, done] if done.row_count else [table], None), None)
    if value:
        kept = letter.message.value
        emit(b"" if kept is None else kept + b"\n", None)


@app.command()
def retry(number: Number, why: Why, dry_run: DryRun = False) -> None:
    """Try one again, then those parked behind it. Exit 1 where it still cannot be taken in."""
    settled = _settled(DeadLetters.retry, number, why, dry_run=dry_run)
    if settled.fault is not None:
        fault = settled.fault
        console.print(f"仍未能接收：{fault.reason}（{fault.code}）", markup=False)
        raise typer.Exit(1)


@app.command()
def discard(number: Number, why: Why, dry_run: DryRun = False) -> None:
    """Give one up, then try those parked behind it."""
    _settled(DeadLetters.discard, number, why, dry_run=dry_run)


def _settled(act: Callable[..., Settled], number: int, why: str, *, dry_run: bool) -> Settled:
    """What came of an act on a letter, told."""
    office = open_office()
    try:
        settled = act(
            DeadLetters(office.ledger), number, office.settings.actor, why, dry_run=dry_run
        )
    except NoSuchLetterError:
        raise fail(f"没有编号为 {number} 的待处理消息") from None
    except ContentNotKeptError:
        raise fail(f"消息 {number} 的内容依规定未留存，只能作废") from None
    _say(office, settled, dry_run=dry_run)
    return settled


def _say(office: Office, settled: Settled, *, dry_run: bool) -> None:
    if not dry_run:
        office.catch_up()
    end = "（试运行，未写入）" if dry_run else ""
    console.print(f"随后接收 {settled.followed} 件，仍在等待 {settled.waiting} 件{end}")


def _local(at: str) -> str:
    """An instant as the office's clock shows it."""
    return datetime.fromisoformat(at).astimezone(OFFICE_TIME).strftime("%Y-%m-%d %H:%M:%S")


def _told(letter: DeadLetter) -> list[tuple[str, str]]:
    return [
        ("状态", _STATES[letter.state]),
        ("来自", f"{letter.topic}，分区 {letter.partition}，位移 {letter.offset}"),
        ("键", letter.key or ""),
        ("代码", letter.code),
        ("字段", letter.field),
        ("原因", letter.reason),
        ("次数", str(letter.attempts)),
        ("最初", _local(letter.first_at)),
        ("最近", _local(letter.last_at)),
        ("内容", "依规定未留存" if letter.message.value is None else "已留存"),
    ]
