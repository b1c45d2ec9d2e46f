"""Logs on files of their own, and the example office."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger.application import utc_now
from tests.audit.logs import Attack, Log, Template, add_units, attacker, bare
from tests.support.offices import Desk, copied, wuhua

__all__ = ["wuhua"]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log over an empty ledger."""
    opened = Log(tmp_path / "ledger.sqlite3", tmp_path / "keys")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def office_signed(wuhua: Desk, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The example office signed, then some units more, signed again."""
    folder = tmp_path_factory.mktemp("signed")
    log = Log(copied(wuhua.file, folder / "ledger.sqlite3"), folder / "keys", utc_now())
    log.sign()
    add_units(log.ledger, 20)
    log.sign()
    log.close()
    return Template(bare(log.path, folder / "bare.sqlite3"), log.keys)


@pytest.fixture
def codes_after(office_signed: Template, tmp_path: Path) -> Iterator[Callable[..., set[str]]]:
    """The codes that are found after an attack on a copy."""
    log = office_signed.copy(tmp_path / "copy.sqlite3")

    def codes(*attacks: Attack) -> set[str]:
        for each in attacks:
            with attacker(log.path) as db:
                each(db)
        return log.codes()

    yield codes
    log.close()
