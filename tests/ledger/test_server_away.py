"""A server that was away is found again at the first word, however many connections were open."""

from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError

from ledger.connections import LivingPool
from ledger.settings import Settings
from projections.office import Office
from tests.domain.samples import EVERYONE, a_unit
from tests.ledger.office import record
from tests.support.postgresql import server


def test_a_server_killed_and_started_again_is_found_again(tmp_path: Path) -> None:
    with server() as running:
        name = running.database()
        office = Office(Settings(database_url=running.url(name), _env_file=None))
        record(office.ledger, *EVERYONE)
        office.runner.catch_up()
        pool = office.ledger.recorder.datastore.pool  # type: ignore[attr-defined]  # of a server
        assert isinstance(pool, LivingPool)
        pool.wait()
        running.kill()
        running.start()
        given = pool.get_stats()["connections_num"]
        assert office.ledger.head() == 3
        assert pool.get_stats()["connections_lost"] <= 1, "each was tried"
        assert pool.get_stats()["connections_num"] >= given
        record(office.ledger, a_unit(code="DW-after"))
        assert office.runner.catch_up() == 4
        office.close()


def test_while_a_server_is_away_nothing_is_recorded(tmp_path: Path) -> None:
    with server() as running:
        name = running.database()
        settings = Settings(database_url=running.url(name), _env_file=None)
        office = Office(settings)
        record(office.ledger, *EVERYONE)
        pool = office.ledger.recorder.datastore.pool  # type: ignore[attr-defined]  # of a server
        pool.timeout = 1.0
        running.kill()
        with pytest.raises(PersistenceError):
            record(office.ledger, a_unit(code="DW-lost"))
        running.start()
        assert office.ledger.head() == 3
        office.close()
