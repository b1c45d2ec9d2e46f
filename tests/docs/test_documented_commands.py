"""The commands that the README files show are run, and end as the files say.

Both files show the same commands, so they are run once.
"""

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.support.databases import ON_SERVER
from tests.support.servers import running

ROOT = Path(__file__).parents[2]
PROGRAMS = {"supervision-ledger", ".venv/bin/supervision-ledger"}
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: The lines that ask the server: the role of a token, and what curl is given.
TOKEN = re.compile(r"^\$ TOKEN=\$\(supervision-ledger token (.+)\)$", re.MULTILINE)
ASKED = re.compile(r"^\$ (curl -H .+)$", re.MULTILINE)
EXIT = re.compile(r"# exit (\d+)$")

#: What the documents call ``registers``: one good row and one refused row in each register.
REGISTERS = {
    "单位": [
        ("单位代码", "单位名称", "单位类型", "上级单位代码", "行政区划代码"),
        ("U9001", "新设单位", "机关", "U0001", "441424"),
        ("U9002", "另一单位", "机关", "U0999", "441424"),
    ],
    "线索处置": [
        ("线索编号", "处置日期", "登记日期", "处置方式"),
        ("XS202000001", "2020-01-31", "2020-06-01", "谈话函询"),
        ("XS202000001", "2020-07-01", "2020-07-02", "谈话函询"),
    ],
}


#: The values of the acts that the documents record.
ACTS = {
    "matter.json": {"number": "SX2024-001", "accepted_on": "2024-02-02", "applicant": "群众"},
    "too-early.json": {"number": "SX2024-001", "settled_on": "2024-02-01"},
}


def documented(document: str) -> list[tuple[list[str], int]]:
    """The program's arguments and the exit code of each command, in order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    lines = [line for block in CONSOLE.findall(text) for line in block.splitlines()]
    commands = []
    for line in lines:
        words = shlex.split(line.removeprefix("$ "), comments=True) if line[:2] == "$ " else []
        if words[:1] and words[0] in PROGRAMS:
            stated = EXIT.search(line)
            commands.append((words[1:], int(stated[1]) if stated else 0))
    return commands


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the examples and the registers that the documents speak of."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = tmp_path / "registers"
    folder.mkdir()
    for title, rows in REGISTERS.items():
        with (folder / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    for name, values in ACTS.items():
        (tmp_path / name).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def run(office: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as the documents do, on the office's own ledger."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LEDGER_")}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=office,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def ends_as_stated(office: Path, command: tuple[list[str], int]) -> None:
    """Run a command and hold its exit code to the stated one."""
    arguments, expected = command
    done = run(office, arguments)
    said = f"{' '.join(arguments)}\n{done.stdout[-500:]}{done.stderr}"
    assert done.returncode == expected, said


@pytest.mark.slow
def test_the_commands_of_the_readme_end_as_it_says(office: Path) -> None:
    commands = documented("README.md")
    shown = {arguments[0] for arguments, _ in commands}
    assert {"import", "report", "compare", "facts", "history"} <= shown
    # What others look at comes first and in order; those that look may do so at once.
    made_by = {"import", "calendar", "record", "token"}
    making = [c for c in commands if c[0][0] in made_by or c[0][:2] == ["log", "checkpoint"]]
    others = [c for c in commands if c not in making and c[0][0] != "serve"]
    for command in making:
        ends_as_stated(office, command)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(partial(ends_as_stated, office), others))


@pytest.mark.slow
def test_what_the_readme_asks_of_the_server_is_answered(office: Path) -> None:
    """``serve`` runs until told to end, so it is run beside the lines that ask it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    token = TOKEN.search(text)
    asked = [shlex.split(line) for line in ASKED.findall(text)]
    assert token is not None
    assert asked
    # The other commands name a file; a path that stands for a server's database is another.
    database = office / "var" / ("served.sqlite3" if ON_SERVER else "trial.sqlite3")
    with running(office, database) as server:
        given = server.token(*shlex.split(token[1])[1:])
        for _, _, header, address in asked:
            name, value = header.replace("$TOKEN", given).split(": ")
            with server.client() as client:
                path = address.removeprefix("http://127.0.0.1:8000")
                answer = client.get(path, headers={name: value})
            assert answer.status_code == 200, answer.text


def test_both_languages_show_the_same_commands() -> None:
    assert documented("README.zh-CN.md") == documented("README.md")
