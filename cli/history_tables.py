"""How a record's history is shown to people: its events in order, and the state then."""

import re
from functools import cache

from rich.table import Table

from consumers.registers.layout import REGISTERS
from domain.streams import TITLES, Kind, split_stream_name
from reports.history import FieldChange, Happened, History

_HANDLING = re.compile(r"handlings\[(.+)\]\.(.+)")


@cache
def headings(kind: Kind) -> dict[str, str]:
    """Register headings by field, of every register that tells of this kind."""
    found: dict[str, str] = {}
    for register in REGISTERS:
        if register.kind is kind:
            found = register.headings | found
    return found


def _named(kind: Kind, field: str) -> str:
    handling = _HANDLING.fullmatch(field)
    if handling is not None:
        day, inner = handling.groups()
        return f"{day} 处置·{headings(kind).get(inner, inner)}"
    return headings(kind).get(field, field)


def _shown(kind: Kind, change: FieldChange) -> str:
    name = _named(kind, change.field)
    if change.was is None:
        return f"{name}：{change.now}"
    return f"{name}：{change.was} → {change.now or '（空）'}"


def history_tables(history: History) -> list[Table | str]:
    """The events of a stream in order, what each changed, and the state they add up to."""
    kind, number = split_stream_name(history.stream)
    title = f"{TITLES[kind]} {number}"
    table = Table(title=f"{title}：{len(history.events)} 个事件")
    table.add_column("版本", justify="right")
    table.add_column("位置", justify="right")
    table.add_column("事件与时间", no_wrap=True)
    table.add_column("经手")
    table.add_column("变化")
    for event in history.events:
        changes = [_shown(kind, change) for change in event.changes]
        basis = [f"依据：{event.basis}"] if event.basis else []
        place = (str(event.version), str(event.position), _when(event))
        table.add_row(*place, event.actor, "\n".join(changes + basis), end_section=True)
    return [table, _state(history, kind, title)]


def _when(event: Happened) -> str:
    return (
        f"{event.type}\n发生 {event.occurred_on}\n登记 {event.registered_on}\n"
        f"记录 {event.recorded_at:%Y-%m-%d %H:%M:%S} UTC"
    )


def _state(history: History, kind: Kind, title: str) -> Table | str:
    if not history.fields:
        return f"{title}：当时尚无记载"
    table = Table(title=f"{title}：当时的记载")
    table.add_column("栏目")
    table.add_column("内容")
    for field, value in history.fields.items():
        table.add_row(_named(kind, field), value or "")
    return table
