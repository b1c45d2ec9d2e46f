"""Lifecycles: the stages of a matter, and which act leads from which to which.

A stage is derived from the facts that are known, never stored: a register row that tells only of
a closing leaves the matter as closed as one that went every step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.refusals import Refusal
from domain.streams import Kind


@dataclass(frozen=True, slots=True)
class Move:
    """From which stages an act may be done, and the stages it can lead to.

    An empty ``to`` leaves the stage as it is.
    """

    act: str
    sources: tuple[str, ...]
    to: tuple[str, ...] = ()

    @property
    def arrows(self) -> tuple[tuple[str, str], ...]:
        """Each way from a stage to a stage."""
        return tuple((one, other) for one in self.sources for other in self.to or (one,))


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The stages of one kind of stream: their order and titles, and the moves between them.

    ``stage`` reads the stage off a state; ``first`` is the stage after the first fact, whose
    acts are ``opened_by``.
    """

    kind: Kind
    title: str
    stages: Mapping[str, str]
    stage: Callable[[Any], str]
    opened_by: tuple[str, ...]
    moves: tuple[Move, ...]

    def move(self, act: str) -> Move:
        """The move that an act makes; KeyError for an act that makes none."""
        found = next((move for move in self.moves if move.act == act), None)
        if found is None:
            raise KeyError(act)
        return found

    def require(self, act: str, state: Any, field: str = "number") -> None:
        """Refuse an act that the stage does not allow (code ``wrong_stage``)."""
        stage = self.stage(state)
        if stage not in self.move(act).sources:
            reason = f"{self.title}处于“{self.stages[stage]}”，不能作出该行为"
            raise Refusal("wrong_stage", reason, field=field)
