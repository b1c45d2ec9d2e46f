"""A token that cannot be verified now is not called invalid."""

from contextlib import closing
from pathlib import Path

from ledger.settings import Settings
from tests.api.identity.issuers import Listening, claims, key, signed
from tests.support.databases import url
from tests.support.offices import Desk
from tests.support.served import Caller, served


def test_while_the_issuer_is_out_of_reach_a_caller_is_asked_to_come_again(tmp_path: Path) -> None:
    silent = Listening()
    silent.server_close()
    settings = Settings(
        database_url=url(tmp_path / "ledger.sqlite3"),
        keys_dir=tmp_path / "keys",
        oidc_issuer=silent.name,
    )
    with closing(Desk(settings, tmp_path / "ledger.sqlite3")) as desk, served(desk) as office:
        answer = Caller(office, signed(claims(silent.name), key("k1"))).get("/leads")
    assert (answer.status_code, answer.json()["code"]) == (503, "issuer_unreachable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "WWW-Authenticate" not in answer.headers
