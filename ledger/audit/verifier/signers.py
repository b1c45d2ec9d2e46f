"""Who signed each checkpoint, when, and the log's change from one key to the next."""

from collections.abc import Iterator
from typing import Any

from ledger.audit.verifier.bundle import Bundle
from ledger.audit.verifier.ed25519 import BadKeyError, signature_holds
from ledger.audit.verifier.findings import Finding
from ledger.audit.verifier.notes import Checkpoint, Key, from_base64, read_key
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
    pairs = zip((old, new), signatures, strict=True)
    return (old, new) if all(signature_holds(k.key, text, s) for k, s in pairs) else None


def endorsed(bundle: Bundle, size: int, policy: Policy) -> Policy:
    """The policy with the keys that its log's key has passed on to, by events of the bundle."""
    marked = f'"{KEY_CHANGE}"'.encode()
    for level, number, width in places(size):
        if level:
            break
        for entry in bundle.entries(number, width)[0]:
            body = event_of(entry) if marked in entry else None
            pair = changed_key(body["data"]) if body and body["type"] == KEY_CHANGE else None
            if pair is not None and pair[0] in policy.logs and pair[1] not in policy.logs:
                policy = policy.with_log(pair[1])
    return policy


def key_changes(
    policy: Policy, told: list[tuple[int, dict[str, Any]]]
) -> Iterator[Finding | tuple[int, Key, Key]]:
    """Each change of the log's key in order, or what is wrong with it.

    A change of another log's key, as of a twin tree's, says nothing of this one.
    """
    names = {log.name for log in policy.logs}
    for leaf, data in told:
        if data.get("origin") not in names:
            continue
        pair = changed_key(data)
        if pair is None or pair[0] not in policy.logs:
            yield Finding("key_change_bad", leaf, "换钥事件未由日志的旧密钥与新密钥共同签名")
        else:
            yield leaf + 1, *pair


def wrongly_signed(checkpoint: Checkpoint, policy: Policy, changes: Changes) -> str | None:
    """Why the log's signature is not one to accept at that size, if it is not."""
    key = policy.log_of(checkpoint)
    if key is None:
        return "没有策略所列日志的签名"
    for since, old, new in changes:
        if key == old and checkpoint.size >= since:
            return "由已换下的密钥签名"
        if key == new and checkpoint.size < since:
            return "由换上之前的新密钥签名"
    return None
