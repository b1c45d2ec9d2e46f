"""``make demo``: the two examples from register files to statements, each in a new ledger."""

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from cli.demo_bundle import demonstrate_bundle
from cli.imports import carry_out, list_problems, show
from cli.office import Office, emit, fail
from cli.tables import comparison_tables, rendered, statement_tables
from consumers.registers.sources import open_source
from ledger.settings import Settings
from projections.cuts import Cut, Period, read_cut
from projections.facts import facts
from projections.figures import Question
from projections.indicators import base_definitions
from projections.store import reading
from reports.comparison import compare
from reports.published import read_published
from reports.statement import Statement, make_statement

_FENGZE = Period(date(2016, 10, 1), date(2021, 9, 30))
_WUHUA = Period(date(2020, 1, 1), date(2020, 12, 31))
#: The demo signs under a name and a key of its own.
_ORIGIN = "demo.supervision-ledger.local/log"
_CUTS = ("2021-01-10", "2021-01-31", "now")

_NEXT = """
接下来：
  export LEDGER_DATABASE_URL=sqlite:///{wuhua}
  .venv/bin/supervision-ledger facts forms.first --from 2020-01-01 --to 2020-12-31
  .venv/bin/supervision-ledger history 四种形态 XT202000525
  .venv/bin/supervision-ledger report --from 2020-01-01 --to 2020-12-31 --as-of 2021-01-10
不设该变量即用自己的台账 var/ledger.sqlite3：
  .venv/bin/supervision-ledger import 台账文件夹（或工作簿.xlsx）
"""


def demo(
    examples: Annotated[Path, typer.Option(help="示例台账所在文件夹")] = Path("examples"),
    folder: Annotated[Path, typer.Option(help="示例台账数据库放在哪里")] = Path("var/demo"),
) -> None:
    """Import the two examples, print their statements, and verify one offline."""
    fengze = _new_office(examples / "fengze", folder)
    agree = _state(fengze, examples / "fengze", _FENGZE)
    wuhua = _new_office(examples / "wuhua2020", folder)
    agree = _state(wuhua, examples / "wuhua2020", _WUHUA) and agree
    _cut_offs(wuhua)
    agree = demonstrate_bundle(wuhua, _WUHUA, _say) and agree
    _say(_NEXT.format(wuhua=folder / "wuhua2020.sqlite3"))
    if not agree:
        raise fail("与已公布数字不符，或有核对、核验不如所应", 1)


def _say(text: str) -> None:
    emit(f"{text}\n".encode(), None)


def _new_office(example: Path, folder: Path) -> Office:
    """Import an example into a new ledger."""
    database = folder / f"{example.name}.sqlite3"
    for old in folder.glob(f"{database.name}*"):
        old.unlink()
    _say(f"\n== {example.name}：导入 {example} → {database}")
    audit = folder / f"{example.name}-audit"
    if audit.exists():
        shutil.rmtree(audit)
    settings = Settings(
        database_url=f"sqlite:///{database}", keys_dir=audit / "keys", log_origin=_ORIGIN
    )
    office = Office(settings)
    summary = carry_out(office, open_source(example))
    show(summary, dry_run=False)
    list_problems(summary, example)
    office.catch_up()
    return office


def _state(office: Office, example: Path, period: Period) -> bool:
    """Print the statement beside the published figures; whether all agree and hold."""
    published = read_published(example / "published.json")
    statement = make_statement(office.engine, period, root_at=office.log.root_at)
    emit(rendered(statement_tables(statement, published), None), None)
    values = {figure.code: figure.value for figure in statement.figures}
    agreeing = sum(figure.agrees(values[code]) for code, figure in published.items())
    holding = sum(check.holds for check in statement.checks)
    figures = f"已公布 {len(published)} 项，相符 {agreeing} 项"
    _say(f"{figures}；核对 {len(statement.checks)} 条，成立 {holding} 条。")
    return agreeing == len(published) and holding == len(statement.checks)


def _forms(statement: Statement) -> str:
    forms = [f for f in statement.figures if f.share is not None or f.code == "forms.total"]
    return "，".join(f"{f.name} {f.value}" + (f"（{f.share}%）" if f.share else "") for f in forms)


def _cut_offs(office: Office) -> None:
    """The same year as known at three moments, and what changed between them."""
    _say("\n== 同一年度，三个截止点")
    for text in _CUTS:
        cut = read_cut(text)
        _say(f"{cut}：{_forms(make_statement(office.engine, _WUHUA, cut))}")
    for left, right in pairwise(_CUTS):
        comparison = compare(office.engine, _WUHUA, read_cut(left), read_cut(right))
        emit(rendered(comparison_tables(comparison), None), None)
    with reading(office.engine) as connection:
        forms = base_definitions().indicator("forms.total")
        found = facts(connection, forms, Question(_WUHUA, Cut()))
    corrected = [fact for fact in found if len(fact.positions) > 1]
    _say(f"其中 {len(corrected)} 项处置经更正：更正前后各有其事件，原数随时可按截止点重现。")
