"""Stories on a desk: each fact registered on the day it occurred, as in a live office."""

from collections.abc import Iterable
from typing import Any

from domain.acts import ACTS
from domain.streams import derived_id
from ledger.envelope import Circumstances
from tests.domain import samples as s
from tests.support.offices import Desk


def tell(desk: Desk, *commands: Any) -> Desk:
    """Carry out commands, each registered when it happened."""
    for at, command in enumerate(commands):
        made = derived_id(f"{desk.ledger.head()} {at} {ACTS[type(command)].name}")
        desk.ledger.execute(command, Circumstances("tester", made, made, None))
    desk.runner.catch_up()
    return desk


def everyone() -> Iterable[Any]:
    """Organ, unit and person."""
    return s.EVERYONE
