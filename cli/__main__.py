"""``python -m cli``: the same as ``supervision-ledger``."""

from cli.main import run

run()
