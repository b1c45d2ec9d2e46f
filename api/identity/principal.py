"""Who acts: a subject with the roles that the ledger says it holds."""

from dataclasses import dataclass

from sqlalchemy import Connection

from domain.grants.roles import identifiers, roles


@dataclass(frozen=True, slots=True)
class Held:
    """A role held, by its identifier; ``organ`` is None in the whole ledger.

    ``officer`` is how records name the subject where they name who handles (承办人).
    """

    role: str
    organ: str | None
    officer: str | None


@dataclass(frozen=True, slots=True)
class Principal:
    """A subject and every role it holds."""

    subject: str
    held: tuple[Held, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The identifiers of the roles held."""
        return frozenset(each.role for each in self.held)

    def holds(self, *wanted: str) -> bool:
        """Whether one of these roles is held."""
        return not self.roles.isdisjoint(wanted)


def principal_of(connection: Connection, subject: str) -> Principal:
    """A subject with the grants that stand, as far as the read models have followed.

    Reads one row a role by its key, however many subjects there are.
    """
    numbers = [f"{subject}:{role}" for role in roles()]
    marks = ", ".join("?" * len(numbers))
    statement = (
        "SELECT role, organ, officer FROM grants "  # noqa: S608 -- marks only
        f"WHERE number IN ({marks}) AND revoked_on IS NULL ORDER BY number"
    )
    rows = connection.exec_driver_sql(statement, tuple(numbers))
    return Principal(subject, tuple(Held(identifiers()[row[0]], row[1], row[2]) for row in rows))
