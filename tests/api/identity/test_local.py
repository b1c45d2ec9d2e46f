"""The office's own issuer: its key, and where its tokens are believed."""

import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import OKPKey
from pydantic import ValidationError

from api.identity.issuers import accepts_local, open_verifier
from api.identity.local import ISSUER, KEY_FILE, LocalIssuer
from ledger.audit.keyring import WillNotSignError
from ledger.settings import Settings
from tests.api.identity.issuers import AUDIENCE, NOW, Listening, claims, key, signed
from tests.api.identity.test_tokens import refused

HOUR = timedelta(hours=1)


def office(folder: Path, **more: Any) -> Settings:
    return Settings(keys_dir=folder / "keys", **more)


def issued(folder: Path, subject: str = "local-auditor", **changes: Any) -> str:
    said = {"audience": AUDIENCE, "now": NOW, "valid_for": HOUR, "token_id": "1"}
    return LocalIssuer.at(folder / "keys").issue(subject, **(said | changes))


def test_a_token_issued_here_proves_its_subject_on_this_machine(tmp_path: Path) -> None:
    verifier = open_verifier(office(tmp_path), loopback=True)
    assert verifier.subject_of(issued(tmp_path), NOW) == "local-auditor"
    late = issued(tmp_path, now=NOW - 2 * HOUR)
    assert refused(verifier, late) == "token_expired"
    assert refused(verifier, issued(tmp_path, audience="other")) == "token_wrong_audience"


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first, again = LocalIssuer.at(folder), LocalIssuer.at(folder)
    assert first.key.thumbprint() == again.key.thumbprint()
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_that_holds_no_key_is_an_error(tmp_path: Path) -> None:
    LocalIssuer.at(tmp_path / "keys")
    (tmp_path / "keys" / KEY_FILE).write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(WillNotSignError):
        LocalIssuer.at(tmp_path / "keys")


def test_a_token_signed_with_a_forged_local_key_is_refused(tmp_path: Path) -> None:
    verifier = open_verifier(office(tmp_path), loopback=True)
    forged = OKPKey.generate_key("Ed25519", {"kid": "forged"})
    said = claims(ISSUER, sub="local-auditor")
    assert refused(verifier, signed(said, forged)) == "token_unknown_key"
    kid = LocalIssuer.at(tmp_path / "keys").key.kid
    for header in ({"kid": kid}, {"kid": None}):
        assert refused(verifier, signed(said, forged, header=header)) == "token_bad_signature"


def test_a_token_of_another_office_is_refused(tmp_path: Path) -> None:
    verifier = open_verifier(office(tmp_path), loopback=True)
    assert refused(verifier, issued(tmp_path / "other")) == "token_unknown_key"


@pytest.mark.parametrize(
    ("issuer", "local", "loopback", "expected"),
    [
        (None, None, True, True),
        (None, None, False, False),
        (None, True, False, True),
        (None, False, True, False),
        ("https://issuer.example", None, True, False),
        ("https://issuer.example", True, False, True),
    ],
)
def test_local_tokens_are_accepted_where_nobody_else_can_ask_or_the_office_says_so(
    issuer: str | None, local: bool | None, loopback: bool, expected: bool
) -> None:
    settings = Settings(oidc_issuer=issuer, local_tokens=local)
    assert accepts_local(settings, loopback=loopback) is expected


def test_a_local_token_is_refused_where_an_issuer_is_set(tmp_path: Path, issuer: Listening) -> None:
    strict = open_verifier(office(tmp_path, oidc_issuer=issuer.name), loopback=True)
    assert refused(strict, issued(tmp_path)) == "token_wrong_issuer"
    assert strict.subject_of(signed(claims(issuer.name), key("k1")), NOW) == "u-1021"
    both = office(tmp_path, oidc_issuer=issuer.name, local_tokens=True)
    verifier = open_verifier(both, loopback=False)
    assert verifier.subject_of(issued(tmp_path), NOW) == "local-auditor"
    assert verifier.subject_of(signed(claims(issuer.name), key("k1")), NOW) == "u-1021"


def test_no_token_is_accepted_beyond_this_machine_unless_an_issuer_is_set(tmp_path: Path) -> None:
    verifier = open_verifier(office(tmp_path), loopback=False)
    assert refused(verifier, issued(tmp_path)) == "token_wrong_issuer"
    assert not (tmp_path / "keys" / "log.key").exists()


def test_an_issuer_does_not_speak_of_local_subjects(tmp_path: Path, issuer: Listening) -> None:
    verifier = open_verifier(office(tmp_path, oidc_issuer=issuer.name), loopback=True)
    token = signed(claims(issuer.name, sub="local-auditor"), key("k1"))
    assert refused(verifier, token) == "token_bad_subject"


def test_an_issuer_does_not_sign_for_the_office(tmp_path: Path, issuer: Listening) -> None:
    both = office(tmp_path, oidc_issuer=issuer.name, local_tokens=True)
    verifier = open_verifier(both, loopback=True)
    token = signed(claims(ISSUER, sub="local-auditor"), key("k1"))
    assert refused(verifier, token) == "token_unknown_key"


@pytest.mark.parametrize(
    "address",
    [
        "http://issuer.example",
        "http://127.0.0.1.issuer.example",
        "http://localhost:80@issuer.example",
        "https://user@issuer.example",
        "https://issuer.example/?x=1",
        "ftp://localhost",
        "issuer.example",
        "",
    ],
)
def test_an_issuer_that_is_not_at_a_secure_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(oidc_issuer=address)


@pytest.mark.parametrize(
    "address",
    [
        "https://issuer.example/realms/a",
        "http://127.0.0.1:8080",
        "http://[::1]:80/a",
        "http://localhost",
    ],
)
def test_an_issuer_may_be_on_this_machine_without_tls(address: str) -> None:
    assert Settings(oidc_issuer=address).oidc_issuer == address
