"""The log's size, its position and the events there are must agree."""

import pytest

from ledger.audit.keyring import WillNotSignError
from tests.audit.logs import EVENTS, Log, add_units, attack

SIGNED = 10


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE log_state SET position = position + 3", id="moved forward"),
        pytest.param("UPDATE log_state SET position = position - 3", id="moved back"),
        pytest.param(
            f"INSERT INTO {EVENTS} SELECT -1, 'x', 1, topic, state FROM {EVENTS} LIMIT 1",
            id="an event before the first",
        ),
    ],
)
def test_events_that_the_log_passed_over_are_found_and_not_signed(log: Log, change: str) -> None:
    add_units(log.ledger, SIGNED)
    log.sign()
    attack(log.path, change)
    assert "log_damaged" in log.codes()
    add_units(log.ledger, 5)
    with pytest.raises(WillNotSignError):
        log.sign()


def test_a_size_below_nothing_is_damage(log: Log) -> None:
    add_units(log.ledger, SIGNED)
    log.sign()
    attack(log.path, "UPDATE log_state SET size = -1")
    assert "log_damaged" in log.codes()
