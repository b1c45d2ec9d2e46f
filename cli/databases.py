"""``database``: who may do what with the database of a server."""

from typing import Annotated

import psycopg
import typer
from eventsourcing.persistence import PersistenceError

from cli.office import console, fail, open_office
from ledger.roles import NotOnServerError, let_add_only

app = typer.Typer(no_args_is_help=True, help="服务器数据库的角色")


@app.command()
def roles(
    application: Annotated[str, typer.Argument(help="应用所用的角色，须已建立")],
) -> None:
    """Let the application's role add facts and change none; the role that runs this owns them."""
    office = open_office()
    try:
        let_add_only(office.ledger, application)
    except NotOnServerError:
        raise fail("台账在一个文件中：能写该文件的人可以改动一切，角色无从谈起") from None
    except (PersistenceError, psycopg.Error) as error:
        raise fail(f"未能授权：{error}") from None
    console.print(f"{application} 对事实、命令与查阅记录只增不改；表归本次登录的角色所有")
