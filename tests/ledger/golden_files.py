"""Golden files: the canonical bytes of one event of every stored name, written once, for ever.

``LEDGER_WRITE_GOLDEN=1 pytest tests/ledger/test_golden.py`` writes those that are missing and
never one that exists: bytes that some office has stored do not change.
"""

from pathlib import Path

FOLDER = Path(__file__).with_name("golden")
WRITE = "LEDGER_WRITE_GOLDEN"


def golden_file(name: str) -> Path:
    """Where the golden bytes of a stored name are."""
    return FOLDER / f"{name}.json"


def golden_names() -> set[str]:
    """The stored names that have a golden file."""
    return {file.stem for file in FOLDER.glob("*.json")}


def write_missing(events: dict[str, bytes]) -> None:
    """Write what is missing; FileExistsError rather than overwrite."""
    FOLDER.mkdir(exist_ok=True)
    for name in events.keys() - golden_names():
        with golden_file(name).open("xb") as file:
            file.write(events[name])
