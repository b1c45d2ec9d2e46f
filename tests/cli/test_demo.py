"""``make demo`` as a newcomer runs it."""

from pathlib import Path

import pytest

from tests.support import commands
from tests.support.databases import ON_SERVER
from tests.support.registers import EXAMPLES


@pytest.mark.slow
def test_the_demo_ends_with_a_bundle_proven_and_its_altered_copy_found_out(tmp_path: Path) -> None:
    for _ in range(2):
        started = commands.start(
            tmp_path / "unused.sqlite3", tmp_path, "demo", "--examples", str(EXAMPLES)
        )
        answer = commands.finish(started, tmp_path)
        assert answer.code == 0, answer.err
    _, _, said = answer.out.decode().partition("公布统计，导出审计包，离线核验")
    proven, _, found = said.partition("复制一份")
    assert "已证明" in proven
    assert "退出码 0" in proven
    assert "[entry_altered]" in found
    assert "发现 1 处" in found
    assert "退出码 1" in found
    assert "策略只能是审计员自己的" in said
    assert ON_SERVER or not (tmp_path / "unused.sqlite3").exists()
    assert not (tmp_path / "var" / "keys").exists()
