"""Examining the published checkpoints: signatures, roots, times, changes of key, the quorum."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.audit.key_changes import BadKeyChangeError, TrustedKeys, trusted_keys
from ledger.audit.merkle import ProofError
from ledger.audit.notes import NoteError, Verifier
from ledger.audit.published import Published, Trust
from ledger.audit.sequencer import LogDamagedError, LogStore
from ledger.audit.signer import MAX_SKEW
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.policy import Policy
from ledger.audit.verifier.walk import Brackets

#: How long after it was signed a checkpoint may be cosigned and still date events (seconds).
MAX_DELAY = 86_400


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be; ``position`` is on the ledger, where there is one."""

    code: str
    position: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Demands:
    """Against what checkpoints are held: the log's known key, the witnesses' policy, the clocks.

    ``max_skew`` is how far clocks may be apart, ``max_delay`` how long after it was signed a
    checkpoint may be cosigned (seconds).
    """

    known: Verifier
    policy: Policy | None = None
    max_skew: float = MAX_SKEW
    max_delay: float = MAX_DELAY


@dataclass
class Examined:
    """Published checkpoints that are signed and lie on the tree, by size and time; findings."""

    trust: Trust
    good: list[Published] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    brackets: Brackets = field(default_factory=lambda: Brackets([], 0))

    def find(self, code: str, detail: str, position: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(code, position, detail))


def examine_checkpoints(store: LogStore, demands: Demands) -> Examined:
    """Every published checkpoint, held against the tree, the keys, the policy and each other."""
    examined = Examined(Trust(TrustedKeys(demands.known), demands.policy))
    try:
        size = store.state().size
    except LogDamagedError as error:
        examined.find("log_damaged", str(error))
        return examined
    roots = _Roots(store)
    examined.trust = Trust(_keys(store, demands, examined), demands.policy)
    for stored in store.notes():
        published = _read(stored, examined)
        if published is not None and _on_tree(roots, size, published, examined):
            examined.good.append(published)
    _quorum(examined)
    examined.brackets = Brackets(list(_times(examined, demands)), demands.max_skew)
    return examined


def _keys(store: LogStore, demands: Demands, examined: Examined) -> TrustedKeys:
    """The keys that the known one vouches for, by the changes on the ledger."""
    try:
        keys = trusted_keys(store, demands.known)
    except BadKeyChangeError as error:
        examined.find("key_change_bad", str(error), error.position)
        return TrustedKeys(demands.known)
    if not keys.linked:
        reason = "换钥事件既不从所知的公钥换出，也不换入所知的公钥"
        examined.find("key_change_bad", reason, keys.changes[0].position)
    return keys


def _read(stored: PublishedNote, examined: Examined) -> Published | None:
    """A published checkpoint, signed, and in its place."""
    try:
        published = examined.trust.read(stored.data)
    except NoteError as error:
        examined.find("checkpoint_not_signed", str(error))
        return None
    said = (published.checkpoint.size, published.logged_at or 0)
    if said != (stored.size, stored.at):
        detail = f"登记为 {stored.size} 项、时间 {stored.at} 的检查点，实为 {said[0]} 项、{said[1]}"
        examined.find("checkpoint_misplaced", detail)
        return None
    return published


def _on_tree(roots: "_Roots", size: int, published: Published, examined: Examined) -> bool:
    """Whether the tree has the checkpoint's root at its size."""
    checkpoint = published.checkpoint
    if checkpoint.size > size:
        examined.find("tail_cut", f"检查点有 {checkpoint.size} 项，日志只有 {size} 项")
        return False
    same = roots.at(checkpoint.size) == checkpoint.root
    if not same:
        examined.find("root_differs", f"{checkpoint.size} 项处的根与检查点不同")
    return same


class _Roots:
    """The tree's roots, each reckoned once: a heartbeat repeats the size before it."""

    def __init__(self, store: LogStore) -> None:
        self._tree = store.tree()
        self._known: dict[int, bytes | None] = {}

    def at(self, size: int) -> bytes | None:
        """The root at a size; None where the tiles do not give one."""
        if size not in self._known:
            try:
                self._known[size] = self._tree.root(size)
            except (KeyError, ProofError):
                self._known[size] = None
        return self._known[size]


def _quorum(examined: Examined) -> None:
    """The newest checkpoint has its quorum of witnesses."""
    if examined.good and not examined.trust.is_met(examined.good[-1]):
        size, count = examined.good[-1].checkpoint.size, examined.trust.cosigners(examined.good[-1])
        code = "quorum_short" if count else "quorum_missing"
        examined.find(code, f"最新检查点（{size} 项）有 {count} 位共签人的共签，未达法定数")


def _times(examined: Examined, demands: Demands) -> Iterator[tuple[int, float, float]]:
    """Size, from and until when of each checkpoint with a time; times that go backwards found."""
    latest = 0
    for published in examined.good:
        size, logged = published.checkpoint.size, published.logged_at
        if logged is not None and logged < latest:
            examined.find("checkpoint_time_decreased", f"{size} 项的检查点签于更早的检查点之前")
        latest = max(latest, logged or 0)
        witnessed = examined.trust.witnessed_at(published)
        if witnessed is None:
            continue
        if logged is not None and logged > witnessed + demands.max_skew:
            late = logged - witnessed
            examined.find("checkpoint_time", f"{size} 项的检查点自称签于共签之后 {late} 秒")
        yield size, max(witnessed - demands.max_delay, logged or 0.0), float(witnessed)
