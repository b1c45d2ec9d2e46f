"""``supervision-ledger``: every command, and how errors end."""

import gc
import sqlite3
import sys

import psycopg
import typer
from eventsourcing.persistence import PersistenceError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError as ReadModelError

from cli.boards import board
from cli.bundle import app as bundle
from cli.calendars import app as calendar
from cli.case_files import case_file
from cli.consuming import alive, consume, resume
from cli.databases import app as database
from cli.deadlines import deadlines
from cli.demo import demo
from cli.following import follow
from cli.histories import history
from cli.imports import import_registers
from cli.letters import app as letters
from cli.log import app as log
from cli.office import console
from cli.operations import doctor, rebuild, status
from cli.outbound import app as publish
from cli.portraits import archive, portrait
from cli.records import acts, record
from cli.serving import serve
from cli.statements import compare, facts, report
from cli.tokens import token
from cli.witness import app as witness
from ledger.application import UnsupportedDatabaseError
from ledger.audit.merkle import HashUnavailableError
from ledger.audit.notes import BadKeyError
from ledger.audit.sequencer import LogDamagedError
from ledger.audit.verifier.policy import PolicyError
from ledger.mapper import UnreadableEventError

app = typer.Typer(
    name="supervision-ledger",
    help="监督台账：登记事实，得出指标，可以证明。 An event-sourced ledger for public supervision.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("import")(import_registers)
app.command()(report)
app.command()(compare)
app.command()(facts)
app.command()(history)
app.command()(record)
app.command()(acts)
app.command()(deadlines)
app.command()(board)
app.command()(archive)
app.command()(portrait)
app.command()(case_file)
app.command()(token)
app.command()(serve)
app.command()(follow)
app.command()(consume)
app.command()(resume)
app.command()(alive)
app.command()(status)
app.command()(rebuild)
app.command()(doctor)
app.add_typer(calendar, name="calendar")
app.add_typer(log, name="log")
app.add_typer(bundle, name="bundle")
app.add_typer(witness, name="witness")
app.add_typer(publish, name="publish")
app.add_typer(letters, name="dead-letters")
app.add_typer(database, name="database")
app.command(hidden=True)(demo)


def run() -> None:
    """Run the command line; what could not run exits 2 with one line that says why."""
    # Facts hold no cycles; collecting for them costs a fifth of an import.
    gc.set_threshold(100_000, 50, 50)
    try:
        app()
    except UnsupportedDatabaseError as error:
        console.print(f"[red]配置不可用：{error}[/red]", soft_wrap=True)
    except ValidationError as error:
        names = "、".join(f"LEDGER_{fault['loc'][0]}".upper() for fault in error.errors())
        console.print(f"[red]配置不可用：{names}[/red]", soft_wrap=True)
    except UnreadableEventError as error:
        console.print(f"[red]台账中有无法读取的事件：{error}[/red]", soft_wrap=True)
    except LogDamagedError as error:
        reason = f"透明日志已损坏：{error}；见 log verify --deep"
        console.print(f"[red]{reason}[/red]", soft_wrap=True)
    except (HashUnavailableError, PolicyError, BadKeyError) as error:
        console.print(f"[red]配置不可用：{error}[/red]", soft_wrap=True)
    except ReadModelError as error:
        console.print(f"[red]读模型不可用或正被占用：{error.orig}[/red]", soft_wrap=True)
    except (PersistenceError, sqlite3.Error, psycopg.Error) as error:
        console.print(f"[red]数据库不可用或正被占用：{error}[/red]", soft_wrap=True)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        console.print(f"[red]文件不可用：{error.strerror}：{error.filename}[/red]", soft_wrap=True)
    sys.exit(2)
