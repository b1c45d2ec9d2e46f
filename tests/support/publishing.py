"""Publishers as processes, which a test kills and freezes, and starts anew as a supervisor does."""

import psycopg

from consumers.outbound.places import Places
from ledger.application import Ledger
from tests.support.databases import ON_SERVER, url
from tests.support.intake import Workers

#: As ``LEDGER_KAFKA_NAME`` has it unless it is set.
SOURCE = "/supervision-ledger"


class Publishers(Workers):
    """Publishing processes on one ledger's file; each by a name that is its folder."""

    COMMAND = "publish"

    def take_lead_away(self) -> None:
        """Let another lead, as the database does where a leader is frozen for long."""
        if not ON_SERVER:
            self.database.with_name(f"{self.database.name}.publish.lock").unlink()
            return
        with psycopg.connect(url(self.database), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() "
                "AND application_name = 'supervision-ledger publish'"
            )

    def remove(self, name: str) -> None:
        """Kill one (SIGKILL), if it has not just ended by itself."""
        process = self.processes.pop(name)
        process.kill()
        process.join()

    def runs(self, name: str = "one") -> bool:
        """Whether one is there, frozen or not."""
        return name in self.processes and self.processes[name].is_alive()


def published(ledger: Ledger) -> int:
    """The position that the ledger's database knows to be published."""
    known = Places(ledger).known()
    return known.place.position if known is not None else 0
