"""docs/audit.md says what the verifier says."""

import re
from pathlib import Path

from ledger.audit.verifier.findings import CODES
from ledger.audit.verifier.main import _arguments
from ledger.audit.verifier.policy import read_policy

DOCUMENT = (Path(__file__).parents[2] / "docs" / "audit.md").read_text(encoding="utf-8")
BUNDLE = DOCUMENT.partition("## The offline bundle")[2].partition("\n## ")[0]


def test_every_code_of_the_verifier_is_explained_and_no_other() -> None:
    table = BUNDLE.partition("### Findings")[2].partition("###")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(CODES)


def test_the_policy_shown_is_one() -> None:
    text = BUNDLE.partition("```text\n")[2].partition("```")[0]
    policy = read_policy(re.sub(r"^ +", "", text, flags=re.MULTILINE).encode())
    assert [log.name for log in policy.logs] == ["supervision-ledger.local/log"]
    assert set(policy.witnesses) == {b"province", b"auditor", b"archive"}
    assert policy.quorum == b"two-of-three"


def test_the_options_shown_are_those_that_the_program_takes() -> None:
    table = re.findall(r"^\| `(--[a-z-]+)(?: ([A-Za-z0-9]+))?` \|", BUNDLE, re.MULTILINE)
    given = [part for name, value in table for part in (name, _value(value)) if part]
    asked = vars(_arguments(["bundle", *given]))
    options = {name.removeprefix("--").replace("-", "_") for name, _ in table}
    assert asked.keys() - options == {"bundle", "quiet"}


def _value(shown: str) -> str:
    return {"FILE": "some-file", "SECONDS": "7", "DAYS": "7"}.get(shown, shown)
