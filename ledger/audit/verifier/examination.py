"""The examination of a bundle, from its checkpoint to its statements, in one reading of entries."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ledger.audit.merkle import TreeHash
from ledger.audit.verifier.bundle import Bundle, Rebuilt, Roots
from ledger.audit.verifier.findings import CannotCheckError, Finding
from ledger.audit.verifier.notes import Checkpoint, NoteError, read_checkpoint, said_to_sign
from ledger.audit.verifier.policy import Policy
from ledger.audit.verifier.signers import Changes, endorsed, key_changes, wrongly_signed
from ledger.audit.verifier.statements import StatementCheck
from ledger.audit.verifier.walk import Brackets, Late, Walk

_CHECKPOINT_NAME = re.compile(r"(0|[1-9][0-9]{0,18})(?:\.[0-9]+)?")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Demands:
    """What an auditor asks.

    ``remembered`` are checkpoints kept from earlier visits. ``max_delay`` is how long after it was
    signed a checkpoint may be cosigned, ``skew`` how far clocks may be apart (both in seconds),
    ``late_days`` from how many days on a registration is listed as late.
    """

    policy: Policy
    hasher: TreeHash
    remembered: tuple[bytes, ...] = ()
    max_delay: float = 86_400
    skew: float = 300
    late_days: int = 31


@dataclass
class Report:
    """What was examined and found; ``unwitnessed`` entries lie behind the last cosigned size.

    ``unchecked`` says what could not be checked, for want of a file or of knowledge.
    """

    origin: str | None = None
    size: int = 0
    root: bytes = b""
    checkpoints: int = 0
    witnessed: int = 0
    unwitnessed: int = 0
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)


def examine(bundle: Bundle, demands: Demands, progress: Progress) -> Report:
    """Examine a bundle; CannotCheckError where nothing can be said of it."""
    report = Report()
    try:
        policy, newest = _newest(bundle, demands.policy)
    except NoteError as error:
        report.findings.append(Finding("checkpoint_bad", None, f"checkpoint：{error}"))
        return report
    report.origin, report.size, report.root = newest.origin, newest.size, newest.root
    if newest.size == 0:
        raise CannotCheckError("检查点的树是空的：空的日志证明不了什么")
    if policy.log_of(newest) is None:
        detail = "checkpoint 没有策略所列日志的签名"
        report.findings.append(Finding("checkpoint_not_signed", None, detail))
        return report
    _Examination(bundle, demands, policy, newest, report).run(progress)
    return report


def _newest(bundle: Bundle, policy: Policy) -> tuple[Policy, Checkpoint]:
    """The newest checkpoint, and the policy with the keys that the log's key has endorsed."""
    raw = bundle.read("checkpoint")
    newest = read_checkpoint(raw, policy.keys)
    logs = {(log.name, log.id) for log in policy.logs}
    if not all(logs & signed for signed in _signed(bundle)):
        policy = endorsed(bundle, newest.size, policy)
        newest = read_checkpoint(raw, policy.keys)
    return policy, newest


def _signed(bundle: Bundle) -> Iterator[set[tuple[str, bytes]]]:
    """By which keys each checkpoint that can be read is said to be signed."""
    for name in ("checkpoint", *(f"checkpoints/{each}" for each in bundle.names("checkpoints"))):
        with suppress(CannotCheckError, NoteError):
            yield said_to_sign(bundle.read(name))


def _certain(roots: dict[int, bytes], differing: list[Finding]) -> Roots:
    """The roots, and up to which size they are those of the log and not of altered entries."""
    leaves = [each.leaf for each in differing if each.leaf is not None]
    return Roots(roots, min(leaves) if leaves else None)


class _Examination:
    """Goes through a bundle whose newest checkpoint is signed by a log of the policy."""

    def __init__(
        self, bundle: Bundle, demands: Demands, policy: Policy, newest: Checkpoint, report: Report
    ) -> None:
        self._bundle, self._demands, self._policy = bundle, demands, policy
        self._newest, self._report = newest, report
        self._found = report.findings
        self._history: list[Checkpoint] = []
        self._remembered = [self._recalled(note) for note in demands.remembered]

    def _recalled(self, note: bytes) -> Checkpoint:
        """A checkpoint that the auditor brought along; it must be one of this log."""
        try:
            checkpoint = read_checkpoint(note, self._policy.keys)
        except NoteError as error:
            raise CannotCheckError(f"审计员保存的检查点不可用：{error}") from None
        if self._policy.log_of(checkpoint) is None or checkpoint.size == 0:
            raise CannotCheckError("审计员保存的检查点不是本日志所签，或树是空的")
        return checkpoint

    def run(self, progress: Progress) -> None:
        """Everything, in the order in which one rests on the other."""
        self._read_history()
        checks = self._statements()
        brackets = Brackets(list(self._timed()), self._demands.skew)
        walk = Walk(brackets, self._demands.late_days, counting=bool(checks))
        rebuilt = Rebuilt(self._bundle, self._newest.size, self._demands.hasher)
        rebuilt.build(self._sizes(checks), walk.take, progress)
        differing = list(rebuilt.findings(self._newest.root))
        self._found += differing
        self._found += walk.findings
        roots = _certain(rebuilt.roots, differing)
        self._found += self._contradictions(roots)
        self._found += self._keys(walk)
        self._check(checks, walk, roots)
        self._report.late = walk.late
        self._summarise()

    # -- checkpoints -----------------------------------------------------------------------

    def _read_history(self) -> None:
        """Every checkpoint of the bundle, the newest with them."""
        self._history.append(self._newest)
        for name in self._bundle.names("checkpoints"):
            match = _CHECKPOINT_NAME.fullmatch(name)
            place = f"checkpoints/{name}"
            try:
                checkpoint = read_checkpoint(self._bundle.read(place), self._policy.keys)
            except NoteError as error:
                self._found.append(Finding("checkpoint_bad", None, f"{place}：{error}"))
                continue
            except CannotCheckError as error:
                self._report.unchecked.append(str(error))
                continue
            if match is None or int(match[1]) != checkpoint.size:
                detail = f"{place} 是 {checkpoint.size} 项的检查点"
                self._found.append(Finding("checkpoint_bad", None, detail))
            elif self._policy.log_of(checkpoint) is None:
                detail = f"{place} 没有策略所列日志的签名"
                self._found.append(Finding("checkpoint_not_signed", None, detail))
            elif checkpoint.size > self._newest.size:
                detail = f"{place} 有 {checkpoint.size} 项，日志只有 {self._newest.size} 项"
                self._found.append(Finding("checkpoint_contradicts", None, detail))
            else:
                self._history.append(checkpoint)
        if not self._policy.is_met(self._newest):
            cosigned = self._policy.cosigned_by(self._newest)
            code = "quorum_short" if cosigned else "quorum_missing"
            detail = f"checkpoint（{self._newest.size} 项）有 {len(cosigned)} 位共签人的共签"
            self._found.append(Finding(code, None, f"{detail}，未达法定数"))

    def _timed(self) -> Iterator[tuple[int, float, float]]:
        """Size, from and until when, of each checkpoint whose time can be told."""
        demands, policy = self._demands, self._policy
        for checkpoint in self._history:
            logged, witnessed = policy.logged_at(checkpoint), policy.witnessed_at(checkpoint)
            if policy.quorum == b"none":
                witnessed = logged
            if witnessed is None:
                continue
            if logged is not None and logged > witnessed + demands.skew:
                detail = f"{checkpoint.size} 项的检查点自称签于共签之后 {logged - witnessed} 秒"
                self._found.append(Finding("checkpoint_time", None, detail))
            signed = witnessed - demands.max_delay
            yield checkpoint.size, max(signed, logged or 0.0), float(witnessed)

    def _sizes(self, checks: list[StatementCheck]) -> set[int]:
        """The sizes at which the root must be known."""
        sizes = {each.size for each in (*self._history, *self._remembered)}
        return sizes.union(*(check.sizes for check in checks))

    def _contradictions(self, roots: Roots) -> Iterator[Finding]:
        """Checkpoints, kept here or by the auditor, whose root is not that of the tree."""
        for checkpoint in self._history:
            if checkpoint is not self._newest and not roots.fits(checkpoint.size, checkpoint.root):
                detail = f"{checkpoint.size} 项处的根与当时的检查点不同"
                yield Finding("checkpoint_contradicts", None, detail)
        for checkpoint in self._remembered:
            if checkpoint.size > self._newest.size:
                detail = f"记得的检查点有 {checkpoint.size} 项，日志只有 {self._newest.size} 项"
                yield Finding("older_than_remembered", None, detail)
            elif not roots.fits(checkpoint.size, checkpoint.root):
                detail = f"{checkpoint.size} 项处的根与记得的检查点不同"
                yield Finding("history_rewritten", None, detail)

    def _keys(self, walk: Walk) -> Iterator[Finding]:
        """Changes of the log's key, and checkpoints signed by the key of another time."""
        changes: Changes = []
        for each in key_changes(self._policy, walk.key_changes):
            if isinstance(each, Finding):
                yield each
            else:
                changes.append(each)
        for checkpoint in self._history:
            reason = wrongly_signed(checkpoint, self._policy, changes)
            if reason is not None:
                detail = f"{checkpoint.size} 项的检查点{reason}"
                yield Finding("checkpoint_not_signed", None, detail)

    # -- statements and the sum ------------------------------------------------------------

    def _statements(self) -> list[StatementCheck]:
        """The statements of the bundle; one whose manifest cannot be read is noted."""
        size, policy, hasher = self._newest.size, self._policy, self._demands.hasher
        checks = []
        for name in self._bundle.names("statements"):
            place = f"statements/{name}"
            try:
                checks.append(StatementCheck(self._bundle, place, size, policy, hasher))
            except CannotCheckError as error:
                self._report.unchecked.append(str(error))
        return checks

    def _check(self, checks: list[StatementCheck], walk: Walk, roots: Roots) -> None:
        """Every statement, and whether every one that is logged is there."""
        for check in checks:
            assert walk.journal is not None  # noqa: S101 -- counted where there is a statement
            self._report.statements.append((check.name, check.manifest))
            try:
                self._found += check.logged(roots, walk.published)
                if not walk.unknown:
                    self._found += check.figures(walk.journal)
            except CannotCheckError as error:
                self._report.unchecked.append(str(error))
        if walk.unknown:
            names = "、".join(sorted(walk.unknown))
            self._report.unchecked.append(f"不认识的事件类型 {names}：本核验程序旧于台账")
        there = {check.sha256 for check in checks}
        for leaf, data in walk.published.items():
            if data.get("manifest_sha256") not in there:
                detail = f"散列为 {str(data.get('manifest_sha256'))[:16]}… 的清单不在包中"
                self._found.append(Finding("statement_missing", leaf, detail))

    def _summarise(self) -> None:
        met = [each for each in self._history if self._policy.is_met(each)]
        self._report.checkpoints = len({(each.size, each.signed) for each in self._history})
        self._report.witnessed = len({(each.size, each.signed) for each in met})
        cosigned = max((each.size for each in met), default=0)
        self._report.unwitnessed = self._newest.size - cosigned
