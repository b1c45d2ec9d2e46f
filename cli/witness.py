"""``witness``: cosign the checkpoints of logs one trusts, over HTTP or by hand."""

from pathlib import Path
from typing import Annotated

import typer

from cli.office import console, emit, fail
from cli.options import Output
from ledger.application import utc_now
from ledger.audit.keyring import WillNotSignError, make_folder, make_key, put_file, read_key
from ledger.audit.notes import BadKeyError, Signer
from ledger.audit.witness import (
    KEY_FILE,
    LOGS_FILE,
    VERIFIER_FILE,
    WillNotCosignError,
    Witness,
    WitnessState,
    read_logs,
)
from ledger.settings import Settings

app = typer.Typer(help="共签人：见证他人的透明日志只增不改。", no_args_is_help=True)


@app.command()
def init(
    name: Annotated[str, typer.Argument(help="共签人的名称，如 witness.example/w1")],
    log: Annotated[
        list[Path] | None, typer.Option("--log", help="所信任日志的公钥文件（log.vkey），可多次")
    ] = None,
) -> None:
    """Make a witness's key and its file of trusted logs, and print its public key."""
    folder = Settings().witness_dir
    if "+" in name or not name or any(each.isspace() for each in name):
        raise fail("名称不能为空，不能含空白或加号")
    make_folder(folder)
    logs = folder / LOGS_FILE
    held = logs.read_text(encoding="utf-8") if logs.exists() else ""
    added = "".join(path.read_text(encoding="utf-8").rstrip("\n") + "\n" for path in log or ())
    read_logs(held + added)
    make_key(folder / KEY_FILE, name)
    signer = _signer(folder, name)
    put_file(folder / VERIFIER_FILE, f"{signer.cosigner}\n")
    put_file(logs, held + added)
    WitnessState(folder)
    console.print(f"共签人 {name}，信任 {len(read_logs(held + added))} 个日志（{logs}）")
    emit(f"{signer.cosigner}\n".encode(), None)


def _signer(folder: Path, name: str | None = None) -> Signer:
    try:
        return read_key(folder / KEY_FILE, name)
    except FileNotFoundError:
        raise fail(f"{folder} 中没有共签人：先运行 witness init") from None
    except WillNotSignError as error:
        raise fail(f"{folder / KEY_FILE} 不可用：{error}") from None


def _witness() -> Witness:
    folder = Settings().witness_dir
    signer = _signer(folder)
    try:
        logs = read_logs((folder / LOGS_FILE).read_text(encoding="utf-8"))
    except (BadKeyError, UnicodeDecodeError) as error:
        raise fail(f"{folder / LOGS_FILE} 不可用：{error}") from None
    return Witness(signer, logs, WitnessState(folder), utc_now)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=0, max=65535)] = 8090,
) -> None:
    """Cosign over HTTP (C2SP tlog-witness), for this machine alone unless --host says otherwise."""
    import uvicorn

    from api.witness import witness_app

    uvicorn.run(witness_app(_witness()), host=host, port=port, log_level="info")


@app.command()
def cosign(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="log witness-request 的输出")],
    output: Output = None,
) -> None:
    """Cosign a request carried here by hand; print the signature lines. Exit 1 if it will not."""
    try:
        answer = _witness().add_checkpoint(file.read_bytes())
    except WillNotCosignError as error:
        known = "" if error.size is None else f"；请以 --old {error.size} 重新出具请求"
        raise fail(f"不予共签（{error.code}）：{error}{known}", 1) from None
    emit(answer, output)
