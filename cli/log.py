"""``log``: the transparency log of this ledger: sign, verify, prove."""

from contextlib import suppress
from typing import Annotated

import typer
from rich.table import Table

from cli.office import Office, console, emit, fail, open_office, progress_bar
from ledger.audit.bundle import Published
from ledger.audit.checkpoints import Checkpoint, verified_checkpoint
from ledger.audit.examine import (
    Finding,
    examine_checkpoints,
    examine_entries,
    examine_places,
)
from ledger.audit.merkle import ProofError
from ledger.audit.notes import BadKeyError, NoteError, Verifier, read_verifier
from ledger.audit.proofs import encoded, tlog_proof
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import (
    VERIFIER_FILE,
    SignedState,
    WillNotSignError,
    open_signer,
    sign_checkpoint,
)

app = typer.Typer(help="透明日志：签发检查点、核验、出具证明。", no_args_is_help=True)

#: Findings shown; the rest are counted.
SHOWN = 50


@app.command()
def checkpoint() -> None:
    """Sequence what is new, sign the tree, and print the checkpoint. Exit 1 if it will not sign."""
    emit(sign(open_office()), None)


def sign(office: Office) -> bytes:
    """Sign the tree as it is now, and publish the checkpoint; its note."""
    store, settings = office.log, office.settings
    behind = office.ledger.head() - store.state().position
    try:
        signer = open_signer(settings.keys_dir, settings.log_origin)
        signed = SignedState(settings.keys_dir, settings.log_origin)
        with progress_bar("写入日志", behind) as advance:
            return sign_checkpoint(store, signer, signed, advance)
    except WillNotSignError as error:
        raise fail(f"不予签名（{error.code}）：{error}", 1) from None


@app.command()
def verify(
    deep: Annotated[bool, typer.Option("--deep", help="重新计算每个事件的散列")] = False,
) -> None:
    """Verify checkpoints against the tree, with --deep every event. Exit 1 on a finding."""
    office = open_office()
    store = office.log
    good, findings = examine_checkpoints(store, office.settings.log_origin, [_verifier(office)])
    findings += _unpublished(office, good)
    if deep:
        with progress_bar("核验事件", store.state().size) as advance:
            findings += [*examine_entries(store, advance), *examine_places(store)]
    if findings:
        _show(findings)
        raise typer.Exit(1)
    if not good:
        raise fail("还没有检查点：先运行 log checkpoint")
    newest, size = good[-1], store.state().size
    console.print(f"{len(good)} 个检查点均由本日志签名并与树相符，最新为 {newest.size} 项。")
    if deep:
        console.print(f"{size} 个事件逐一重算，与日志相符。")
    unsigned = office.ledger.head() - newest.size
    if unsigned > 0:
        console.print(f"[yellow]其后约 {unsigned} 个事件尚未签入检查点。[/yellow]")


def _unpublished(office: Office, good: list[Checkpoint]) -> list[Finding]:
    """The signer remembers a checkpoint that the log no longer has."""
    last = SignedState(office.settings.keys_dir, office.settings.log_origin).last()
    if last is None or any(each.size == last[0] for each in good):
        return []
    return [Finding("checkpoint_missing", None, f"签过 {last[0]} 项的检查点，日志中没有")]


def _show(findings: list[Finding]) -> None:
    table = Table(title=f"发现 {len(findings)} 处")
    for heading in ("代码", "位置", "说明"):
        table.add_column(heading)
    for finding in findings[:SHOWN]:
        position = "" if finding.position is None else str(finding.position)
        table.add_row(finding.code, position, finding.detail)
    console.print(table)


@app.command()
def prove(position: Annotated[int, typer.Argument(help="事件在台账中的位置")]) -> None:
    """Print a proof (C2SP tlog-proof) that the event at a position is in the signed log."""
    office = open_office()
    store = office.log
    newest, note = _newest(office, store)
    index = store.index_of(position)
    if index is None or index >= newest.size:
        raise fail(f"位置 {position} 的事件不在最新检查点之内", 1)
    try:
        hashes = store.tree().inclusion(index, newest.size)
    except (ProofError, KeyError) as error:
        raise fail(f"不能出具证明：{error}", 1) from None
    emit(tlog_proof(index, hashes, note), None)


@app.command()
def consistency(
    first: Annotated[int, typer.Argument(help="较早的项数")],
    second: Annotated[int, typer.Argument(help="较晚的项数")],
) -> None:
    """Print the proof that the tree of FIRST leaves is a prefix of that of SECOND."""
    store = open_office().log
    try:
        hashes = store.tree().consistency(first, second)
    except (ProofError, KeyError) as error:
        raise fail(f"不能出具证明：{error}") from None
    emit("".join(f"{encoded(each)}\n" for each in hashes).encode(), None)


def _verifier(office: Office) -> Verifier:
    path = office.settings.keys_dir / VERIFIER_FILE
    try:
        return read_verifier(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        raise fail(f"没有公钥 {path}：先运行 log checkpoint") from None
    except BadKeyError as error:
        raise fail(f"公钥 {path} 不可用：{error}") from None


def published(office: Office) -> Published:
    """The newest checkpoint that lies on the tree, and every note before, by its size."""
    checkpoint, note = _newest(office, office.log)
    known = [_verifier(office)]
    history = {}
    for each in office.log.checkpoints():
        with suppress(NoteError):
            earlier, _ = verified_checkpoint(each, office.settings.log_origin, known)
            history[str(earlier.size)] = each
    return Published(checkpoint, note, tuple(history.items()))


def _newest(office: Office, store: LogStore) -> tuple[Checkpoint, bytes]:
    """The newest checkpoint that is signed and lies on the tree, and its note."""
    known = [_verifier(office)]
    good, _ = examine_checkpoints(store, office.settings.log_origin, known)
    if not good:
        raise fail("没有可用的检查点：先运行 log checkpoint")
    for note in reversed(store.checkpoints()):
        with suppress(NoteError):
            if verified_checkpoint(note, office.settings.log_origin, known)[0] == good[-1]:
                return good[-1], note
    raise fail("没有可用的检查点：先运行 log checkpoint")
