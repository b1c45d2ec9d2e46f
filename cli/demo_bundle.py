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
from ledger.application import utc_now
from ledger.audit.cosigning import COSIGNED
from ledger.audit.key_changes import trusted_keys
from ledger.audit.keyring import make_folder, make_key, read_key
from ledger.audit.published import Trust
from ledger.audit.standalone import verify_py
from ledger.audit.verifier.main import FOUND, PROVEN
from ledger.audit.verifier.policy import read_policy
from ledger.audit.witness import KEY_FILE, Witness, WitnessState, read_logs
from projections.cuts import Cut, Period

_POLICY = """# 演示用的策略：真正的策略由审计员自己写，公钥另行取得，共签人由他选定。
log {key}
witness one {one} https://one.invalid/
witness two {two} https://two.invalid/
group both all one two
quorum both
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
    _cosign(Log(office), folder)
    size = export_office(office, folder / "bundle")
    (folder / "verify.py").write_text(verify_py(), encoding="utf-8")
    say(f"{size} 条事件与公布的统计已导出至 {folder}/bundle")
    say("检查点由两名演示用的共签人共签；真正的共签人在别的机关，策略只能是审计员自己的")
    proven = _verify(folder, "bundle", say)
    shutil.copytree(folder / "bundle", folder / "altered")
    place = _alter(folder / "altered")
    say(f"\n复制一份到 altered，把其中 {place} 改动一位：")
    return _verify(folder, "altered", say) == FOUND and proven == PROVEN


def _cosign(log: Log, folder: Path) -> None:
    """Let two witnesses of the demo cosign the newest checkpoint, and write the policy of both.

    Witnesses are others' machines and are asked over HTTP; here both are in this process.
    """
    witnesses = {name: _witness(folder / f"witness-{name}", name, log) for name in ("one", "two")}
    vkeys = {name: str(each.signer.cosigner) for name, each in witnesses.items()}
    policy = _POLICY.format(key=log.known, **vkeys)
    (folder / "policy").write_text(policy, encoding="utf-8")
    trust = Trust(trusted_keys(log.store, log.known), read_policy(policy.encode()))
    by_address = {f"https://{name}.invalid/": each for name, each in witnesses.items()}
    newest = log.store.notes()[-1]
    log.cosigning(trust).ask_all(
        newest, lambda at, body: (COSIGNED, by_address[at].add_checkpoint(body))
    )


def _witness(folder: Path, name: str, log: Log) -> Witness:
    make_folder(folder)
    make_key(folder / KEY_FILE, f"{name}.demo.invalid")
    signer = read_key(folder / KEY_FILE)
    return Witness(signer, read_logs(f"{log.known}\n"), WitnessState(folder), utc_now)


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
