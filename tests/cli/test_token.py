"""``token``: a role is granted once, and the token that is printed proves who holds it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.identity.issuers import open_verifier
from api.identity.tokens import TokenRefusedError
from ledger.settings import Settings
from tests.support.commands import Answer, finish, start


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an office's ledger will be; its keys are made beside it."""
    return tmp_path / "ledger.sqlite3"


def run(file: Path, *arguments: str) -> Answer:
    """A command in the office's folder."""
    return finish(start(file, file.parent, *arguments), file.parent)


def grants(file: Path, number: str) -> list[dict[str, str]]:
    """What happened to a grant, in order."""
    answer = run(file, "history", "grant", number, "--format", "json")
    return list(answer.json["events"]) if answer.code == 0 else []


def organ(file: Path) -> None:
    (file.parent / "organ.json").write_text('{"code": "JW01", "name": "区纪委监委"}', "utf-8")
    assert run(file, "record", "register_organ", "--json", "organ.json").code == 0


def subject(file: Path, token: str, ahead: timedelta = timedelta()) -> str:
    """Whom the token proves to the server of this office."""
    settings = Settings(keys_dir=file.parent / "var" / "keys")
    return open_verifier(settings, loopback=True).subject_of(token, datetime.now(UTC) + ahead)


def test_the_token_alone_is_printed_and_proves_its_subject(file: Path) -> None:
    answer = run(file, "token", "--role", "auditor")
    assert answer.code == 0, answer.err
    token = answer.out.decode().removesuffix("\n")
    assert subject(file, token) == "local-auditor"
    assert "." in token
    assert not any(each.isspace() for each in token)


def test_a_role_is_granted_once_however_many_tokens_are_issued(file: Path) -> None:
    first = run(file, "token", "--role", "auditor")
    again = run(file, "token", "--role", "auditor")
    assert (first.code, again.code) == (0, 0)
    assert first.out != again.out
    (granted,) = grants(file, "local-auditor:auditor")
    assert (granted["type"], granted["actor"]) == ("grant.role_granted.v1", "operator")


def test_what_is_left_out_stays_as_it_was_granted(file: Path) -> None:
    organ(file)
    said = ("token", "--role", "handler", "--subject", "u-7")
    assert run(file, *said, "--organ", "JW01", "--officer", "王承办").code == 0
    assert run(file, *said).code == 0
    assert len(grants(file, "u-7:handler")) == 1
    assert run(file, *said, "--officer", "李承办").code == 0
    answer = run(file, "history", "grant", "u-7:handler", "--format", "json")
    state = answer.json["state"]
    assert (state["organ"], state["officer"], state["role"]) == ("JW01", "李承办", "承办")
    assert len(answer.json["events"]) == 2


def test_a_token_is_valid_for_the_hours_asked_for(file: Path) -> None:
    token = run(file, "token", "--role", "auditor", "--hours", "2").out.decode().strip()
    assert subject(file, token, timedelta(minutes=119)) == "local-auditor"
    with pytest.raises(TokenRefusedError, match="token_expired"):
        subject(file, token, timedelta(minutes=122))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("--role", "secretary"), "没有角色"),
        (("--role", "审批"), "没有角色"),
        (("--role", "approver", "--subject", "王小明"), "impossible_value"),
        (("--role", "approver", "--subject", "a:b"), "impossible_value"),
        (("--role", "approver", "--organ", "无"), "missing_reference"),
        (("--role", "system_administrator", "--subject", "local-auditor"), "incompatible_roles"),
    ],
    ids=str,
)
def test_what_is_refused_exits_1_and_prints_no_token(
    said: tuple[str, ...], reason: str, file: Path
) -> None:
    assert run(file, "token", "--role", "auditor").code == 0
    answer = run(file, "token", *said)
    assert (answer.code, answer.out) == (1, b"")
    assert reason in answer.err


@pytest.mark.parametrize(
    "setting", ["LEDGER_OIDC_ISSUER=https://issuer.example", "LEDGER_LOCAL_TOKENS=0"]
)
def test_a_token_that_the_server_would_not_believe_is_remarked_on(setting: str, file: Path) -> None:
    (file.parent / ".env").write_text(f"{setting}\n", "utf-8")
    answer = run(file, "token", "--role", "auditor")
    assert answer.code == 0
    assert "LEDGER_LOCAL_TOKENS" in answer.err


def test_a_key_that_is_none_is_told_and_not_replaced(file: Path) -> None:
    key = file.parent / "var" / "keys" / "tokens.key"
    key.parent.mkdir(parents=True)
    key.write_text("nonsense\n", "utf-8")
    answer = run(file, "token", "--role", "auditor")
    assert (answer.code, answer.out) == (1, b"")
    assert "tokens.key" in answer.err
    assert key.read_text("utf-8") == "nonsense\n"
