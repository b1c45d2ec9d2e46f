"""verify.py: the verifier's modules joined into one file that needs nothing but Python."""

import ast
from pathlib import Path

_HERE = Path(__file__).parent
#: In the order in which one needs the other.
MODULES = (
    "merkle.py",
    "verifier/ed25519.py",
    "verifier/notes.py",
    "verifier/policy.py",
    "verifier/uncounted.py",
    "verifier/accounts.py",
    "verifier/postings.py",
    "verifier/figures.py",
    "verifier/findings.py",
    "verifier/tree.py",
    "verifier/walk.py",
    "verifier/bundle.py",
    "verifier/signers.py",
    "verifier/statements.py",
    "verifier/examination.py",
    "verifier/main.py",
)
_HEAD = '''#!/usr/bin/env python3
"""verify.py: proves a bundle of the supervision ledger (监督台账), alone and offline.

    python3 -I -S verify.py BUNDLE --policy POLICY [--remembered CHECKPOINT]

Needs Python 3.11 or later and nothing else. Take it from the project's release and keep it with
your policy and the checkpoints that you remember; do not use the copy that came in the bundle you
are about to check. Licence: Apache 2.0.
"""
'''
_TAIL = '\n\nif __name__ == "__main__":\n    main()\n'


def verify_py() -> str:
    """The text of verify.py."""
    imports: set[str] = set()
    parts = [_part(_HERE / name, imports) for name in MODULES]
    plain = sorted(line for line in imports if line.startswith("import "))
    named = sorted(line for line in imports if not line.startswith("import "))
    return _HEAD + "\n" + "\n".join([*plain, *named]) + "\n" + "".join(parts) + _TAIL


def _part(path: Path, imports: set[str]) -> str:
    """A module without its docstring and imports, which are collected."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    body = ast.parse(text).body
    dropped: set[int] = set()
    for node in body:
        docstring = node is body[0] and isinstance(node, ast.Expr)
        if docstring or isinstance(node, ast.Import | ast.ImportFrom):
            dropped.update(range(node.lineno - 1, node.end_lineno or node.lineno))
        if isinstance(node, ast.Import):
            imports.update(f"import {alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("ledger"):
            imports.update(f"from {node.module} import {alias.name}" for alias in node.names)
    kept = "\n".join(line for at, line in enumerate(lines) if at not in dropped).strip()
    return f"\n\n# -- {path.stem} {'-' * (80 - len(path.stem))}\n\n{kept}\n"
