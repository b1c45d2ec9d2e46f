"""``log``: the transparency log of this ledger: sign, verify, prove, change its key."""

from typing import Annotated

import typer

from cli.log_verify import verify
from cli.log_witnesses import add_cosignature, witness_request
from cli.logs import NOT_WITNESSED, Log, newest, open_log, sign
from cli.office import console, emit, fail, open_office
from domain.streams import derived_id
from ledger.audit.key_changes import BadKeyChangeError, KeyChange, changes_of_key, make_change
from ledger.audit.keyring import VERIFIER_FILE, WillNotSignError
from ledger.audit.merkle import ProofError
from ledger.audit.proofs import encoded, tlog_proof
from ledger.envelope import Circumstances

app = typer.Typer(
    help="透明日志：签发检查点、核验、出具证明、共签、更换密钥。", no_args_is_help=True
)
app.command()(verify)
app.command()(witness_request)
app.command()(add_cosignature)

Twin = Annotated[bool, typer.Option("--twin", help="第二棵树（SM3）")]


@app.command()
def checkpoint(twin: Twin = False) -> None:
    """Sequence what is new, sign the tree, ask the witnesses, and print the checkpoint.

    Exit 1 if it will not sign, 3 if it signed and the quorum of witnesses is not met.
    """
    outcome = sign(open_log(twin=twin))
    emit(outcome.note.data, None)
    if not outcome.met:
        raise typer.Exit(NOT_WITNESSED)


@app.command()
def change_key(twin: Twin = False) -> None:
    """Change to a new signing key, by an event that the old and the new key sign."""
    log = open_log(twin=twin)
    keyring = log.keyring()
    coming, before = keyring.coming, _changes(log)
    sign(log)  # what is left of a change that was cut off comes into force here
    finished = coming is not None and any(each.new == coming.verifier for each in before)
    if finished or (changed := _changes(log)) != before:
        console.print("先前中断的换钥已完成")
    else:
        try:
            act = make_change(keyring, changed, log.office.ledger.today())
        except WillNotSignError as error:
            raise fail(f"不予签名（{error.code}）：{error}", 1) from None
        made = derived_id(f"log key {act.number} {act.new_vkey}")
        told = Circumstances(log.office.settings.actor, made, made, log.office.ledger.today())
        log.office.ledger.execute(act, told)
        sign(log)
    console.print("把新的公钥告诉审计员和共签人；旧的公钥请他们留存，以核验换钥之前的检查点。")
    emit((log.folder / VERIFIER_FILE).read_bytes(), None)


def _changes(log: Log) -> list[KeyChange]:
    try:
        return list(changes_of_key(log.store, log.origin))
    except BadKeyChangeError as error:
        raise fail(f"不予签名（key_change_bad）：位置 {error.position}：{error}", 1) from None


@app.command()
def prove(position: Annotated[int, typer.Argument(help="事件在台账中的位置")]) -> None:
    """Print a proof (C2SP tlog-proof) that the event at a position is in the signed log."""
    log = Log(open_office())
    found, note = newest(log)
    size = found.checkpoint.size
    index = log.store.index_of(position)
    if index is None or index >= size:
        raise fail(f"位置 {position} 的事件不在最新检查点之内", 1)
    try:
        hashes = log.store.tree().inclusion(index, size)
    except (ProofError, KeyError) as error:
        raise fail(f"不能出具证明：{error}", 1) from None
    emit(tlog_proof(index, hashes, note.data), None)


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
