"""The figures that the example sets were made to give, for several periods and cut-offs."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from projections.cuts import Cut, Period

_FOLDER = Path(__file__).parents[1] / "fixtures" / "expected"


@dataclass(frozen=True)
class Expected:
    """One question to an example set and the whole answer: every figure by code."""

    example: str
    period: Period
    cut: Cut
    figures: dict[str, int]

    def __str__(self) -> str:
        return f"{self.example} {self.period.first}..{self.period.last} {self.cut}"

    @property
    def options(self) -> list[str]:
        """The question as options of the command line."""
        period = ["--from", str(self.period.first), "--to", str(self.period.last)]
        return period + (["--as-of", str(self.cut.as_of)] if self.cut.as_of else [])


def _read(example: str) -> list[Expected]:
    document = json.loads((_FOLDER / f"{example}.json").read_text(encoding="utf-8"))
    return [
        Expected(
            example,
            Period(date.fromisoformat(query["from"]), date.fromisoformat(query["to"])),
            Cut(date.fromisoformat(query["as_of"]) if query["as_of"] else None),
            query["figures"],
        )
        for query in document["queries"]
    ]


FENGZE, WUHUA = _read("fengze"), _read("wuhua2020")
EVERY_QUERY = FENGZE + WUHUA


def of_example(example: str) -> list[Expected]:
    """Every question to one example set."""
    return [each for each in EVERY_QUERY if each.example == example]
