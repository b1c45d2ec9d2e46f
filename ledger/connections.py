"""Connections to a PostgreSQL server: how it is addressed, and what is done when it was away."""

from typing import Any

from eventsourcing.persistence import OperationalError
from eventsourcing.postgres import ConnectionPool
from psycopg import Connection, connect
from psycopg import OperationalError as GoneError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow

#: A far end that is gone, or frozen with a transaction open, is found out within half a minute.
_KEEPALIVES: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "application_name": "supervision-ledger",
    "connect_timeout": 10,
}


def conninfo(url: str, **settings: str) -> str:
    """A database's address as libpq takes it, with settings of the server for its sessions."""
    told: dict[str, Any] = dict(conninfo_to_dict(url))
    told["options"] = " ".join(
        [str(told.get("options") or ""), *(f"-c {name}={settings[name]}" for name in settings)]
    ).strip()
    return make_conninfo(**_KEEPALIVES | told)


def reached(address: str) -> None:
    """Nothing, once the server has let somebody in; OperationalError, which says why, where not.

    The pool would go on trying, and not say why.
    """
    try:
        connect(address).close()
    except GoneError as error:
        raise OperationalError(" ".join(str(error).split())) from error


class LivingPool(ConnectionPool[Connection[DictRow]]):
    """Connections that are found alive before they are given out.

    Where one is dead the server was away, and so are all: the library would find them out one by
    one, and wait twice as long after each.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(check=self._alive, **settings)

    def _alive(self, connection: Connection[DictRow]) -> None:
        try:
            self.check_connection(connection)
        except GoneError:
            self.drain()
            raise
