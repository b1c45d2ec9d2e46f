"""统计表: publishing a statement."""

import re

from domain.fields import fact, restate
from domain.organs.organ import Organ
from domain.refusals import refuse_if
from domain.rules import require_known, require_new, require_order
from domain.statements.statement import (
    PublishedStatement,
    StatementParticulars,
    StatementPublished,
)

_SHA256 = re.compile(r"[0-9a-f]{64}")
#: 32 bytes in base64, whose last letter but one has two bits that are nought.
_ROOT = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")


@fact
class PublishStatement(StatementParticulars):
    """公布统计表."""


def publish_statement(
    statement: PublishedStatement | None, act: PublishStatement, *, organ: Organ | None
) -> StatementPublished:
    """Publish a statement (公布统计表).

    1. A number is used once (台账规则).
    2. The organ it is restricted to is registered (台账规则).
    3. Its period does not end before it begins (台账规则).
    4. The hashes of definition and manifest are SHA-256, its tree has a size and a root
       (台账规则).
    """
    require_new(statement, act.number)
    require_known(act, {"organ": organ})
    require_order(act.period_from, act.period_to, "期间末日早于首日", field="period_to")
    for field in ("definition_sha256", "manifest_sha256"):
        wrong = _SHA256.fullmatch(getattr(act, field)) is None
        refuse_if(wrong, "impossible_value", "应为 SHA-256 的十六进制", field=field)
    refuse_if(act.size < 0, "impossible_number", "树的大小不能为负", field="size")
    bad = _ROOT.fullmatch(act.root) is None
    refuse_if(bad, "impossible_value", "应为 32 字节散列的 base64", field="root")
    return restate(act, StatementPublished)
