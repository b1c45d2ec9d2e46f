"""``record``: one legal act, decided by the law of the domain; ``acts``: which there are."""

import sys
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.markup import escape
from rich.table import Table

from cli.office import emit, fail, open_office
from cli.options import Output
from cli.tables import rendered
from domain.acts import ACTS
from domain.refusals import Refusal
from domain.streams import TITLES
from ledger.commands import (
    MalformedCommandError,
    UnknownActError,
    act_named,
    read_command,
    schema_of,
)
from ledger.envelope import Circumstances
from reports.documents import to_json


def record(
    act: Annotated[str, typer.Argument(help="行为，见 acts")],
    json: Annotated[Path, typer.Option("--json", metavar="FILE", help="内容；- 为标准输入")],
    command_id: Annotated[
        str | None, typer.Option("--id", metavar="UUID", help="命令编号：同一编号只记一次")
    ] = None,
    expected_version: Annotated[
        int | None, typer.Option("--if-version", metavar="V", min=0, help="记录须为此版本")
    ] = None,
) -> None:
    """Record one legal act. Exit 0 recorded, 1 refused by the law of the domain, 2 not understood.

    The registration date is today's (Asia/Shanghai), never the caller's.
    """
    try:
        known = act_named(act)
        body = sys.stdin.buffer.read() if str(json) == "-" else json.read_bytes()
        command = read_command(known, body)
    except UnknownActError:
        raise fail(f"没有“{act}”这一行为，见 acts") from None
    except MalformedCommandError as error:
        raise fail(escape(f"内容不成立：{error}")) from None
    office = open_office()
    made = command_id or str(uuid4())
    circumstances = Circumstances(office.settings.actor, made, made, office.ledger.today())
    try:
        receipt = office.ledger.execute(command, circumstances, expected_version=expected_version)
    except Refusal as refusal:
        raise fail(said_of(refusal), 1) from None
    office.catch_up()
    said = {
        "act": known.name,
        "stream": known.stream(command),
        "command_id": receipt.command_id,
        "first_position": receipt.first_position,
        "last_position": receipt.last_position,
    }
    emit(to_json(said), None)


def said_of(refusal: Refusal) -> str:
    """A refusal in one line: its code, field, reason and provision."""
    where = f"（{refusal.field}）" if refusal.field else ""
    why = f"；依据：{refusal.provision}" if refusal.provision else ""
    return escape(f"不予登记 [{refusal.code}]{where}：{refusal.reason}{why}")


def acts(
    act: Annotated[str | None, typer.Argument(help="只看这一行为的内容（JSON Schema）")] = None,
    output: Output = None,
) -> None:
    """List the legal acts that can be recorded, or one act's values as JSON Schema."""
    if act is not None:
        try:
            emit(to_json(schema_of(act_named(act))), output)
        except UnknownActError:
            raise fail(f"没有“{act}”这一行为") from None
        return
    entered = [each for each in ACTS.values() if not each.of_program]
    table = Table(title=f"行为 {len(entered)} 种")
    for heading in ("行为", "名称", "对象"):
        table.add_column(heading)
    for each in entered:
        table.add_row(each.name, each.title, TITLES[each.kind])
    emit(rendered([table], output), output)
