"""compose.yaml as an engine would read it."""

import re
from functools import cache
from typing import Any

import yaml

from tests.support.registers import EXAMPLES

ROOT = EXAMPLES.parent
IMAGE = "supervision-ledger:0.1.0"


@cache
def composition() -> dict[str, Any]:
    """The whole document, its anchors followed."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return document


def services() -> dict[str, dict[str, Any]]:
    """Each service by its name."""
    found: dict[str, dict[str, Any]] = composition()["services"]
    return found


def own() -> dict[str, dict[str, Any]]:
    """Those that run this program."""
    return {name: each for name, each in services().items() if each["image"] == IMAGE}


def kafka_settings() -> dict[str, str]:
    """The broker's settings, by the names that its image makes of its environment's."""
    told = services()["kafka"]["environment"]
    return {
        re.sub("_", ".", name.removeprefix("KAFKA_").lower()): value
        for name, value in told.items()
        if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"
    }
