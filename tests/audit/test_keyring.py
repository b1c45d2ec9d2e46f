"""The keyring: made once, for its owner alone, whole at every moment."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from ledger.audit.keyring import KEY_FILE, VERIFIER_FILE, WillNotSignError, open_keyring
from ledger.audit.notes import read_log_verifiers
from tests.audit.logs import ORIGIN


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    keys = tmp_path / "var" / "keys"
    open_keyring(keys, ORIGIN)
    assert mode(keys / KEY_FILE) == 0o600
    assert mode(keys) == 0o700


def test_the_key_is_made_once_and_its_public_half_lies_beside_it(tmp_path: Path) -> None:
    made = open_keyring(tmp_path, ORIGIN)
    again = open_keyring(tmp_path, ORIGIN)
    assert again.current.verifier == made.current.verifier
    text = (tmp_path / VERIFIER_FILE).read_text("utf-8")
    assert read_log_verifiers(text)[0] == made.current.verifier
    other = open_keyring(tmp_path / "other", ORIGIN)
    assert other.current.verifier.key != made.current.verifier.key


def test_a_key_of_another_log_is_refused(tmp_path: Path) -> None:
    open_keyring(tmp_path, ORIGIN)
    with pytest.raises(WillNotSignError) as refused:
        open_keyring(tmp_path, "another.example/log")
    assert refused.value.code == "other_origin"


def test_the_public_half_that_was_lost_is_written_again(tmp_path: Path) -> None:
    made = open_keyring(tmp_path, ORIGIN)
    (tmp_path / VERIFIER_FILE).unlink()
    open_keyring(tmp_path, ORIGIN)
    text = (tmp_path / VERIFIER_FILE).read_text("utf-8")
    assert read_log_verifiers(text)[0] == made.current.verifier


@pytest.mark.parametrize("content", ["", ORIGIN, f"{ORIGIN} AAAA\n", f"{ORIGIN} ****\n"])
def test_a_key_file_cut_short_is_refused_in_words(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content, "utf-8")
    with pytest.raises(WillNotSignError):
        open_keyring(tmp_path, ORIGIN)


def test_openers_at_once_get_one_key(tmp_path: Path) -> None:
    for number in range(10):
        start = Barrier(4)

        def take(_: int, start: Barrier = start, folder: Path = tmp_path / str(number)) -> Any:
            start.wait()
            return open_keyring(folder, ORIGIN).current.verifier

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(take, range(4)))) == 1
