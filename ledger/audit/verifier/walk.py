"""Walking the entries in order: streams without gaps, clocks that only go forward, late entries."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from ledger.audit.verifier.figures import Journal
from ledger.audit.verifier.findings import Finding
from ledger.audit.verifier.postings import UnknownEventError

#: The office's own day (Asia/Shanghai has no summer time since 1992).
_OFFICE = timezone(timedelta(hours=8))
_ALWAYS = "0001-01-01"
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
STATEMENT, KEY_CHANGE = "statement.published.v1", "log_key.changed.v1"


class Late(NamedTuple):
    """A late registration (补录): when it happened, was registered, and was recorded."""

    leaf: int
    stream: str
    occurred_on: str
    registered_on: str
    recorded_on: str


class Bracket(NamedTuple):
    """Between what instants (POSIX seconds) an entry must have been recorded; None: not known."""

    after: float | None
    before: float | None


class Brackets:
    """The brackets that timed checkpoints set: of each the size, and from and until when."""

    def __init__(self, timed: list[tuple[int, float, float]], skew: float) -> None:
        self._timed = sorted(timed)
        self._skew = skew

    def of(self, leaf: int) -> Bracket:
        """The bracket of a leaf: after every checkpoint without it, before every one with it."""
        after = max((low for size, low, _ in self._timed if size <= leaf), default=None)
        before = min((high for size, _, high in self._timed if size > leaf), default=None)
        return Bracket(
            None if after is None else after - self._skew,
            None if before is None else before + self._skew,
        )

    def edges(self) -> list[int]:
        """The sizes at which the bracket changes."""
        return sorted({size for size, _, _ in self._timed})


class Walk:
    """Takes entries in the order of the log and notes what is wrong with them.

    ``unknown`` are types of event that this verifier is too old to count.
    """

    def __init__(self, brackets: Brackets, late_days: int, *, counting: bool) -> None:
        self.findings: list[Finding] = []
        self.late: list[Late] = []
        self.published: dict[int, dict[str, Any]] = {}
        self.key_changes: list[tuple[int, dict[str, Any]]] = []
        self.journal = Journal() if counting else None
        self.unknown: set[str] = set()
        self._brackets, self._edges = brackets, brackets.edges()
        self._bracket = brackets.of(0)
        self._late = timedelta(days=late_days)
        self._versions: dict[str, int] = {}
        self._last = ""
        self._recorded = _EARLIEST
        self._recorded_on = date.min

    def take(self, first: int, entries: list[bytes]) -> None:
        """The next entries; ``first`` is the leaf of the first of them."""
        for leaf, entry in enumerate(entries, start=first):
            while self._edges and leaf >= self._edges[0]:
                self._edges.pop(0)
                self._bracket = self._brackets.of(leaf)
            body = event_of(entry)
            if body is None:
                self._find("entry_unreadable", leaf, "不是规范 JSON 的事件")
                continue
            self._version(leaf, body)
            self._clock(leaf, body["recorded_at"])
            self._lateness(leaf, body)
            self._keep(leaf, body)

    def _find(self, code: str, leaf: int, detail: str) -> None:
        self.findings.append(Finding(code, leaf, detail))

    def _version(self, leaf: int, body: dict[str, Any]) -> None:
        stream, version = body["stream"], body["version"]
        expected = self._versions.get(stream, 0) + 1
        if version != expected:
            self._find("version_gap", leaf, f"{stream} 的版本应为 {expected}，实为 {version}")
        self._versions[stream] = version

    def _clock(self, leaf: int, recorded_at: str) -> None:
        if recorded_at != self._last:
            self._last = recorded_at
            recorded = datetime.fromisoformat(recorded_at)
            if recorded < self._recorded:
                self._find("time_decreased", leaf, f"{recorded_at} 早于前一条 {self._recorded}")
            self._recorded = recorded
            self._recorded_on = recorded.astimezone(_OFFICE).date()
        seconds = self._recorded.timestamp()
        after, before = self._bracket
        if after is not None and seconds < after:
            earliest = _instant(after)
            self._find("time_outside_bracket", leaf, f"{recorded_at} 早于前一检查点 {earliest}")
        if before is not None and seconds > before:
            latest = _instant(before)
            self._find("time_outside_bracket", leaf, f"{recorded_at} 晚于后一检查点 {latest}")

    def _lateness(self, leaf: int, body: dict[str, Any]) -> None:
        """Registered long after it happened, or recorded long after it claims to be registered."""
        occurred_on, registered_on = body["occurred_on"], body["registered_on"]
        if _ALWAYS in (occurred_on, registered_on):
            return
        registered = date.fromisoformat(registered_on)
        slow = registered - date.fromisoformat(occurred_on) > self._late
        if slow or self._recorded_on - registered > self._late:
            recorded_on = self._recorded_on.isoformat()
            late = Late(leaf, body["stream"], occurred_on, registered_on, recorded_on)
            self.late.append(late)

    def _keep(self, leaf: int, body: dict[str, Any]) -> None:
        if body["type"] == STATEMENT:
            self.published[leaf] = body["data"]
        elif body["type"] == KEY_CHANGE:
            self.key_changes.append((leaf, body["data"]))
        if self.journal is None:
            return
        try:
            self.journal.add(leaf, body["type"], body["registered_on"], body["data"])
        except UnknownEventError as error:
            self.unknown.add(str(error))
        except (AttributeError, KeyError, TypeError, ValueError):
            self._find("entry_unreadable", leaf, f"不是 {body['type']} 应有的内容")


_TEXTS = ("stream", "type", "recorded_at", "occurred_on", "registered_on", "actor", "command_id")


def event_of(entry: bytes) -> dict[str, Any] | None:
    """The event in an entry, or None where it is not one in canonical JSON."""
    try:
        body = json.loads(entry)
        same = canonical(body) == entry
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or not same:
        return None
    texts = all(isinstance(body.get(name), str) for name in _TEXTS)
    numbered = isinstance(body.get("version"), int)
    if not texts or not numbered or not isinstance(body.get("data"), dict):
        return None
    return body if _has_dates(body) else None


def _has_dates(body: dict[str, Any]) -> bool:
    try:
        for name in ("occurred_on", "registered_on"):
            if date.fromisoformat(body[name]).isoformat() != body[name]:
                return False
        recorded = datetime.fromisoformat(body["recorded_at"])
        return recorded.tzinfo is not None and recorded.astimezone(_OFFICE) > _EARLIEST
    except (ValueError, OverflowError):
        return False


def canonical(said: Any) -> bytes:
    """The one spelling in JSON: sorted keys, no spaces, UTF-8; ValueError where there is none."""
    text = json.dumps(
        said, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.encode()


def _instant(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f} 秒"
