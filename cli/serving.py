"""``serve``: the HTTP API of this office, in one process."""

import errno
import socket
from typing import Annotated

import typer

from cli.office import console, fail, open_office
from ledger.audit.keyring import WillNotSignError
from ledger.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar="H", help="监听的地址；不写为 LEDGER_HTTP_HOST")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="监听的端口；不写为 LEDGER_HTTP_PORT"
        ),
    ] = None,
) -> None:
    """Serve the HTTP API on one port until SIGTERM or SIGINT. Exit 2 where it does not start."""
    from api import logs, server
    from api.identity.issuers import accepts_local, open_verifier
    from api.service import Service

    settings = Settings()
    listening = _listen(host or settings.http_host, settings.http_port if port is None else port)
    loopback = server.is_loopback(listening)
    local = accepts_local(settings, loopback=loopback)
    if not local and settings.oidc_issuer is None:
        raise fail(
            "没有可信的令牌签发方：请设 LEDGER_OIDC_ISSUER，"
            "或以 LEDGER_LOCAL_TOKENS=true 接受本机签发的令牌"
        )
    office = open_office()
    office.catch_up()
    try:
        service = Service(office, open_verifier(settings, loopback=loopback))
    except WillNotSignError as error:
        raise fail(f"令牌密钥不可用：{error}") from None
    address = server.address_of(listening)

    def started() -> None:
        console.print(f"监督台账在 {address}，接口说明 {address}/docs")
        if local:
            console.print("令牌：supervision-ledger token --role ROLE")
        if not loopback:
            console.print("传输未加密：请经由终结 TLS 的反向代理访问")

    logs.configure()
    well = server.run(service, listening, started)
    office.close()
    if not well:
        raise fail("服务未能启动，原因见上")


def _listen(host: str, port: int) -> socket.socket:
    from api.server import listen

    try:
        return listen(host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "端口已被占用" if taken else str(error.strerror)
        raise fail(f"不能在 {host}:{port} 上监听：{reason}") from None
