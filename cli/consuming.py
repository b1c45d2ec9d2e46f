"""``consume``, ``resume`` and ``alive``: messages of other systems, taken in while it runs."""

import logging
import signal
import socket
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.office import Office, console, fail, open_office
from consumers.clients import NoBrokerError, client_settings
from consumers.contracts.registry import CONTRACTS
from consumers.inbound.alarm import TITLES, AlarmError
from consumers.inbound.lags import dead_letters, lags
from consumers.standing import Lag, seconds_since, states
from ledger.application import utc_now
from ledger.leadership import open_leadership
from ledger.liveness import Pulse
from ledger.settings import Settings

#: Exit code where a person is needed: starting it again would not help.
ALARM = 3
#: Beyond what a round may wait for the write lock it takes so long at most.
PATIENCE_SECONDS = 30
#: The worker's name among the consumers of the ledger, and the name of its sign of life.
CONSUME = "consume"
_STATES = {"running": "运行", "waiting": "等待", "stopped": "已停止", "alarm": "告警"}


def consume(
    group: Annotated[
        str | None, typer.Option("--group", metavar="G", help="作为消费组成员，分担各分区")
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", metavar="M", help="组内成员名；不写为主机名")
    ] = None,
) -> None:
    """Take in messages until SIGTERM or SIGINT. Exit 3 on an alarm, 2 where it does not start."""
    from api import logs

    settings = Settings()
    connection = _connection(settings)
    logs.configure()
    logging.getLogger("kafka.cluster").setLevel(logging.WARNING)  # it tells of every look around
    office = open_office()
    worker = _worker(office, connection, group, member or socket.gethostname())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    try:
        worker.run()
    except AlarmError as error:
        raise fail(f"已停止接收：{TITLES[error.code]}（{error.detail}）", ALARM) from None
    finally:
        office.close()


def resume(
    topic: Annotated[str, typer.Argument(help="主题")],
    why: Annotated[str, typer.Option("--why", help="理由")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看，不写入")] = False,
) -> None:
    """After an alarm, read a topic on from its first message: made anew, cleared or cut short."""
    from consumers.inbound.resuming import NoSuchTopicError
    from consumers.inbound.resuming import resume as read_on

    settings = Settings()
    connection, office = _connection(settings), open_office()
    try:
        moved = read_on(office.ledger, connection, topic, settings.actor, why, dry_run=dry_run)
    except NoSuchTopicError:
        raise fail(f"没有主题 {topic}") from None
    end = "（试运行，未写入）" if dry_run else ""
    for each in moved:
        console.print(f"分区 {each.partition}：{each.left_offset} → {each.next_offset}{end}")
    if not moved:
        console.print("各分区都能从原位置继续，未作改动")


def alive(
    name: Annotated[str, typer.Argument(help="进程，如 consume")] = CONSUME,
    within: Annotated[
        int | None,
        typer.Option(
            "--within", metavar="N", min=1, help="多少秒内有动静；不写为等锁的时限再加半分钟"
        ),
    ] = None,
) -> None:
    """Tell whether a process of long life gets on. Exit 1 where it does not."""
    settings = Settings()
    age = Pulse(settings.alive_dir, name).age(utc_now())
    if age is None:
        raise fail(f"没有 {name} 的动静", 1)
    console.print(f"{name}：{age:.0f} 秒前有动静")
    if age > (settings.lock_timeout_seconds + PATIENCE_SECONDS if within is None else within):
        raise typer.Exit(1)


def tell_consumers(office: Office) -> None:
    """Print how consumers stand, where there are any."""
    found = lags(office.ledger)
    if not found:
        return
    waiting = dead_letters(office.ledger)
    table = Table(title=f"待处理消息 {waiting['dead']} 件，排在其后 {waiting['parked']} 件")
    table.add_column("主题/分区")
    for heading in ("位置", "落后", "最近得知（秒前）"):
        table.add_column(heading, justify="right")
    for lag in found:
        table.add_row(lag.name, str(lag.position), *_seen(office, lag))
    console.print(table)


def tell_states(office: Office) -> None:
    """Print what consumers and the publisher last said of themselves."""
    for each in states(office.ledger):
        reason = f"：{TITLES.get(each.code, each.code)} {each.detail}" if each.code else ""
        style = "bold red" if each.state == "alarm" else None
        said = f"{each.name} {_STATES[each.state]}{reason}（{each.at}）"
        console.print(said, style=style, markup=False, soft_wrap=True)


def _seen(office: Office, lag: Lag) -> tuple[str, str]:
    if lag.behind is None or lag.seen_at is None:
        return "?", "?"
    return str(lag.behind), f"{seconds_since(lag.seen_at, office.clock()):.0f}"


def _connection(settings: Settings) -> dict[str, Any]:
    try:
        return client_settings(settings)
    except NoBrokerError:
        raise fail("没有消息服务器：请设 LEDGER_KAFKA_BOOTSTRAP") from None


def _worker(office: Office, connection: dict[str, Any], group: str | None, member: str) -> Any:
    """One that leads alone, or a member of a group."""
    from consumers.inbound.intake import Inbound
    from consumers.inbound.letter_publisher import LetterPublisher
    from consumers.inbound.reader import Membership, Reader
    from consumers.inbound.worker import Worker

    settings, inbound = office.settings, Inbound(office.ledger)
    topics = sorted({each.topic for each in CONTRACTS})
    patience = settings.lock_timeout_seconds + PATIENCE_SECONDS
    session = settings.consume_session_seconds
    membership = None if group is None else Membership(group, member, session, patience)
    letters = open_leadership(settings, "dead-letters")
    return Worker(
        CONSUME if group is None else f"{CONSUME}/{member}",
        office.ledger,
        inbound,
        lambda: Reader(inbound, topics, connection, membership, settings.consume_batch),
        Pulse(settings.alive_dir, CONSUME),
        open_leadership(settings, CONSUME) if group is None else None,
        LetterPublisher(office.ledger, connection, settings.kafka_name, letters),
    )
