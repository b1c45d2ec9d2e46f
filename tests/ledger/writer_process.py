"""A process of its own that records units on a ledger: ``writer_process.py FILE NAME COUNT``."""

import sys
from pathlib import Path

from tests.domain.samples import a_unit
from tests.ledger.office import open_ledger, record


def main(path: str, name: str, count: str) -> None:
    """Record that many units, one transaction each."""
    with open_ledger(Path(path)) as ledger:
        record(ledger, *(a_unit(code=f"{name}{number}") for number in range(int(count))))


if __name__ == "__main__":
    main(*sys.argv[1:])
