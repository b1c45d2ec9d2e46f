"""日志密钥: changing the key with which the transparency log is signed."""

import re
from base64 import b64decode

from domain.fields import fact, restate
from domain.log_keys.log_key import LogKey, LogKeyChanged, LogKeyParticulars, previous_number
from domain.refusals import refuse_if
from domain.rules import require_new, require_registered
from domain.streams import Kind

_NUMBER = re.compile(r"([^\s+]+)#[1-9][0-9]{0,8}")
_VKEY = re.compile(r"([^\s+]+)\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}==")
_PLAIN = 0x01


@fact
class ChangeLogKey(LogKeyParticulars):
    """更换日志密钥."""


def change_log_key(
    key: LogKey | None, act: ChangeLogKey, *, previous: LogKey | None
) -> LogKeyChanged:
    """Change the log's key (更换日志密钥).

    1. A number is used once (台账规则).
    2. The number is the log's, with the ordinal of the change (台账规则).
    3. Old and new key are the log's, for plain Ed25519 signatures, and differ (C2SP signed-note).
    4. The change before this one is registered, and its new key is the old one now (台账规则).
    5. The signatures are those of Ed25519 in form, of 64 bytes (RFC 8032).

    That they hold is checked by whoever makes them, and by everyone who verifies the log.
    """
    require_new(key, act.number)
    number = _NUMBER.fullmatch(act.number)
    wrong = number is None or number[1] != act.origin
    refuse_if(wrong, "impossible_value", "应为日志名称、# 与次序", field="number")
    for field in ("old_vkey", "new_vkey"):
        bad = not _is_key(getattr(act, field), act.origin)
        refuse_if(bad, "impossible_value", "应为本日志的 Ed25519 公钥", field=field)
    same = act.old_vkey == act.new_vkey
    refuse_if(same, "impossible_value", "新密钥与旧密钥相同", field="new_vkey")
    before = previous_number(act.number)
    if before is not None:
        require_registered(previous, Kind.LOG_KEY, before, "number")
    other = previous is not None and previous.new_vkey != act.old_vkey
    refuse_if(other, "impossible_value", "旧密钥不是现用的密钥", field="old_vkey")
    for field in ("old_signature", "new_signature"):
        bad = _SIGNATURE.fullmatch(getattr(act, field)) is None
        refuse_if(bad, "impossible_value", "应为 64 字节签名的 base64", field=field)
    return restate(act, LogKeyChanged)


def _is_key(vkey: str, origin: str) -> bool:
    match = _VKEY.fullmatch(vkey)
    return match is not None and match[1] == origin and b64decode(vkey[-44:])[0] == _PLAIN
