"""The codes that ``log verify`` and the signer can give are those that docs/audit.md explains."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FINDS = re.compile(r"""(?:Finding|find|WillNotSignError)\(\s*"([a-z_]+)\"""")
CODE = re.compile(r'code = "([a-z_]+)" if count else "([a-z_]+)"')


def documented(heading: str) -> set[str]:
    """The codes in the first table after a heading."""
    text = (ROOT / "docs" / "audit.md").read_text("utf-8").partition(heading)[2]
    rows = text[text.index("| code |") :].partition("\n\n")[0].splitlines()[2:]
    return {code for row in rows for code in re.findall(r"`([a-z_]+)`", row.split("|")[1])}


def given(*modules: str) -> set[str]:
    """The codes that these modules give."""
    texts = [(ROOT / module).read_text("utf-8") for module in modules]
    found = {code for text in texts for code in FINDS.findall(text)}
    return found | {code for text in texts for pair in CODE.findall(text) for code in pair}


def test_every_finding_of_log_verify_is_explained() -> None:
    examined = given(
        "ledger/audit/examine.py", "ledger/audit/examine_checkpoints.py", "cli/log_verify.py"
    )
    assert len(examined) > 20
    assert examined == documented("## How an auditor works")


def test_every_reason_not_to_sign_is_explained() -> None:
    refused = given(
        "ledger/audit/signer.py", "ledger/audit/keyring.py", "ledger/audit/key_changes.py"
    )
    assert len(refused) > 9
    assert refused == documented("## What there is")
