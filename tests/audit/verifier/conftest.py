"""An office's bundle, signed by its log and cosigned by three witnesses, two of which suffice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.scenes import Files, Scene, played
from tests.audit.witnesses import Witness, policy
from tests.support.offices import copy_of, desk, fengze, wuhua

__all__ = ["copy_of", "desk", "fengze", "wuhua"]


@pytest.fixture(scope="session")
def witnesses() -> tuple[Witness, ...]:
    return tuple(Witness(f"witness-{letter}.test") for letter in "abc")


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The office; tests that take it only read."""
    made = played(Scene(tmp_path_factory.mktemp("scene")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def good(
    scene: Scene, witnesses: tuple[Witness, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Its bundle, cosigned by two; not to be changed."""
    return scene.export(tmp_path_factory.mktemp("good") / "bundle", *witnesses[:2])


@pytest.fixture
def files(good: Path, tmp_path: Path) -> Files:
    """A copy of it, to be altered."""
    shutil.copytree(good, tmp_path / "altered")
    return Files(tmp_path / "altered")


@pytest.fixture(scope="session")
def two_of_three(scene: Scene, witnesses: tuple[Witness, ...]) -> bytes:
    """The auditor's policy."""
    return policy(scene.log_key, *witnesses, quorum=2)


@pytest.fixture(scope="session")
def no_witness(scene: Scene) -> bytes:
    """The policy of an auditor who asks for no witness."""
    return policy(scene.log_key)
