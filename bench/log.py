"""The log: sequencing beside import, proofs by size, and the full audit of a bundle.

``entries`` of the import are copied under other numbers until there are as many as asked.
"""

import json
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from bench.timing import timed
from ledger.application import Ledger
from ledger.audit.bundle import Exported, export_bundle
from ledger.audit.checkpoints import verified_checkpoint
from ledger.audit.keyring import open_keyring
from ledger.audit.merkle import LEAF, NODE, SHA256
from ledger.audit.sequencer import LogStore, sequence
from ledger.audit.signer import SignedState, sign_checkpoint
from ledger.audit.tiles import Edge, Place, TiledTree
from ledger.audit.verifier.bundle import Bundle
from ledger.audit.verifier.tree import WIDTH, Grown, leaves_of
from ledger.settings import Settings

ORIGIN = "bench.test/log"
PROOFS = 200
_NUMBERS = re.compile(rb'(?<=[:"])(XS|AJ|XT|CF|XF|R|DA|WT)0(?=\d{6}")')
_RECORDED = re.compile(rb'"recorded_at":"[^"]*"')
_FIXED = (b"organ:", b"unit:", b"round:")


def stored(database: Path) -> list[tuple[str, int, str, bytes]]:
    with sqlite3.connect(database) as db:
        columns = "originator_id, originator_version, topic, state"
        return db.execute(f"SELECT {columns} FROM stored_events ORDER BY rowid").fetchall()


def copies(rows: list[tuple[str, int, str, bytes]], count: int) -> Iterator[tuple[object, ...]]:
    """The events, and again under other numbers, all recorded at the last instant of the first."""
    last = _RECORDED.search(rows[-1][3])
    assert last is not None
    made = 0
    for copy in range(10):
        for stream, version, topic, state in rows:
            if made == count:
                return
            if copy and json.loads(state)["stream"].encode().startswith(_FIXED):
                continue
            made += 1
            if not copy:
                yield (made, stream, version, topic, state)
                continue
            renumbered = _RECORDED.sub(last[0], _NUMBERS.sub(rb"\g<1>%d" % copy, state))
            yield (made, f"{stream}-{copy}", version, topic, renumbered)


def filled(folder: Path, source: Path, count: int) -> Ledger:
    """A ledger of that many events."""
    ledger = Ledger.open(Settings(database_url=f"sqlite:///{folder / 'audit.sqlite3'}"))
    ledger.head()
    with sqlite3.connect(folder / "audit.sqlite3") as db:
        db.executemany(
            "INSERT INTO stored_events VALUES (?,?,?,?,?)", copies(stored(source), count)
        )
    return ledger


def proofs(sizes: list[int]) -> dict[int, float]:
    """Microseconds of one inclusion and one consistency proof, by size."""
    edge, tiles = Edge(), dict[Place, bytes]()
    leaf, found, chance = sha256(b"leaf").digest(), {}, random.Random(1)
    for size in sizes:
        while edge.size < size:
            tiles.update(edge.append(leaf))
        tree = TiledTree(size, _Tiles(tiles, edge))
        at = [chance.randrange(1, size) for _ in range(PROOFS)]
        found[size] = timed(lambda: [(tree.inclusion(i), tree.consistency(i)) for i in at])  # noqa: B023
    return {size: seconds / PROOFS * 1e6 for size, seconds in found.items()}


class _Tiles:
    def __init__(self, full: dict[Place, bytes], edge: Edge) -> None:
        self._full, self._edge = full, edge

    def tile(self, level: int, number: int) -> bytes:
        found = self._full.get((level, number))
        return bytes(self._edge.levels[level]) if found is None else found


def rebuild(entries: list[bytes]) -> bytes:
    """The hash part of an audit: every leaf and every node, from entries to root."""
    grown = Grown(SHA256)
    whole = len(entries) - len(entries) % WIDTH
    for start in range(0, whole, WIDTH):
        for _ in grown.add(leaves_of(entries[start : start + WIDTH], SHA256)):
            pass
    return grown.root(leaves_of(entries[whole:], SHA256))


def bare(inputs: list[bytes]) -> None:
    for each in inputs:
        sha256(each).digest()


def inputs_of(entries: list[bytes]) -> list[bytes]:
    """The very byte strings that an audit hashes: every leaf's and every node's, in any order."""
    inputs = [LEAF + entry for entry in entries]
    layer = [sha256(each).digest() for each in inputs]
    while len(layer) > 1:
        odd = layer[len(layer) // 2 * 2 :]
        pairs = [NODE + layer[at] + layer[at + 1] for at in range(0, len(layer) - 1, 2)]
        inputs += pairs
        layer = [sha256(each).digest() for each in pairs] + odd
    return inputs


def exported(ledger: Ledger, folder: Path) -> tuple[Path, Path, int]:
    store, keys = LogStore(ledger), folder / "keys"
    keyring = open_keyring(keys, ORIGIN)
    note = sign_checkpoint(store, keyring, SignedState(keys, ORIGIN)).data
    verifier = keyring.current.verifier
    checkpoint, _ = verified_checkpoint(note, ORIGIN, [verifier])
    size = export_bundle(store, Exported(checkpoint, note, ()), (), folder / "bundle")
    policy = folder / "policy"
    policy.write_text(f"log {verifier}\nquorum none\n", encoding="utf-8")
    return folder / "bundle", policy, size


def main(folder: Path, source: Path, count: int) -> None:
    with filled(folder, source, count) as ledger:
        sequencing = timed(lambda: sequence(LogStore(ledger)))
        bundle, policy, size = exported(ledger, folder)
    reader = Bundle(bundle)
    entries: list[bytes] = []
    for number in range(-(-size // WIDTH)):
        entries += reader.entries(number, min(WIDTH, size - number * WIDTH))[0]
    inputs = inputs_of(entries)
    command = [sys.executable, "-I", "-S", str(bundle / "verify.py"), str(bundle)]
    command += ["--policy", str(policy)]
    audit = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    found = {
        "events": size,
        "sequencing_s": sequencing,
        "bytes": sum(map(len, entries)),
        "bare_s": min(timed(lambda: bare(inputs)) for _ in range(3)),
        "entries_s": min(timed(lambda: bare(entries)) for _ in range(3)),
        "hash_s": min(timed(lambda: rebuild(entries)) for _ in range(3)),
        "audit_s": audit,
        "proofs_us": proofs([10**3, 10**4, 10**5, 10**6]),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
