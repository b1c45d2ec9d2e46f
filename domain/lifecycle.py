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

    An empty ``to`` leaves the stage as it is. An act that leads elsewhere from other stages has a
    move for each.
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

    def arrows(self, act: str) -> frozenset[tuple[str, str]]:
        """Each way that an act takes from a stage to a stage; KeyError for one that takes none."""
        found = frozenset(way for move in self.moves if move.act == act for way in move.arrows)
        if not found:
            raise KeyError(act)
        return found

    def require(self, act: str, state: Any, field: str = "number") -> None:
        """Refuse an act that the stage does not allow (code ``wrong_stage``)."""
        stage = self.stage(state)
        if stage not in {source for source, _ in self.arrows(act)}:
            reason = f"{self.title}处于“{self.stages[stage]}”，不能作出该行为"
            raise Refusal("wrong_stage", reason, field=field)
