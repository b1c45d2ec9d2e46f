"""``calendar``: working-day calendars, entered from chinesecalendar or listed."""

import typer
from rich.table import Table

from cli.office import console, emit, open_office
from cli.tables import rendered
from consumers.calendars import known_calendars
from domain.streams import Kind, derived_id, stream_name
from ledger.envelope import Circumstances

app = typer.Typer(help="工作日历：逐年按放假通知公布，期限据此计算。", no_args_is_help=True)


@app.command()
def seed() -> None:
    """Publish the calendars that chinesecalendar has and the ledger has not."""
    office = open_office()
    published = 0
    for act in known_calendars():
        if office.ledger.history(stream_name(Kind.CALENDAR, act.number)):
            continue
        made = derived_id(f"calendar {act.number}")
        today = office.ledger.today()
        office.ledger.execute(act, Circumstances(office.settings.actor, made, made, today))
        published += 1
        console.print(f"已公布 {act.year} 年工作日历（{act.number}）")
    office.catch_up()
    console.print(f"新公布 {published} 个年度")


@app.command("list")
def list_calendars() -> None:
    """List the calendars published so far."""
    office = open_office()
    office.catch_up()
    with office.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT year, number, published_on, registered_on FROM calendars ORDER BY year, number"
        ).all()
    table = Table(title=f"工作日历 {len(rows)} 个")
    for heading in ("年度", "通知", "公布", "登记"):
        table.add_column(heading)
    for row in rows:
        table.add_row(*map(str, row))
    emit(rendered([table], None), None)
