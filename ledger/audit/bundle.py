"""Bundles: the whole log as files (C2SP tlog-tiles), with statements and verify.py.

What an auditor takes away: nothing in it is believed, all of it is proved.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ledger.audit.checkpoints import Checkpoint
from ledger.audit.merkle import HASH_BYTES
from ledger.audit.proofs import tlog_proof
from ledger.audit.sequencer import LogDamagedError, LogStore, Progress, no_progress
from ledger.audit.standalone import verify_py
from ledger.audit.statements import KeptStatement
from ledger.audit.tiles import WIDTH, tile_path, tiles_of

#: How many bytes of a manifest's hash name its folder.
_NAME = 16

README = """监督台账审计包

核验（只需 Python 3.11 或更新，不联网）：
  python3 -I -S verify.py <本文件夹> --policy <你自己的策略文件> [--remembered <你留存的检查点>]

verify.py 请取自项目的发布并自行保管，不要用随包带来的这一份核验本包。
策略文件（C2SP tlog-policy）写明你信任的日志公钥、共签人公钥和法定数，只能来自你自己。
本次核验后，请把 checkpoint 复制一份留存：下次用 --remembered 交给核验程序。

checkpoint            最新的签名检查点
checkpoints/<大小>    历次检查点；同一大小再次签发的为 checkpoints/<大小>.<时间>
tile/…                树的瓦片；tile/entries/… 为条目原始字节（含个人信息，请按密级保管）
statements/…          公布的统计：清单、指标定义、存在证明
"""


class NotEmptyError(FileExistsError):
    """The folder to export to holds something already."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What of the log is published: the newest checkpoint with its note, and the notes before."""

    checkpoint: Checkpoint
    note: bytes
    history: tuple[tuple[str, bytes], ...]


def export_bundle(
    store: LogStore,
    published: Exported,
    statements: Iterable[tuple[int, KeptStatement]],
    folder: Path,
    progress: Progress = no_progress,
) -> int:
    """Write a bundle of the log at the newest checkpoint; returns how many entries it holds.

    ``statements`` come with the leaf index of the event that logs each. NotEmptyError for a folder
    that is not empty; LogDamagedError where an entry of the log is gone.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmptyError(str(folder))
    size = published.checkpoint.size
    for level, number, width in tiles_of(size):
        tile = store.tile(level, number)[: width * HASH_BYTES]
        _write(folder, _place(str(level), number, width), tile)
    entries = store.entries(0, size)
    for start in range(0, size, WIDTH):
        width = min(WIDTH, size - start)
        data = b"".join(prefixed(islice(entries, width)))
        _write(folder, _place("entries", start // WIDTH, width), data)
        progress(width)
    for name, note in published.history:
        _write(folder, f"checkpoints/{name}", note)
    for leaf, statement in statements:
        _statement(store, published, leaf, statement, folder)
    _write(folder, "verify.py", verify_py().encode())
    _write(folder, "README.txt", README.encode())
    _write(folder, "checkpoint", published.note)
    return size


def _place(level: str, number: int, width: int) -> str:
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{tile_path(number)}{partial}"


def prefixed(entries: Iterable[tuple[int, int, object, object]]) -> Iterator[bytes]:
    """Entries behind their lengths, two bytes each, big-endian."""
    for _, position, _, entry in entries:
        if not isinstance(entry, bytes):
            raise LogDamagedError(f"位置 {position} 的事件不见了")
        yield len(entry).to_bytes(2, "big") + entry


def _statement(
    store: LogStore, published: Exported, leaf: int, statement: KeptStatement, folder: Path
) -> None:
    """A statement with its definitions, and the proof that its manifest is logged."""
    place = f"statements/{statement.sha256[:_NAME]}"
    hashes = store.tree().inclusion(leaf, published.checkpoint.size)
    _write(folder, f"{place}/manifest.json", statement.manifest)
    _write(folder, f"{place}/definition.toml", statement.definition)
    _write(folder, f"{place}/statement.tlog-proof", tlog_proof(leaf, hashes, published.note))


def _write(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
