"""The transparency log as it is read: checkpoint, tiles, entries, proofs (C2SP tlog-tiles)."""

from dataclasses import dataclass
from pathlib import Path

from api.problems import Problem
from ledger.audit.bundle import prefixed
from ledger.audit.merkle import ProofError
from ledger.audit.proofs import encoded, tlog_proof
from ledger.audit.published import Published, newest_on_tree, trust_of
from ledger.audit.sequencer import LogStore
from ledger.audit.tables import PublishedNote
from ledger.audit.tiles import HEIGHT, WIDTH, read_tile_path
from projections.office import Office

#: Levels of tiles that a tree of 2**64 leaves has.
_LEVELS = tuple(map(str, range(64 // HEIGHT)))

Newest = tuple[Published, PublishedNote]


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile or a bundle of entries, and whether it is full: that never changes."""

    data: bytes
    is_full: bool


class ReadLog:
    """One tree of the log; ``folder`` holds the key that its checkpoints are signed with."""

    def __init__(self, store: LogStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._seen: tuple[PublishedNote | None, Newest | None] = (None, None)

    def newest(self) -> Newest:
        """The newest checkpoint that is signed and lies on the tree; Problem 404 without one."""
        last = self._store.newest_note()
        known, found = self._seen
        if last is None or last != known or found is None:
            trust = trust_of(self._store, self._folder)
            found = None if trust is None else newest_on_tree(self._store, trust)
            self._seen = last, found
        if found is None:
            raise Problem(404, "no_checkpoint")
        return found

    def tile(self, level: str, path: str) -> Tile:
        """A tile, or the part of it that is asked for; Problem 404 where there is none yet."""
        try:
            number, width = read_tile_path(path)
            return Tile(self._store.part(_LEVELS.index(level), number, width), width == WIDTH)
        except (ValueError, KeyError):
            raise Problem(404, "not_found") from None

    def entries(self, path: str) -> Tile:
        """Entries as they are stored, each behind its length; Problem 404 where there are none."""
        self.tile("0", path)
        number, width = read_tile_path(path)
        found = self._store.entries(number * WIDTH, number * WIDTH + width)
        return Tile(b"".join(prefixed(found)), width == WIDTH)

    def inclusion(self, *, index: int | None, position: int | None, size: int | None) -> bytes:
        """That an entry is in a signed tree (C2SP tlog-proof): the newest, or one of a size.

        Problem 404 where the entry is not in it, or no such tree was signed.
        """
        published, note = self.newest() if size is None else self._of_size(size)
        if index is None and position is not None:
            index = self._store.index_of(position)
        if index is None:
            raise Problem(404, "not_found")
        try:
            hashes = self._store.tree().inclusion(index, published.checkpoint.size)
        except (ProofError, KeyError):
            raise Problem(404, "not_found") from None
        return tlog_proof(index, hashes, note.data)

    def consistency(self, first: int, size: int | None) -> bytes:
        """That a tree begins with a smaller one: a hash in base64 a line."""
        second = self.newest()[0].checkpoint.size if size is None else size
        try:
            hashes = self._store.tree().consistency(first, second)
        except (ProofError, KeyError):
            raise Problem(404, "not_found") from None
        return "".join(f"{encoded(each)}\n" for each in hashes).encode()

    def _of_size(self, size: int) -> Newest:
        trust = trust_of(self._store, self._folder)
        found = None if trust is None else newest_on_tree(self._store, trust, size)
        if found is None:
            raise Problem(404, "no_checkpoint")
        return found


def read_logs(office: Office) -> dict[str, ReadLog]:
    """The log, and the second tree where the office keeps one, by what its address begins with."""
    folder = office.settings.keys_dir
    logs = {"/log": ReadLog(office.log, folder)}
    if office.twin is not None:
        logs["/log/sm3"] = ReadLog(office.twin, folder / "sm3")
    return logs
