"""Corrections as a clerk writes them: a register of one row, and another, taken in one by one."""

from itertools import count
from pathlib import Path

from tests.support.offices import Desk
from tests.support.registers import Register, write_folder

HEADINGS = ["更正编号", "登记日期", "对象", "对象编号", "字段", "原值", "新值", "依据"]


class Corrections:
    """Corrects records of an office, each correction registered on a day of its own."""

    def __init__(
        self, desk: Desk, folder: Path, registered_on: str = "2022-03-01", first: int = 1
    ) -> None:
        self._desk, self._folder, self._registered_on = desk, folder, registered_on
        self._numbers = count(first)

    def correct(self, register: str, key: str, field: str, was: str, now: str) -> None:
        """Import one correction and bring the figures up to date."""
        number = next(self._numbers)
        row = [f"GZ-{number}", self._registered_on, register, key, field, was, now, "核查"]
        folder = self._folder / f"更正{number}"
        summary = self._desk.take_in(
            write_folder(folder, {"更正": Register("更正", HEADINGS, [row])})
        )
        assert (summary.problems, summary.events) == ([], 2)
