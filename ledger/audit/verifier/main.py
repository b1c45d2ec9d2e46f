"""verify.py: proves a bundle of the supervision ledger, alone and offline.

Exit 0 proven, 1 findings, 2 could not check.
"""

import argparse
import io
import json
import sys
from base64 import b64encode
from pathlib import Path
from time import perf_counter
from typing import Any

from ledger.audit.merkle import HashUnavailableError, tree_hash
from ledger.audit.verifier.bundle import Bundle
from ledger.audit.verifier.examination import Demands, Report, examine
from ledger.audit.verifier.findings import CODES, CannotCheckError
from ledger.audit.verifier.policy import PolicyError, read_policy

PROVEN, FOUND, COULD_NOT = 0, 1, 2
_EXITS = {"findings": FOUND, "could_not_check": COULD_NOT, "proven": PROVEN}
_SHOWN = 20
_OLDEST = (3, 11)


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py", description="核验监督台账的审计包：独立、离线，只用标准库。"
    )
    parser.add_argument("bundle", type=Path, help="审计包所在文件夹")
    parser.add_argument("--policy", type=Path, required=True, help="审计员自己的策略文件")
    parser.add_argument(
        "--remembered", type=Path, action="append", default=[], help="以前留存的检查点，可多次"
    )
    parser.add_argument("--hash", default="sha256", choices=("sha256", "sm3"), help="树的散列")
    parser.add_argument("--max-delay", type=_seconds, default=86_400, help="签发到共签最多几秒")
    parser.add_argument("--skew", type=_seconds, default=300, help="时钟最多相差几秒")
    parser.add_argument("--late-days", type=_days, default=31, help="迟于几日的登记列为补录")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出全部结果")
    parser.add_argument("--quiet", action="store_true", help="不显示进度")
    return parser.parse_args(arguments)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < 1e12:  # noqa: PLR2004 -- some 30,000 years; and no NaN
        raise ValueError(text)
    return seconds


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days < 1_000_000:  # noqa: PLR2004 -- what a date can be off by
        raise ValueError(text)
    return days


def run(arguments: list[str]) -> int:
    """Verify the bundle that the arguments name; returns the exit code."""
    if sys.version_info < _OLDEST:
        sys.stderr.write("需要 Python 3.11 或更新\n")
        return COULD_NOT
    asked = _arguments(arguments)
    started = perf_counter()
    try:
        demands = Demands(
            read_policy(asked.policy.read_bytes()),
            tree_hash(asked.hash),
            tuple(path.read_bytes() for path in asked.remembered),
            asked.max_delay,
            asked.skew,
            asked.late_days,
        )
        report = examine(Bundle(asked.bundle), demands, _Progress(quiet=asked.quiet))
    except (CannotCheckError, HashUnavailableError, PolicyError, OSError) as error:
        return _could_not(error, as_json=asked.json)
    if asked.json:
        sys.stdout.write(json.dumps(_document(report), ensure_ascii=False, indent=1) + "\n")
    else:
        _print(report, demands, perf_counter() - started)
    return _EXITS[_result(report)]


def _could_not(error: Exception, *, as_json: bool) -> int:
    if as_json:
        said = {"result": "could_not_check", "unchecked": [str(error)]}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"无法核验：{error}\n")
    return COULD_NOT


class _Progress:
    """Counts entries on standard error, now and then."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._done = self._said = 0

    def __call__(self, entries: int) -> None:
        self._done += entries
        if not self._quiet and self._done - self._said >= 10_000:  # noqa: PLR2004 -- now and then
            self._said = self._done
            sys.stderr.write(f"\r已核验 {self._done} 条")


def _result(report: Report) -> str:
    """What to say of it all: whatever was found first, then what could not be checked."""
    if report.findings:
        return "findings"
    return "could_not_check" if report.unchecked else "proven"


def _document(report: Report) -> dict[str, Any]:
    """The report as JSON; leaves count from 0, hashes are base64."""
    return {
        "result": _result(report),
        "origin": report.origin,
        "size": report.size,
        "root": b64encode(report.root).decode(),
        "checkpoints": report.checkpoints,
        "witnessed": report.witnessed,
        "unwitnessed_entries": report.unwitnessed,
        "unchecked": report.unchecked,
        "findings": [each._asdict() for each in report.findings],
        "statements": [
            {"name": name, **{key: said[key] for key in ("period_from", "period_to", "to")}}
            for name, said in report.statements
        ],
        "late": [each._asdict() for each in report.late],
    }


def _print(report: Report, demands: Demands, seconds: float) -> None:
    out = sys.stdout.write
    if report.origin is not None:
        out(f"日志 {report.origin}，{report.size} 条，根 {b64encode(report.root).decode()}\n")
        asked = f"其中达法定共签数 {report.witnessed} 个"
        if demands.policy.quorum == b"none":
            asked = "策略不要求共签"
        out(f"检查点 {report.checkpoints} 个，{asked}\n")
    for name, said in report.statements:
        figures = len(said["figures"])
        out(f"统计 {name}：{said['period_from']} 至 {said['period_to']}，{figures} 项指标重算\n")
    if report.unwitnessed:
        out(f"其中最后 {report.unwitnessed} 条还没有达法定数的共签\n")
    _print_late(report)
    if demands.policy.quorum == b"none":
        out("注意：策略不要求共签，以上只证明与日志自己的签名一致；时间以日志自称为准\n")
    for finding in report.findings[:_SHOWN]:
        leaf = "" if finding.leaf is None else f" 第 {finding.leaf} 条"
        out(f"[{finding.code}]{leaf} {CODES[finding.code]}：{finding.detail}\n")
    if len(report.findings) > _SHOWN:
        out(f"……另有 {len(report.findings) - _SHOWN} 处，见 --json\n")
    for reason in report.unchecked:
        out(f"无法核验：{reason}\n")
    verdict = {
        "findings": f"发现 {len(report.findings)} 处",
        "could_not_check": "未能核验",
        "proven": "已证明：未发现任何改动",
    }[_result(report)]
    out(f"{verdict}（{seconds:.1f} 秒）\n")


def _print_late(report: Report) -> None:
    out = sys.stdout.write
    if not report.late:
        return
    out(f"补录 {len(report.late)} 条（迟登记，或迟于所称登记日期才记入），逐条见 --json：\n")
    for late in report.late[:3]:
        said = f"发生 {late.occurred_on}，登记 {late.registered_on}，记入 {late.recorded_on}"
        out(f"  第 {late.leaf} 条 {late.stream}：{said}\n")


def main() -> None:
    """Run as a program; a terminal that lacks a letter shows its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
