"""The auditor's own policy (C2SP tlog-policy): which log, which witnesses, which quorum."""

import re
from dataclasses import dataclass, field, replace

from ledger.audit.verifier.notes import COSIGNATURE, PLAIN, Checkpoint, Key, read_key

_WORDS = re.compile(rb"[ \t]+")
_NUMBER = re.compile(rb"[1-9][0-9]{0,8}")


class PolicyError(ValueError):
    """A file that is no policy; the message names the line."""


@dataclass
class Policy:
    """Logs, witnesses by name, groups by name (threshold and members), and the quorum's name.

    ``addresses`` says where some of the witnesses can be asked.
    """

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[bytes, Key] = field(default_factory=dict)
    groups: dict[bytes, tuple[int, list[bytes]]] = field(default_factory=dict)
    quorum: bytes | None = None
    addresses: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def keys(self) -> list[Key]:
        """Every key that a checkpoint may be signed with, the logs' own time stamps included."""
        timed = [Key(log.name, COSIGNATURE, log.key) for log in self.logs]
        return [*self.logs, *timed, *self.witnesses.values()]

    def with_log(self, log: Key) -> "Policy":
        """The policy with one more key of the log, endorsed by an earlier one."""
        return replace(self, logs=[*self.logs, log])

    def met_by(self, cosigned: set[Key]) -> bool:
        """Whether these witnesses are a quorum."""
        return self.quorum == b"none" or self._holds(self.quorum or b"", cosigned)

    def _holds(self, name: bytes, cosigned: set[Key]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in cosigned
        threshold, members = self.groups[name]
        return sum(self._holds(member, cosigned) for member in members) >= threshold

    def log_keys_of(self, checkpoint: Checkpoint) -> list[Key]:
        """The log's keys that signed, under the name of the checkpoint's origin."""
        plain = (each.key for each in checkpoint.signed if each.key.kind == PLAIN)
        return [key for key in plain if key in self.logs and key.name == checkpoint.origin]

    def log_of(self, checkpoint: Checkpoint) -> Key | None:
        """One of the log's keys that signed; None where none has."""
        return next(iter(self.log_keys_of(checkpoint)), None)

    def logged_at(self, checkpoint: Checkpoint) -> int | None:
        """When the log itself says it signed (POSIX seconds)."""
        own = {Key(log.name, COSIGNATURE, log.key) for log in self.logs}
        return max((s.at for s in checkpoint.signed if s.key in own and s.at), default=None)

    def witnessed_at(self, checkpoint: Checkpoint) -> int | None:
        """When a quorum had cosigned (POSIX seconds); None where none has, or none is asked."""
        known = set(self.witnesses.values())
        timed = sorted((s.at, s.key) for s in checkpoint.signed if s.key in known and s.at)
        cosigned: set[Key] = set()
        for time, key in timed:
            cosigned.add(key)
            if self.quorum != b"none" and self.met_by(cosigned):
                return time
        return None

    def cosigned_by(self, checkpoint: Checkpoint) -> set[Key]:
        """The witnesses that have cosigned the checkpoint."""
        return {each.key for each in checkpoint.signed} & set(self.witnesses.values())

    def is_met(self, checkpoint: Checkpoint) -> bool:
        """Whether a quorum has cosigned the checkpoint."""
        return self.met_by({each.key for each in checkpoint.signed})


def read_policy(data: bytes) -> Policy:
    """A policy file; PolicyError unless every line is in order."""
    policy = _Reader(Policy())
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            policy.line(line)
        except ValueError as error:
            raise PolicyError(f"line {number}: {error}") from error
    if policy.made.quorum is None:
        raise PolicyError("no quorum line")
    return policy.made


class _Reader:
    """Takes the lines of a policy, each of which may name only what stands before it."""

    def __init__(self, made: Policy) -> None:
        self.made = made
        self._members: set[bytes] = set()

    def line(self, line: bytes) -> None:
        """One line; ValueError where it is none."""
        if any((octet < 0x20 and octet != 0x09) or octet == 0x7F for octet in line):  # noqa: PLR2004
            raise ValueError("a control character")
        words = [word for word in _WORDS.split(line) if word]
        if not words or words[0].startswith(b"#"):
            return
        takes = {b"log": self._log, b"witness": self._witness, b"group": self._group}
        takes[b"quorum"] = self._quorum
        if words[0] not in takes:
            raise ValueError("no such keyword")
        takes[words[0]](words[1:])

    def _log(self, words: list[bytes]) -> None:
        if len(words) not in (1, 2):
            raise ValueError("a log has a key and perhaps an address")
        key = _key(words[0], PLAIN)
        if any(key.key == other.key for other in self.made.logs):
            raise ValueError("a log twice")
        self.made.logs.append(key)

    def _witness(self, words: list[bytes]) -> None:
        if len(words) not in (2, 3):
            raise ValueError("a witness has a name, a key and perhaps an address")
        self._new(words[0])
        key = _key(words[1], COSIGNATURE)
        if any(key.key == other.key for other in self.made.witnesses.values()):
            raise ValueError("a witness twice")
        self.made.witnesses[words[0]] = key
        if len(words) == 3:  # noqa: PLR2004 -- with an address
            self.made.addresses[words[0]] = words[2]

    def _group(self, words: list[bytes]) -> None:
        name, threshold, *members = [*words, b"", b""] if len(words) < 2 else words  # noqa: PLR2004
        self._new(name)
        if not members:
            raise ValueError("a group has members")
        for member in members:
            self._known(member)
            if member in self._members:
                raise ValueError("a name is a member twice")
            self._members.add(member)
        named = {b"all": len(members), b"any": 1}
        if threshold not in named and _NUMBER.fullmatch(threshold) is None:
            raise ValueError("a threshold is all, any or a number")
        count = named[threshold] if threshold in named else int(threshold)
        if count > len(members):
            raise ValueError("a threshold above the number of members")
        self.made.groups[name] = (count, members)

    def _quorum(self, words: list[bytes]) -> None:
        if self.made.quorum is not None or len(words) != 1:
            raise ValueError("one quorum line with one name")
        if words[0] != b"none":
            self._known(words[0])
        self.made.quorum = words[0]

    def _new(self, name: bytes) -> None:
        if not name or name == b"none" or name in self.made.witnesses or name in self.made.groups:
            raise ValueError("a name is used twice, or reserved")

    def _known(self, name: bytes) -> None:
        if name not in self.made.witnesses and name not in self.made.groups:
            raise ValueError("a name that no line before defines")


def _key(word: bytes, kind: int) -> Key:
    try:
        key = read_key(word.decode())
    except UnicodeDecodeError as error:
        raise ValueError("a key is text") from error
    if key.kind != kind:
        raise ValueError("a key of the wrong type")
    return key
