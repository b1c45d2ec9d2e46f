"""A process of its own that brings a log up to the head: ``sequencer_process.py FILE PAGE``."""

import sys
from pathlib import Path

from ledger.audit import sequencer
from tests.ledger.office import open_ledger


def main(path: str, page: str) -> None:
    """Sequence in pages of that size."""
    sequencer.PAGE = int(page)
    with open_ledger(Path(path)) as ledger:
        sequencer.sequence(sequencer.LogStore(ledger))


if __name__ == "__main__":
    main(*sys.argv[1:])
