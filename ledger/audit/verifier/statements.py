"""Statements: the manifest against the logged event, the tree, the definitions and the facts."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from ledger.audit.merkle import CompactRange, ProofError, TreeHash, verify_inclusion
from ledger.audit.verifier.bundle import Bundle, Roots
from ledger.audit.verifier.figures import Figures, Journal, Question
from ledger.audit.verifier.findings import CannotCheckError, Finding
from ledger.audit.verifier.notes import NoteError, from_base64, read_checkpoint
from ledger.audit.verifier.policy import Policy
from ledger.audit.verifier.walk import canonical

_PROOF = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
#: What a manifest must say, and what the logged event repeats of it.
FORMAT = "supervision-ledger/statement-manifest/v1"
REPEATED = ("period_from", "period_to", "organ", "as_of", "definition_sha256")


def contributors_root(leaves: list[int], hasher: TreeHash) -> str:
    """The RFC 6962 root (base64) over leaf indices in ascending order, each in decimal ASCII."""
    tree = CompactRange(hasher)
    for leaf in leaves:
        tree.append(hasher.leaf(str(leaf).encode()))
    return b64encode(tree.root()).decode()


class StatementCheck:
    """Checks one statement folder of a bundle against the log rebuilt from its entries."""

    def __init__(
        self, bundle: Bundle, name: str, size: int, policy: Policy, hasher: TreeHash
    ) -> None:
        self._bundle, self.name, self._policy = bundle, name, policy
        self._size, self._hash = size, hasher
        self.raw = bundle.read(f"{name}/manifest.json")
        self.manifest = _manifest(self.raw, name)

    @property
    def sizes(self) -> set[int]:
        """The sizes at which the manifest claims a root of the tree."""
        return {self.manifest["from"]["size"], self.manifest["to"]["size"]}

    @property
    def sha256(self) -> str:
        """The manifest's hash in hexadecimal, as its event states it."""
        return hashlib.sha256(self.raw).hexdigest()

    def logged(self, roots: Roots, published: dict[int, dict[str, Any]]) -> Iterator[Finding]:
        """What is wrong between the manifest and the log."""
        yield from self._tree(roots)
        yield from self._logged(published)

    def figures(self, journal: Journal) -> Iterator[Finding]:
        """What is wrong with the figures; CannotCheckError for definitions not understood."""
        definition = self._bundle.read(f"{self.name}/definition.toml")
        said = self.manifest["definition_sha256"]
        if hashlib.sha256(definition).hexdigest() != said:
            detail = f"{self.name}：指标定义的散列不是 {said[:16]}…"
            yield Finding("definition_differs", None, detail)
            return
        try:
            yield from list(self._figures(journal, definition.decode()))
        except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
            raise CannotCheckError(f"{self.name}/definition.toml 不是本程序懂得的定义") from None

    def _tree(self, roots: Roots) -> Iterator[Finding]:
        for side in ("from", "to"):
            size, root = self.manifest[side]["size"], self.manifest[side]["root"]
            try:
                fits = roots.fits(size, from_base64(root))
            except ValueError:
                fits = False
            if not fits:
                yield Finding("tree_differs", None, f"{self.name}：{size} 项处的根不是所称的根")

    def _logged(self, published: dict[int, dict[str, Any]]) -> Iterator[Finding]:
        """The manifest's hash is an event of the log, and the proof shipped with it shows so."""
        digest = self.sha256
        leaves = [at for at, data in published.items() if data.get("manifest_sha256") == digest]
        if not leaves:
            yield Finding(
                "manifest_not_logged", None, f"{self.name}：日志中没有散列为 {digest[:16]}… 的清单"
            )
            return
        event = published[leaves[0]]
        differing = [name for name in REPEATED if event.get(name) != self.manifest[name]]
        to = self.manifest["to"]
        tree = (event.get("size"), event.get("root")) != (to["size"], to["root"])
        if differing or tree:
            named = "、".join([*differing, *(["to"] if tree else [])])
            yield Finding(
                "manifest_not_logged", leaves[0], f"{self.name}：登记的 {named} 与清单不同"
            )
        try:
            self._proof(leaves)
        except (NoteError, ProofError, ValueError) as error:
            yield Finding("proof_bad", leaves[0], f"{self.name}：{error}")

    def _proof(self, leaves: list[int]) -> None:
        """The ``.tlog-proof`` against the event's own leaf hash and a checkpoint of the policy."""
        text = self._bundle.read(f"{self.name}/statement.tlog-proof").decode()
        head, _, note = text.partition("\n\n")
        magic, *lines = head.split("\n")
        if lines and lines[0].startswith("extra "):
            lines = lines[1:]
        index = _INDEX.fullmatch(lines[0]) if lines else None
        if magic != _PROOF or index is None:
            raise ProofError("no tlog-proof")
        if int(index[1]) not in leaves:
            raise ProofError("the proof is of another entry")
        checkpoint = read_checkpoint(note.encode(), self._policy.keys)
        if self._policy.log_of(checkpoint) is None or not self._policy.is_met(checkpoint):
            raise ProofError("the proof's checkpoint does not meet the policy")
        at, hashes = int(index[1]), [from_base64(line) for line in lines[1:]]
        leaf = self._hash.leaf(self._bundle.entry(at, self._size))
        verify_inclusion(at, checkpoint.size, leaf, hashes, checkpoint.root, self._hash)

    def _figures(self, journal: Journal, definition: str) -> Iterator[Finding]:
        said = self.manifest
        question = Question(
            said["period_from"], said["period_to"], said["as_of"], said["organ"], said["to"]["size"]
        )
        figures = Figures(journal, definition, question)
        listed = {each["code"]: each for each in said["figures"]}
        for code in figures.definitions.keys() ^ listed.keys():
            yield Finding("figure_differs", None, f"{self.name}：{code} 只在清单或定义之一中")
        for code, each in listed.items():
            if code not in figures.definitions:
                continue
            value, leaves = figures.figure(code)
            defined = figures.definitions[code]
            if (each["name"], each["unit"]) != (defined["name"], defined["unit"]):
                yield Finding("figure_differs", None, f"{self.name}：{code} 的名称或单位不同")
            if value != each["value"]:
                detail = f"{self.name}：{code} 为 {each['value']}，重算为 {value}"
                yield Finding("figure_differs", None, detail)
                continue
            facts = (len(leaves), contributors_root(leaves, self._hash))
            if facts != (each["contributors"], each["contributors_root"]):
                detail = f"{self.name}：{code} 同为 {value}，而所据事实不同"
                yield Finding("contributors_differ", None, detail)


#: What a manifest says in text, what perhaps, and what each of its figures says.
_MANIFEST_TEXTS = ("period_from", "period_to", "definition_sha256", "code_version")
_MANIFEST_PERHAPS = ("organ", "as_of")
_FIGURE = {"code": str, "name": str, "unit": str, "value": int, "contributors": int}


def _manifest(raw: bytes, name: str) -> dict[str, Any]:
    """A manifest; CannotCheckError unless it says what a manifest says, in its one spelling."""
    try:
        said = json.loads(raw)
        good = canonical(said) == raw and said["format"] == FORMAT and _is_typed(said)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        good = False
    if not good:
        raise CannotCheckError(f"{name}/manifest.json 不是统计清单")
    return dict(said)


def _is_typed(said: dict[str, Any]) -> bool:
    """Whether every part is of its type, and no figure is there twice."""
    texts = [said[part] for part in _MANIFEST_TEXTS] + [
        said[part] or "" for part in _MANIFEST_PERHAPS
    ]
    texts += [said[side]["root"] for side in ("from", "to")]
    sizes = [said[side]["size"] for side in ("from", "to")]
    figures = said["figures"]
    return (
        all(isinstance(each, str) for each in texts)
        and all(type(size) is int and size >= 0 for size in sizes)
        and all(type(each[part]) is kind for each in figures for part, kind in _FIGURE.items())
        and all(isinstance(each["contributors_root"], str) for each in figures)
        and len({each["code"] for each in figures}) == len(figures)
    )
