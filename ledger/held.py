"""States held in memory while acts are decided, and between transactions of one process."""

from typing import Any

from domain.concepts import concept_of


class Held:
    """A stream as it stands: its version and its state.

    The state is folded when it is first looked at: most streams of an import never are.
    """

    __slots__ = ("_events", "_evolve", "_state", "version")

    def __init__(self, stream: str) -> None:
        self._evolve = concept_of(stream).evolve
        self._state: Any = None
        self._events: list[Any] = []
        self.version = 0

    def add(self, data: Any) -> None:
        """One more event of the stream."""
        self._events.append(data)
        self.version += 1

    @property
    def state(self) -> Any:
        """What the events add up to."""
        for data in self._events:
            self._state = self._evolve(self._state, data)
        self._events.clear()
        return self._state

    def __copy__(self) -> "Held":
        """The stream as it stands now, unmoved by what is added later."""
        twin = object.__new__(Held)
        twin._evolve, twin._state, twin._events = self._evolve, self.state, []
        twin.version = self.version
        return twin


class HeldStates:
    """States kept between transactions of one process, for as long as nobody else writes."""

    CAPACITY = 20_000

    def __init__(self) -> None:
        self.states: dict[str, Held | None] = {}
        self._end: tuple[int, bytes | None] | None = None

    def valid_at(self, position: int, last: bytes | None) -> None:
        """Forget everything unless the ledger still ends with the event this process left there."""
        if self._end != (position, last):
            self.forget()

    def leave_at(self, position: int, last: bytes | None) -> None:
        """The ledger ends at a position with an event, as far as what is held knows."""
        self._end = position, last

    def trim(self) -> None:
        """Keep memory flat: drop everything once it is too much; the ledger has it all."""
        if len(self.states) > self.CAPACITY:
            self.states.clear()

    def forget(self) -> None:
        """Forget everything."""
        self.states.clear()
        self._end = None
