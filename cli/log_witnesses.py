"""``log witness-request`` and ``log add-cosignature``: witnesses without a network, by hand."""

from pathlib import Path
from typing import Annotated

import typer

from cli.logs import NOT_WITNESSED, Log, newest, open_log
from cli.office import console, emit, fail
from cli.options import Output
from ledger.audit.add_checkpoint import read_cosignatures
from ledger.audit.cosigning import NotAnsweredError, last_cosigned, request_for
from ledger.audit.notes import NoteError, Verifier
from ledger.audit.published import Trust


def witness_request(
    witness: Annotated[str | None, typer.Argument(help="策略中共签人的名称")] = None,
    old: Annotated[
        int | None, typer.Option("--old", min=0, help="该共签人上次共签的项数；不写则按已有共签")
    ] = None,
    output: Output = None,
    twin: Annotated[bool, typer.Option("--twin", help="第二棵树（SM3）")] = False,
) -> None:
    """Print the request to cosign the newest checkpoint, to be carried to a witness."""
    log = open_log(twin=twin)
    _, note = newest(log)
    if old is None:
        old = last_cosigned(log.store, _witness(log.trust(), witness)) if witness else 0
    try:
        emit(bytes(request_for(log.store, note, old)), output)
    except NotAnsweredError as error:
        raise fail(str(error), 1) from None


def _witness(trust: Trust, name: str) -> Verifier:
    found = trust.witnesses.get(name.encode())
    if found is None:
        raise fail(f"策略（LEDGER_LOG_POLICY）中没有共签人 {name}")
    return found


def add_cosignature(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="共签人交回的签名行")],
    twin: Annotated[bool, typer.Option("--twin", help="第二棵树（SM3）")] = False,
) -> None:
    """Add cosignatures that a witness gave to the checkpoint they are for.

    Exit 1 where one does not hold, 3 where the newest checkpoint lacks its quorum still.
    """
    log = open_log(twin=twin)
    if log.policy is None:
        raise fail("没有策略：设 LEDGER_LOG_POLICY")
    trust = log.trust()
    try:
        signatures = read_cosignatures(file.read_bytes())
    except NoteError as error:
        raise fail(f"{file} 不是签名行：{error}") from None
    refused = False
    for signature, size in log.cosigning(trust).add(signatures):
        refused = refused or size is None
        if size is None:
            console.print(f"[red]{signature.name} 的共签不属于任何检查点，或不成立[/red]")
        else:
            console.print(f"{signature.name} 的共签已加入 {size} 项的检查点")
    if refused:
        raise typer.Exit(1)
    _say_quorum(log)


def _say_quorum(log: Log) -> None:
    found, _ = newest(log)
    if not log.trust().is_met(found):
        console.print("[yellow]最新检查点的共签尚未达法定数[/yellow]")
        raise typer.Exit(NOT_WITNESSED)
    console.print("最新检查点的共签已达法定数")
