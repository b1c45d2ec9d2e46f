"""compose.yaml and the image are what an engine takes, confined, and name what there is."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from jsonschema_rs import Draft7Validator
from psycopg.conninfo import conninfo_to_dict

from ledger.settings import Settings
from tests.deployment.composition import IMAGE, ROOT, composition, kafka_settings, own, services
from tests.support.broker.apache import broker
from tests.support.broker.clients import producer
from tests.support.commands import command
from tests.support.postgresql import Server

FIXTURES = ROOT / "tests" / "fixtures" / "compose"
#: A tag that says a version: no ``latest``, no major version alone.
PINNED = re.compile(r"[a-z0-9./-]+:[0-9]+\.[0-9][\w.-]*")

#: What runs once and ends.
ONCE = "roles"
#: What the role of the test is made by, in place of the one of the composition.
ROLE = "DROP ROLE IF EXISTS composed; CREATE ROLE composed"

each_service = pytest.mark.parametrize("name", services())
each_own = pytest.mark.parametrize("name", own())


def secrets_of(service: dict[str, Any]) -> dict[str, str]:
    """The secrets of a service, each with the name of its file there."""
    told = service.get("secrets", ())
    return {
        each if isinstance(each, str) else each["source"]: (
            each if isinstance(each, str) else each["target"]
        )
        for each in told
    }


def test_it_is_what_the_compose_specification_takes() -> None:
    schema = orjson.loads((FIXTURES / "compose-spec.json").read_bytes())
    errors = [error.message for error in Draft7Validator(schema).iter_errors(composition())]
    assert errors == []


def test_it_has_what_an_office_needs() -> None:
    others = {"postgres", "kafka"}
    assert own().keys() == {ONCE, "api", "followers", "consumer", "publisher"}
    assert services().keys() == own().keys() | others


@each_service
def test_every_service_is_pinned_confined_bounded_and_looked_after(name: str) -> None:
    service = services()[name]
    assert PINNED.fullmatch(service["image"]), service["image"]
    uid, _, gid = service["user"].partition(":")
    assert int(uid) > 0
    assert int(gid) > 0
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is (name != "kafka")
    assert not service.get("privileged")
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}
    assert service["restart"] == ("on-failure" if name == ONCE else "unless-stopped")
    check = service["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries", "start_period"} <= check.keys()
    assert not check.get("disable")


def test_the_version_of_the_image_is_the_programs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"supervision-ledger:{project['version']}" == IMAGE


@each_own
def test_every_command_is_one_of_the_command_line(name: str, tmp_path: Path) -> None:
    service = own()[name]
    database = tmp_path / "ledger.sqlite3"
    assert command(database, *service["command"], "--help").code == 0
    if "alive" in service["healthcheck"]["test"]:
        _, _, *check = service["healthcheck"]["test"]
        assert command(database, *check).code == 1, "nothing lives yet"


@each_own
def test_what_lives_is_asked_for_by_the_name_it_shows(name: str) -> None:
    service = own()[name]
    if name not in {"api", ONCE}:
        assert service["healthcheck"]["test"][-1] == service["command"][0]


def test_facts_belong_to_one_role_and_are_added_to_by_another() -> None:
    """The one that may change them runs once; what runs on has the other's address."""
    assert secrets_of(own()[ONCE]) == {"ledger_owner_url": "ledger_database_url"}
    for name in own().keys() - {ONCE}:
        assert secrets_of(own()[name]) == {"ledger_database_url": "ledger_database_url"}
    waits = own()["api"]["depends_on"]
    assert waits == {ONCE: {"condition": "service_completed_successfully"}}
    role = own()[ONCE]["command"][-1]
    assert f"CREATE ROLE {role} LOGIN" in composition()["configs"]["role"]["content"]


def test_the_role_is_made_as_its_script_says(tmp_path: Path, postgresql: Server) -> None:
    (tmp_path / "office_password").write_text("it's a word\n")
    told = postgresql.url(postgresql.database())
    script = composition()["configs"]["role"]["content"].replace("$$", "$")
    script = script.replace("/run/secrets", str(tmp_path)).replace("CREATE ROLE office", ROLE)
    parts = conninfo_to_dict(told)
    names = {"PGHOST": "host", "PGPORT": "port", "POSTGRES_USER": "user", "POSTGRES_DB": "dbname"}
    environment = os.environ | {name: str(parts[part]) for name, part in names.items()}
    environment["PATH"] = f"{postgresql.binaries}:{environment['PATH']}"
    subprocess.run(["bash", "-eu", "-c", script], env=environment, check=True)
    with psycopg.connect(told) as connection:
        may = connection.execute(
            "SELECT rolcanlogin, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = 'composed'"
        ).fetchall()
    assert may == [(True, False, False)]


@each_own
def test_every_setting_is_one_of_the_programs(name: str) -> None:
    given = {each.removeprefix("LEDGER_").lower() for each in own()[name]["environment"]}
    given |= {each.removeprefix("ledger_") for each in secrets_of(own()[name]).values()}
    assert given <= Settings.model_fields.keys()


def test_nothing_secret_stands_in_it() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    assert not re.search(r"://[^\s/]*:[^\s/]*@", text), "an address with a password"
    secrets = composition()["secrets"]
    for service in services().values():
        assert secrets_of(service).keys() <= secrets.keys()
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in secrets
    assert all(each["file"].startswith("./secrets/") for each in secrets.values())
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert "secrets/" in ignored


def test_only_the_api_is_reached_and_from_this_machine_only() -> None:
    published = {name: each.get("ports", []) for name, each in services().items()}
    assert published.pop("api") == ["127.0.0.1:8000:8000"]
    assert not any(published.values())
    assert composition()["networks"]["inside"]["internal"] is True
    assert all(each["networks"][0] == "inside" for each in services().values())


def test_what_must_not_be_lost_is_on_volumes() -> None:
    mounted = {
        mount.partition(":")[0] for each in services().values() for mount in each.get("volumes", ())
    }
    assert mounted == composition()["volumes"].keys()
    log = kafka_settings()["log.dirs"]
    assert f"kafka:{log}" in services()["kafka"]["volumes"]


def test_a_secret_is_read_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER_DATABASE_URL", raising=False)
    (name,) = secrets_of(own()["publisher"])
    (tmp_path / name).write_text("postgresql://ledger:word@postgres:5432/ledger\n")
    settings = Settings(_secrets_dir=tmp_path, _env_file=None)
    assert settings.database_url == "postgresql://ledger:word@postgres:5432/ledger"


def test_apache_kafka_starts_with_the_settings_it_is_given(tmp_path: Path) -> None:
    told = kafka_settings()
    placed = {"log.dirs", "listeners", "advertised.listeners", "controller.quorum.voters"}
    with broker(tmp_path, {each: told[each] for each in told.keys() - placed}) as kafka:
        known = re.findall(r"^\s+([a-z0-9.]+) = ", kafka.log, re.MULTILINE)
        assert told.keys() <= set(known)
        kafka.topic("facts")
        with producer(kafka.bootstrap, transactional_id="teller") as sender:
            sender.init_transactions()
            sender.begin_transaction()
            sender.send("facts", value=b"one")
            sender.commit_transaction()


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with its arguments, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def told(word: str) -> list[str]:
    """The arguments of every such instruction."""
    return [rest for each, rest in instructions() if each == word]


def test_the_image_is_pinned_holds_the_whole_program_and_runs_as_nobody_special() -> None:
    bases = [each.split()[0] for each in told("FROM")]
    assert all(PINNED.fullmatch(each) for each in bases)
    assert told("USER") == [own()["api"]["user"]]
    assert told("ENTRYPOINT") == ['["supervision-ledger"]']
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = {name for each in told("COPY") for name in each.split()[:-1]}
    assert {*packages, "pyproject.toml", "requirements.lock"} <= copied
    sent = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {f"!{name}" for name in copied if not name.startswith(("--", "/"))} <= set(sent)
    assert any("--require-hashes" in each for each in told("RUN"))
