"""``publish``: the facts of this ledger told to other systems while it runs."""

import logging
import signal
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.consuming import ALARM
from cli.office import Office, console, emit, fail, open_office
from cli.tables import rendered
from consumers.clients import NoBrokerError, client_settings
from consumers.inbound.alarm import TITLES, AlarmError
from consumers.outbound.lags import lags
from consumers.outbound.places import NAME, BeyondHeadError, Places
from consumers.standing import seconds_since
from ledger.leadership import open_leadership
from ledger.liveness import Pulse
from ledger.settings import Settings

app = typer.Typer(help="对外发布台账的事实；不写子命令则一直运行。", invoke_without_command=True)
#: Exit code where it is to be started anew.
AGAIN = 1


@app.callback()
def publish(context: typer.Context) -> None:
    """Publish facts to Kafka until SIGTERM or SIGINT.

    Exit 1 where it is to be started anew, 3 on an alarm, 2 where it does not start.
    """
    if context.invoked_subcommand is not None:
        return
    from api import logs

    settings = Settings()
    try:
        connection = client_settings(settings)
    except NoBrokerError:
        raise fail("没有消息服务器：请设 LEDGER_KAFKA_BOOTSTRAP") from None
    logs.configure()
    logging.getLogger("kafka.cluster").setLevel(logging.WARNING)  # it tells of every look around
    office = open_office()
    worker = _worker(office, connection)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    try:
        worker.run()
    except AlarmError as error:
        raise fail(f"已停止发布：{TITLES[error.code]}（{error.detail}）", ALARM) from None
    except Exception as error:  # noqa: BLE001 -- told in the log; the next process goes on
        logs.failed("publishing_failed", error)
        raise fail(f"发布中断（{type(error).__name__}），须重新启动", AGAIN) from None
    finally:
        office.close()


@app.command()
def rewind(
    to: Annotated[int, typer.Option("--to", metavar="N", min=0, help="从该位置之后重新发布")],
    why: Annotated[str, typer.Option("--why", help="理由")],
) -> None:
    """Have all after a position published again, under the same ids; a running publisher too."""
    office = open_office()
    try:
        made = Places(office.ledger).go_back(to, office.settings.actor, why)
    except BeyondHeadError:
        raise fail(f"台账没有到位置 {to}") from None
    console.print(f"第 {made.round} 轮：已发布到 {made.left_at}，将从 {to} 之后重新发布")


@app.command("status")
def standing() -> None:
    """Print how far facts are published, and each time that it was made to go back."""
    office = open_office()
    table = Table(title="回退")
    for heading in ("轮次", "时间", "处理人", "理由", "当时位置", "退到位置"):
        table.add_column(heading)
    if lags(office.ledger):
        for each in Places(office.ledger).rewinds():
            table.add_row(*map(str, each))
    tables = [_lag_table(office), *([table] if table.row_count else [])]
    emit(rendered(tables, None), None)


def tell_publisher(office: Office) -> None:
    """Print how far facts are published, where any ever were."""
    if lags(office.ledger):
        console.print(_lag_table(office))


def _lag_table(office: Office) -> Table:
    table = Table(title="对外发布")
    table.add_column("进程")
    for heading in ("位置", "落后", "最近得知（秒前）"):
        table.add_column(heading, justify="right")
    for lag in lags(office.ledger):
        seen = seconds_since(lag.seen_at, office.clock()) if lag.seen_at else 0
        table.add_row(lag.name, str(lag.position), str(lag.behind), f"{seen:.0f}")
    return table


def _worker(office: Office, connection: dict[str, Any]) -> Any:
    from consumers.outbound.publisher import Publisher
    from consumers.outbound.worker import PublishingWorker

    settings = office.settings
    source = f"/{settings.kafka_name}"
    return PublishingWorker(
        NAME,
        office.ledger,
        lambda: Publisher(office.ledger, connection, source),
        Pulse(settings.alive_dir, NAME),
        open_leadership(settings, NAME),
        settings.publish_batch,
    )
