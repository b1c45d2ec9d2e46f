"""The table of roles, made from the policy's own tables.

``python -m tests.docs.roles`` writes docs/roles.md.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from api.act_routes import act_address
from api.boards import board_needs
from api.policy import Role, may, offered, roles
from domain.grants.roles import roles as titles
from domain.streams import TITLES, Kind
from projections.boards.catalogue import BOARDS
from projections.tables import NAMES

ROLES = Path(__file__).parents[2] / "docs" / "roles.md"

#: Each further part of the API that a role may use, as people call it.
USES = {
    "statistics": "指标",
    "facts": "指标所依据的事实",
    "boards": "工作台账",
    "deadlines": "期限",
    "portraits": "单位画像",
    "archives": "廉政档案",
    "case_files": "案件一览",
    "exports": "全部导出（JSON Lines）",
    "events": "台账的事件",
    "log_entries": "透明日志的条目",
    "accesses": "访问记录",
}
_YES, _NO = "●", ""


def document() -> str:
    """The document of roles: what each reads, uses and does."""
    parts = [
        "# Roles",
        "",
        "Generated from [`roles.toml`](../api/roles.toml), [`acts.toml`](../api/acts.toml) and",
        "[`boards.toml`](../api/boards.toml) (`make docs`); a test keeps it so, and another calls",
        "every route in every role. A role held at an organ is held to it and all below it.",
        "",
        *_table("角色", _features()),
        "## Reads (列表、记录、历史)",
        "",
        *_table("记录", ((_kind(kind), _reader(kind)) for kind in Kind)),
        "## Uses",
        "",
        *_table("用途", ((f"{USES[use]} `{use}`", _user(use)) for use in _uses())),
        "## Boards (工作台账)",
        "",
        *_table("台账", ((_board(name), _needing(need)) for name, need in board_needs().items())),
        "## Acts (行为)",
        "",
        "An address ends in that of the list where the act is the first of a record.",
        "",
    ]
    for kind, acts in groupby(offered(), key=lambda each: each.act.kind):
        rows = [(f"{each.act.title} `{act_address(each)}`", _named(each.roles)) for each in acts]
        parts += [f"### {TITLES[kind]}", "", *_table("行为", rows)]
    return "\n".join(parts)


def _table(heading: str, rows: Iterable[tuple[str, Callable[[Role], bool]]]) -> Iterator[str]:
    yield f"| {heading} | {' | '.join(titles().values())} |"
    yield f"| --- |{' :-: |' * len(titles())}"
    for said, holds in rows:
        cells = (_YES if holds(role) else _NO for role in roles().values())
        yield f"| {said} | {' | '.join(cells)} |"
    yield ""


def _features() -> Iterator[tuple[str, Callable[[Role], bool]]]:
    yield "看到个人信息", lambda role: role.personal
    yield "只见本人承办的", lambda role: role.own


def _uses() -> list[str]:
    """Every use; LookupError where one has no title, or a title no use."""
    used = {use for role in roles().values() for use in role.uses}
    if used != USES.keys():
        raise LookupError(sorted(used ^ USES.keys()))
    return list(USES)


def _kind(kind: Kind) -> str:
    return f"{TITLES[kind]} `/{NAMES[kind].replace('_', '-')}`"


def _board(name: str) -> str:
    return f"{BOARDS[name].title} `/boards/{name.replace('_', '-')}`"


def _reader(kind: Kind) -> Callable[[Role], bool]:
    return lambda role: kind in role.reads


def _user(use: str) -> Callable[[Role], bool]:
    return lambda role: use in role.uses


def _needing(need: str) -> Callable[[Role], bool]:
    return lambda role: may(role, need)


def _named(names: frozenset[str]) -> Callable[[Role], bool]:
    return lambda role: role.name in names


if __name__ == "__main__":
    ROLES.write_text(document(), encoding="utf-8")
