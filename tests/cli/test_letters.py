"""``dead-letters``: what could not be taken in is looked at, tried again, discarded."""

import pytest

from tests.inbound.conftest import Desk, desk, message, petition, unbegun
from tests.support.commands import Answer, command

__all__ = ["desk", "unbegun"]


@pytest.fixture
def early(desk: Desk) -> Desk:
    """A petition of an organ that is not registered yet, another message behind it."""
    said = petition("XF-1", organ="JW-002", summary="不应出现在列表中")
    desk.take(message(0, said), message(1, petition("XF-1", organ=5)))
    return desk


def letters(desk: Desk, *arguments: str) -> Answer:
    return command(desk.file, "dead-letters", *arguments)


def text(answer: Answer) -> str:
    return answer.out.decode()


def test_what_waits_is_listed_without_its_content(early: Desk) -> None:
    answer = letters(early, "list")
    assert answer.code == 0
    for said in ("待处理", "排在其后", "missing_reference", "XF-1"):
        assert said in text(answer)
    assert "不应出现在列表中" not in text(answer)


def test_the_content_is_shown_where_it_is_asked_for(early: Desk) -> None:
    assert "不应出现在列表中" not in text(letters(early, "show", "1"))
    asked = letters(early, "show", "1", "--value")
    assert "不应出现在列表中" in text(asked)


def test_a_letter_is_tried_in_vain_then_taken_then_the_next_given_up(early: Desk) -> None:
    vain = letters(early, "retry", "1", "--why", "再试")
    assert (vain.code, "missing_reference" in vain.err) == (1, True)
    early.register("JW-002")
    tried = letters(early, "retry", "1", "--why", "机构已登记", "--dry-run")
    assert tried.code == 0
    assert early.streams == []
    assert letters(early, "retry", "1", "--why", "机构已登记").code == 0
    assert early.streams == ["petition:XF-1"]
    assert letters(early, "discard", "2", "--why", "已请重发").code == 0
    assert "0 件" in text(letters(early, "list"))
    assert "机构已登记" in text(letters(early, "show", "1"))


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_what_does_not_wait_cannot_be_settled(early: Desk, act: str) -> None:
    for number in ("2", "99"):
        answer = letters(early, act, number, "--why", "试")
        assert (answer.code, answer.out) == (2, b"")
