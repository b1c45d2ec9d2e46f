"""The end of ``make demo``: a statement published, taken away, verified, altered, found out."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cli.bundle import export_office
from cli.logs import Log
from cli.office import Office
from cli.publishing import publish_statement
from ledger.audit.standalone import verify_py
from ledger.audit.verifier.main import FOUND, PROVEN
from projections.cuts import Cut, Period

_POLICY = """# 演示用的策略：公钥取自台账自己，也不要求共签。
# 真正的策略由审计员自己写：公钥另行取得，并列出独立的共签人与法定数。
log {key}
quorum none
"""
#: What stands before who recorded an event.
_ACTOR = b'"actor":"'
Say = Callable[[str], None]


def demonstrate_bundle(office: Office, period: Period, say: Say) -> bool:
    """Publish, export, verify, alter a copy and verify again; whether each ended as it must."""
    folder = office.settings.keys_dir.parent
    say("\n== 公布统计，导出审计包，离线核验")
    office.catch_up()
    publish_statement(office, period, Cut(), None)
    size = export_office(office, folder / "bundle")
    key = Log(office).known
    (folder / "policy").write_text(_POLICY.format(key=key), encoding="utf-8")
    (folder / "verify.py").write_text(verify_py(), encoding="utf-8")
    say(f"{size} 条事件与公布的统计已导出至 {folder}/bundle")
    say("演示用的策略在旁边；真正的策略只能是审计员自己的：公钥另行取得，共签人由他选定")
    proven = _verify(folder, "bundle", say)
    shutil.copytree(folder / "bundle", folder / "altered")
    place = _alter(folder / "altered")
    say(f"\n复制一份到 altered，把其中 {place} 改动一位：")
    return _verify(folder, "altered", say) == FOUND and proven == PROVEN


def _verify(folder: Path, bundle: str, say: Say) -> int:
    """Run verify.py alone in the folder, and show what it says."""
    arguments = ["-I", "-S", "verify.py", bundle, "--policy", "policy"]
    say(f"\n$ python3 {' '.join(arguments)}")
    done = subprocess.run(  # noqa: S603 -- this Python, and the file written just before
        [sys.executable, "-X", "utf8", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    say(f"{done.stdout}{done.stderr}退出码 {done.returncode}")
    return done.returncode


def _alter(bundle: Path) -> str:
    """Turn one bit in who recorded an event in the middle of the first file; says where."""
    path = min((bundle / "tile" / "entries").glob("[0-9]*"))
    data = bytearray(path.read_bytes())
    at = data.index(_ACTOR, len(data) // 2) + len(_ACTOR)
    data[at] ^= 1
    path.write_bytes(data)
    return f"{path.relative_to(bundle).as_posix()} 的第 {at} 字节"
