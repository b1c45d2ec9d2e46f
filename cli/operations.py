"""``status``, ``rebuild`` and ``doctor``: operating the ledger."""

import sqlite3
import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.table import Table

from cli.consuming import tell_consumers, tell_states
from cli.office import Office, console, fail, open_office, progress_bar
from cli.outbound import tell_publisher
from domain.codes.tables import code_tables
from ledger.audit.verifier.policy import PolicyError, read_policy
from ledger.catalogue import STORED_NAMES
from ledger.mapper import UnreadableEventError
from projections.indicators import base_definitions
from reports.statement import code_version

#: PostgreSQL from which every statement used here works, by its number.
OLDEST_POSTGRESQL = 140_000
#: SQLite from which WITHOUT ROWID, partial indexes and upserts all work as used here.
OLDEST_SQLITE = (3, 35, 0)


def status() -> None:
    """Print the ledger's head and how far each read model has followed it."""
    office = open_office()
    table = Table(title=f"台账位置 {office.ledger.head()}")
    table.add_column("读模型")
    table.add_column("位置", justify="right")
    table.add_column("落后", justify="right")
    logged, head = office.log.state(), office.ledger.head()
    table.add_row("（透明日志）", str(logged.position), str(head - logged.position))
    for lag in office.runner.lags():
        table.add_row(lag.name, str(lag.position), str(lag.behind))
    console.print(table)
    tell_consumers(office)
    tell_publisher(office)
    tell_states(office)


def rebuild(
    names: Annotated[list[str] | None, typer.Argument(help="读模型；不写则全部")] = None,
) -> None:
    """Rebuild read models beside the live ones, compare, switch. Exit 1 where one differed."""
    office = open_office()
    office.catch_up()
    known = sorted(office.runner.positions())
    for name in names or known:
        if name not in known:
            raise fail(f"没有读模型 {name}；有：{'、'.join(known)}")
    differing = False
    for name in names or known:
        with progress_bar(f"重建 {name}", office.ledger.head()) as advance:
            rebuilt = office.runner.rebuild(name, advance)
        found = f"与原表相差 {rebuilt.differing} 行" if rebuilt.differing else "与原表逐行相同"
        console.print(f"{name}：{rebuilt.rows} 行，{found}")
        differing = differing or rebuilt.differing > 0
    if differing:
        raise typer.Exit(1)


def doctor() -> None:
    """Print what is configured, reachable, missing. Exit 1 where something is wrong."""
    table = Table(title="检查")
    for heading in ("项目", "结果", "说明"):
        table.add_column(heading)
    wrong = False
    for name, good, detail in _findings(open_office()):
        wrong = wrong or not good
        table.add_row(name, "正常" if good else "[bold red]异常[/bold red]", detail)
    console.print(table)
    if wrong:
        raise typer.Exit(1)


def _findings(office: Office) -> Iterator[tuple[str, bool, str]]:
    yield "程序", True, f"{code_version()}，Python {sys.version.split()[0]}"
    yield from _server(office) if office.settings.on_server else _file(office)
    try:
        office.catch_up()
        yield "读模型", True, f"{len(office.runner.lags())} 个，全部跟上"
    except UnreadableEventError as error:
        yield "读模型", False, str(error)
    definitions = base_definitions()
    figures = len(definitions.indicators)
    yield (
        "指标定义",
        True,
        f"{definitions.version}，{figures} 项，SHA-256 {definitions.sha256[:16]}…",
    )
    yield _policy(office)
    yield "代码表", True, f"{len(code_tables())} 张"
    yield "事件名录", True, f"{len(STORED_NAMES)} 种"


def _file(office: Office) -> Iterator[tuple[str, bool, str]]:
    found = sqlite3.sqlite_version_info
    yield "SQLite", found >= OLDEST_SQLITE, sqlite3.sqlite_version
    yield "数据库", True, f"{office.settings.sqlite_path}，位置 {office.ledger.head()}"
    with office.engine.connect() as connection:
        broken = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    yield "数据库文件", broken == "ok", str(broken)


def _server(office: Office) -> Iterator[tuple[str, bool, str]]:
    store = office.ledger.store
    [(version, number, encoding, name, role)] = store.read(
        "SELECT current_setting('server_version'), current_setting('server_version_num')::int, "
        "current_setting('server_encoding'), current_database()::text, current_user::text"
    )
    yield "PostgreSQL", number >= OLDEST_POSTGRESQL, version
    yield "数据库", encoding == "UTF8", f"{name}，编码 {encoding}，位置 {office.ledger.head()}"
    edits = store.read(
        "SELECT privilege FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
        "WHERE has_table_privilege(?::text, privilege)",
        (store.events_table_name,),
    )
    may = "、".join(privilege for (privilege,) in edits)
    yield "角色", True, f"{role}，对事件表{f'可 {may}：宜另设只增的角色' if may else '只增不改'}"


def _policy(office: Office) -> tuple[str, bool, str]:
    """The witnesses that the log asks, if its policy can be read."""
    path = office.settings.log_policy
    if path is None:
        return "共签策略", True, "未设"
    try:
        policy = read_policy(path.read_bytes())
    except (OSError, PolicyError) as error:
        return "共签策略", False, f"{path}：{error}"
    addresses = len(policy.addresses)
    return "共签策略", True, f"{path}，共签人 {len(policy.witnesses)} 位，其中 {addresses} 位联网"
