"""Who signed each checkpoint, when, and the log's change from one key to the next."""

from collections.abc import Iterator
from typing import Any

from ledger.audit.verifier.bundle import Bundle
from ledger.audit.verifier.ed25519 import BadKeyError, signature_holds
from ledger.audit.verifier.findings import Finding
from ledger.audit.verifier.notes import PLAIN, Checkpoint, Key, from_base64, read_key
from ledger.audit.verifier.policy import Policy
from ledger.audit.verifier.tree import places
from ledger.audit.verifier.walk import KEY_CHANGE, event_of

_CHANGE = "supervision-ledger/log-key-change/v1"

#: From which size on (that which includes the event) a key is the log's.
Changes = list[tuple[int, Key, Key]]


def changed_key(data: dict[str, Any]) -> tuple[Key, Key] | None:
    """The old and the new key of a change signed by both; None where it is not."""
    try:
        old, new = read_key(data["old_vkey"]), read_key(data["new_vkey"])
        said = (_CHANGE, data["origin"], data["old_vkey"], data["new_vkey"], data["number"])
        text = "".join(f"{line}\n" for line in said).encode()
        signatures = [from_base64(data[name]) for name in ("old_signature", "new_signature")]
    except (BadKeyError, KeyError, TypeError, ValueError):
        return None
    pairs = list(zip((old, new), signatures, strict=True))
    named = all((key.name, key.kind) == (data["origin"], PLAIN) for key, _ in pairs)
    held = named and all(signature_holds(key.key, text, signature) for key, signature in pairs)
    return (old, new) if held else None


def endorsed(bundle: Bundle, size: int, policy: Policy) -> Policy:
    """The policy with every key that its log's key is linked to by changes in the bundle."""
    marked, pairs = f'"{KEY_CHANGE}"'.encode(), []
    for level, number, width in places(size):
        if level:
            break
        for entry in bundle.entries(number, width)[0]:
            body = event_of(entry) if marked in entry else None
            pair = changed_key(body["data"]) if body and body["type"] == KEY_CHANGE else None
            if pair is not None:
                pairs.append(pair)
    return _linked(policy, pairs)


def _linked(policy: Policy, pairs: list[tuple[Key, Key]]) -> Policy:
    """The policy with the keys that a known one has passed on to, or was passed on from.

    Both keys sign a change, so that either vouches for the other.
    """
    while True:
        known = {key for pair in pairs for key in pair if set(pair) & set(policy.logs)}
        more = known - set(policy.logs)
        if not more:
            return policy
        for key in sorted(more):
            policy = policy.with_log(key)


def key_changes(
    policy: Policy, told: list[tuple[int, dict[str, Any]]]
) -> Iterator[Finding | tuple[int, Key, Key]]:
    """Each change of the log's key in order, or what is wrong with it.

    A key that was changed from passes on nothing more: each change starts from the key that the
    one before ended with. A change of another log's key, as of a twin tree's, says nothing here.
    """
    names = {log.name for log in policy.logs}
    read = [(leaf, changed_key(data)) for leaf, data in told if data.get("origin") in names]
    known = _linked(policy, [pair for _, pair in read if pair is not None]).logs
    last = None
    for leaf, pair in read:
        if pair is None:
            yield Finding("key_change_bad", leaf, "换钥事件未由旧密钥与新密钥共同签名")
        elif pair[0] not in known:
            yield Finding("key_change_bad", leaf, "换钥事件与策略所列的密钥无关")
        elif last is not None and pair[0] != last:
            yield Finding("key_change_bad", leaf, "换钥事件不接续前一次换钥")
        else:
            last = pair[1]
            yield leaf + 1, *pair


def wrongly_signed(checkpoint: Checkpoint, policy: Policy, changes: Changes) -> str | None:
    """Why the log's signature is not one to accept at that size, if it is not."""
    signed = policy.log_keys_of(checkpoint)
    if not signed:
        return "没有策略所列日志的签名"
    if not changes:
        return None
    passed = [new for since, _, new in changes if since <= checkpoint.size]
    in_force = passed[-1] if passed else changes[0][1]
    return None if in_force in signed else "不由当时的密钥签名"
