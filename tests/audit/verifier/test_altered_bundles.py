"""Whoever alters the files of a bundle is found out, each way by a code of its own.

======================================= =======================
 what was done                           first code
======================================= =======================
 a byte altered                          entry_corrupted
 a coded value altered                   entry_altered
 two entries swapped                     entries_swapped
 a neighbour copied over an entry        entry_copied
 an entry removed                        entry_removed
 an entry inserted                       entry_inserted
 the tail cut                            entries_missing
 an entry altered with its stored leaf   leaf_altered
 a stored tile altered                   tile_altered
 the frontier altered                    edge_altered
 all of it altered, down to the edge     root_differs
 the checkpoint's size edited            checkpoint_bad
 an earlier checkpoint's root edited     checkpoint_bad
 an earlier checkpoint of another log    checkpoint_not_signed
 a figure altered in the manifest        manifest_not_logged
 the definition swapped                  definition_differs
 the proof altered                       proof_bad
 a logged statement left out             statement_missing
======================================= =======================

What follows from it is found behind it: figures recomputed from other entries differ too.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from ledger.audit.merkle import SHA256
from tests.audit.logs import encoded, flipped
from tests.audit.scenes import Files, codes, examined

#: A leaf in a full tile, one in the partial tile; the last is LAST.
INSIDE, AT_EDGE, LAST = 300, 600, 675


def rewritten(entry: bytes) -> bytes:
    """Another event in the bytes that the ledger would have written."""
    body = orjson.loads(entry)
    body["data"]["type"] = "企业"
    assert encoded(orjson.loads(entry)) == entry != encoded(body)
    return encoded(body)


def change(leaf: int, how: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    def attack(files: Files) -> None:
        entries = files.entries()
        entries[leaf] = how(entries[leaf])
        files.put(entries)

    return attack


def moved(one: int, other: int) -> Callable[[Files], None]:
    def attack(files: Files) -> None:
        entries = files.entries()
        entries[one], entries[other] = entries[other], entries[one]
        files.put(entries)

    return attack


def copied_over(leaf: int) -> Callable[[Files], None]:
    def attack(files: Files) -> None:
        entries = files.entries()
        entries[leaf] = entries[leaf - 1]
        files.put(entries)

    return attack


def removed(leaf: int) -> Callable[[Files], None]:
    return lambda files: files.put(files.entries()[:leaf] + files.entries()[leaf + 1 :])


def inserted(leaf: int) -> Callable[[Files], None]:
    def attack(files: Files) -> None:
        entries = files.entries()
        files.put([*entries[:leaf], rewritten(entries[leaf]), *entries[leaf:]])

    return attack


def cut(leaf: int) -> Callable[[Files], None]:
    return lambda files: files.put(files.entries()[:leaf])


def without_last_file(files: Files) -> None:
    files.places()[-1].unlink()


def with_leaf(leaf: int) -> Callable[[Files], None]:
    """An entry altered, and its leaf in the stored tile with it."""

    def attack(files: Files) -> None:
        change(leaf, rewritten)(files)
        made, at = SHA256.leaf(files.entries()[leaf]), leaf % 256 * 32
        name = "tile/0/001" if leaf < 512 else "tile/0/002.p/164"
        files.alter(name, lambda tile: tile[:at] + made + tile[at + 32 :])

    return attack


def bit(name: str, at: int = 0) -> Callable[[Files], None]:
    return lambda files: files.alter(name, lambda data: flipped(data, at % len(data)))


def edited(name: str, was: str, now: str) -> Callable[[Files], None]:
    return lambda files: files.alter(name, lambda data: data.replace(was.encode(), now.encode()))


def named_otherwise(files: Files) -> None:
    files.alter("checkpoints/355", lambda note: note.replace(b"office.test", b"office.best"))


def figure_raised(files: Files) -> None:
    edited(files.statement("manifest.json"), '"value":1}', '"value":2}')(files)


def definition_swapped(files: Files) -> None:
    edited(files.statement("definition.toml"), '"persons"', '"count"')(files)


def proof_altered(files: Files) -> None:
    edited(files.statement("statement.tlog-proof"), "index 655", "index 654")(files)


def proof_of_too_little(files: Files) -> None:
    def shorter(proof: bytes) -> bytes:
        head, _, note = proof.partition(b"\n\n")
        return head[: head.rindex(b"\n")] + b"\n\n" + note

    files.alter(files.statement("statement.tlog-proof"), shorter)


def statement_left_out(files: Files) -> None:
    shutil.rmtree(files.folder / "statements")


ROWS = {
    "byte altered": (change(INSIDE, lambda entry: flipped(entry, 0)), "entry_corrupted"),
    "byte altered to none": (change(AT_EDGE, lambda _: b"\xff"), "entry_corrupted"),
    "coded value altered": (change(INSIDE, rewritten), "entry_altered"),
    "coded value altered at the edge": (change(AT_EDGE, rewritten), "entry_altered"),
    "neighbours swapped": (moved(INSIDE, INSIDE + 1), "entries_swapped"),
    "entries far apart swapped": (moved(INSIDE, AT_EDGE), "entries_swapped"),
    "neighbour copied over": (copied_over(INSIDE), "entry_copied"),
    "neighbour copied over the last": (copied_over(LAST), "entry_copied"),
    "entry removed": (removed(INSIDE), "entry_removed"),
    "entry removed at the edge": (removed(AT_EDGE), "entry_removed"),
    "first entry removed": (removed(0), "entry_removed"),
    "entry inserted": (inserted(INSIDE), "entry_inserted"),
    "entry inserted at the edge": (inserted(AT_EDGE), "entry_inserted"),
    "tail cut": (cut(640), "entries_missing"),
    "last entry cut": (cut(LAST), "entries_missing"),
    "last file gone": (without_last_file, "entries_missing"),
    "entry altered with its leaf": (with_leaf(INSIDE), "leaf_altered"),
    "tile altered": (bit("tile/0/001", 77), "tile_altered"),
    "frontier altered": (bit("tile/0/002.p/164", -1), "edge_altered"),
    "upper frontier altered": (bit("tile/1/000.p/2"), "edge_altered"),
    "frontier altered with its entry": (with_leaf(AT_EDGE), "root_differs"),
    "checkpoint size edited": (edited("checkpoint", "\n676\n", "\n675\n"), "checkpoint_bad"),
    "checkpoint root edited": (bit("checkpoint", 25), "checkpoint_bad"),
    "earlier size edited": (edited("checkpoints/355", "\n355\n", "\n354\n"), "checkpoint_bad"),
    "earlier origin edited": (named_otherwise, "checkpoint_bad"),
    "figure altered": (figure_raised, "manifest_not_logged"),
    "definition swapped": (definition_swapped, "definition_differs"),
    "proof of another entry": (proof_altered, "proof_bad"),
    "proof cut": (proof_of_too_little, "proof_bad"),
    "statement left out": (statement_left_out, "statement_missing"),
}
#: What is found before it: the file itself is not well formed.
BEFORE = {"bundle_malformed"}
#: What follows from other entries than those logged, or from a manifest that is another.
BEHIND = {
    "version_gap",
    "time_decreased",
    "time_outside_bracket",
    "entry_unreadable",
    "checkpoint_contradicts",
    "tree_differs",
    "proof_bad",
    "manifest_not_logged",
    "statement_missing",
    "figure_differs",
    "contributors_differ",
}


def test_the_untouched_bundle_gives_no_finding(files: Files, two_of_three: bytes) -> None:
    report = examined(files.folder, two_of_three)
    assert (codes(report), report.unchecked) == ([], [])
    assert (report.size, report.checkpoints, report.witnessed, report.unwitnessed) == (676, 3, 3, 0)
    assert [len(said["figures"]) for _, said in report.statements] == [56]


@pytest.mark.parametrize("row", ROWS)
def test_an_altered_bundle_is_found_out(files: Files, two_of_three: bytes, row: str) -> None:
    attack, code = ROWS[row]
    attack(files)
    found = [each for each in codes(examined(files.folder, two_of_three)) if each not in BEFORE]
    assert found[0] == code
    assert set(found) <= {code} | BEHIND
    assert found.count(code) <= 2


@pytest.mark.parametrize("leaf", [INSIDE, AT_EDGE])
def test_of_roots_that_rest_on_an_altered_entry_nothing_is_said(
    files: Files, two_of_three: bytes, leaf: int
) -> None:
    """The checkpoint of 355 entries holds the first of them, and not the second."""
    note = (files.folder / "checkpoints" / "355").read_bytes()
    change(leaf, lambda entry: entry.replace("经办人".encode(), "别的人".encode()))(files)
    assert codes(examined(files.folder, two_of_three, note)) == ["entry_altered"]


def test_each_finding_of_an_entry_names_its_leaf(files: Files, two_of_three: bytes) -> None:
    moved(INSIDE, AT_EDGE)(files)
    found = examined(files.folder, two_of_three).findings
    assert [each.leaf for each in found if each.code == "entries_swapped"] == [INSIDE, AT_EDGE]


def test_an_earlier_checkpoint_of_another_log_is_found(
    files: Files, two_of_three: bytes, tmp_path: Path
) -> None:
    def unsigned(note: bytes) -> bytes:
        text, _, lines = note.partition(b"\n\n")
        kept = [line for line in lines.split(b"\n") if b"witness-" in line or not line]
        return text + b"\n\n" + b"\n".join(kept)

    files.alter("checkpoints/355", unsigned)
    assert codes(examined(files.folder, two_of_three)) == ["checkpoint_not_signed"]


def test_what_is_beside_the_evidence_may_be_anything(files: Files, two_of_three: bytes) -> None:
    (files.folder / "README.txt").write_bytes(b"\xff")
    (files.folder / "verify.py").write_text("print('proven')")
    (files.folder / "tile" / "entries" / "999").write_bytes(b"more")
    assert codes(examined(files.folder, two_of_three)) == []
