"""A streaming replica answers reads at the position that it has reached, and takes nothing."""

from pathlib import Path

from tests.support.postgresql import server
from tests.support.servers import Server as Api
from tests.support.servers import post, running
from tests.support.waiting import until

ORGAN = {"code": "JW01", "name": "某纪委监委"}


def test_a_replica_is_read_and_takes_no_command(tmp_path: Path) -> None:
    file, other = tmp_path / "ledger.sqlite3", tmp_path / "replica.sqlite3"
    with server() as first:
        name = first.database()
        file.write_text(first.url(name), encoding="utf-8")
        with (
            running(tmp_path / "first", file) as api,
            api.client(api.token("system_administrator")) as client,
        ):
            assert (
                post(client, "/organs", {"code": "JW01", "name": "某纪委监委"}).status_code == 201
            )
            keys = tmp_path / "first" / "keys"
            with first.replica() as second:
                other.write_text(second.url(name), encoding="utf-8")
                with running(tmp_path / "second", other, keys_dir=keys) as beside:
                    _read_only(api, beside)


def _read_only(api: Api, beside: Api) -> None:
    token = api.token("system_administrator")
    with api.client(token) as writer, beside.client(token) as reader:
        assert reader.get("/api/v1/organs").json()["items"][0]["code"] == "JW01"
        assert [reader.get(f"/{page}").status_code for page in ("ready", "metrics")] == [200, 200]
        refused = post(reader, "/organs", {"code": "JW02", "name": "某纪委监委"})
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        made = post(writer, "/organs", {"code": "JW02", "name": "某纪委监委"})
        assert made.status_code == 201
        until(lambda: len(reader.get("/api/v1/organs").json()["items"]) == 2)
