"""The conformance vectors folder, where present: ``LEDGER_VECTORS`` or beside the project."""

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).parents[3] / "shared" / "vectors"
FOLDER = Path(os.environ.get("LEDGER_VECTORS") or BESIDE)

needs_vectors = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"no conformance vectors folder at {FOLDER} (LEDGER_VECTORS)"
)


def read(*path: str) -> bytes:
    """A file of the folder."""
    return FOLDER.joinpath(*path).read_bytes()


def read_json(*path: str) -> Any:
    """A JSON document of the folder."""
    return json.loads(read(*path))


def cases(kind: str) -> list[Any]:
    """The proof cases of a kind, each under the name of its file; none without the folder."""
    folder = FOLDER / "transparency-dev-merkle" / "testdata" / kind
    return [
        pytest.param(json.loads(path.read_bytes()), id=str(path.relative_to(folder)))
        for path in sorted(folder.rglob("*.json"))
    ]


def raw(case: dict[str, Any], name: str) -> bytes:
    """A hash of a case; a null is no bytes."""
    return b64decode(case[name] or "")


def proof(case: dict[str, Any]) -> list[bytes]:
    """The hashes of a case's proof; a null is none."""
    return [b64decode(each) for each in case["proof"] or []]
