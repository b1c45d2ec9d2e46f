"""Opening a ledger: where the settings say, and never with a setting that has no effect."""

from pathlib import Path

import pytest

from domain.streams import NAMESPACE
from ledger.application import Ledger, UnsupportedDatabaseError, utc_now
from ledger.settings import Settings
from tests.domain.samples import an_organ
from tests.ledger.office import open_ledger, record

IGNORED = ["CIPHER_KEY", "CIPHER_TOPIC", "COMPRESSOR_TOPIC", "MAPPER_TOPIC"]


def test_a_ledger_is_opened_where_the_settings_say(tmp_path: Path) -> None:
    path = tmp_path / "var" / "here.sqlite3"
    with Ledger.open(Settings(database_url=f"sqlite:///{path}", _env_file=None)) as ledger:
        record(ledger, an_organ())
    assert path.exists()
    with Ledger.open(Settings(database_url=f"sqlite:///{path}", _env_file=None)) as ledger:
        assert ledger.head() == 1


def test_the_settings_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_DATABASE_URL", "sqlite:///elsewhere.sqlite3")
    with Ledger.open(Settings()) as ledger:
        assert ledger.head() == 0
    assert (tmp_path / "elsewhere.sqlite3").exists()


def test_without_settings_the_file_is_in_the_folder_var(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEDGER_DATABASE_URL", raising=False)
    with Ledger.open(Settings()):
        assert (tmp_path / "var" / "ledger.sqlite3").exists()


@pytest.mark.parametrize("url", ["mysql://office/ledger", "ledger.sqlite3", ""])
def test_a_database_that_cannot_hold_a_ledger_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        Ledger.open(Settings(database_url=url, _env_file=None))


@pytest.mark.parametrize("prefix", ["", "LEDGER_"])
@pytest.mark.parametrize("setting", IGNORED)
def test_a_setting_of_the_library_that_would_be_ignored_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, prefix: str
) -> None:
    monkeypatch.setenv(prefix + setting, "value")
    with pytest.raises(UnsupportedDatabaseError, match=setting):
        open_ledger(path)


def test_the_names_of_things_stored_for_ever_do_not_change(ledger: Ledger) -> None:
    assert ledger.name == "ledger"
    assert ledger.store.events_table_name == "stored_events"
    assert str(NAMESPACE) == "7a3f8c52-5d0e-5b8e-9c55-3f0b5f1d6c11"


def test_the_clock_of_the_ledger_is_in_utc() -> None:
    assert str(utc_now().tzinfo) == "UTC"
