"""The moment that a request asks about, and waiting for one that is not reached yet."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from api.columns import Moment
from api.cursors import Place
from api.problems import Problem
from api.service import PATIENCE, Service
from projections.cuts import Cut
from projections.moments import reached as reached_by
from projections.moments import reading_at

#: A view of the read models, its cut, and the position that it takes into account.
Seen = tuple[Connection, Cut, int]


def cut_of(service: Service, moment: Moment) -> Cut:
    """The cut asked for, once the read models have reached it.

    Problem 400 for both a day and a position, or a position the ledger does not hold; 503 where
    the read models do not reach it in time.
    """
    if moment.as_of is not None and moment.at_position is not None:
        raise Problem(400, "two_moments", pointer="?at_position")
    for name, position in (
        ("at_position", moment.at_position),
        ("min_position", moment.min_position),
    ):
        if position is not None:
            wait_for(service, position, name)
    return Cut(moment.as_of, moment.at_position)


def is_reached(service: Service, moment: Moment) -> bool:
    """Whether a moment can be read without waiting."""
    asked = (moment.at_position, moment.min_position)
    return all(each is None or service.follower.position >= each for each in asked)


def wait_for(service: Service, position: int, name: str) -> None:
    """Wait briefly until the read models have reached a position."""
    if service.follower.position >= position:
        return
    if position > service.office.ledger.head():
        raise Problem(400, "position_ahead", pointer=f"?{name}")
    if not service.follower.reached(position, PATIENCE):
        raise Problem(503, "not_yet_reached", pointer=f"?{name}", retry_after=1)


@contextmanager
def moment_of(
    service: Service, moment: Moment, place: Place | None, tables: Collection[str]
) -> Iterator[Seen]:
    """The read models at the moment asked for, or at that of the page before."""
    cut = place.cut if place is not None else cut_of(service, moment)
    with reading_at(service.office.engine, cut, tables) as connection:
        position = reached_by(connection, tables)
        if place is not None:
            position = place.position
        elif cut.at_position is not None:
            position = min(cut.at_position, position)
        yield connection, cut, position


def day_of(service: Service, cut: Cut) -> date:
    """The day of a cut: that asked about, or on which its last event was recorded, or today."""
    ledger = service.office.ledger
    if cut.at_position is None:
        return cut.as_of or ledger.today()
    return ledger.recorded_on(cut.at_position) or date.min


def outdated(service: Service, place: Place) -> bool:
    """Whether something known by the day of a place was recorded after its first page was read."""
    if place.as_of is None:
        return False
    day = place.as_of.isoformat()
    pages = service.office.ledger.follow(place.position, until=service.follower.position)
    return any(event["registered_on"] <= day for page in pages for _, event in page)
