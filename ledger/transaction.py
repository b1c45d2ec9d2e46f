"""One write transaction: look at states, decide acts, and append what they bring about."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

import orjson
from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.acts import ACTS
from domain.concept import Act, resolve
from domain.corrections.decisions import CorrectRecord
from domain.fields import ALWAYS
from domain.leads.lead import HandlingConcluded, LeadHandled
from domain.refusals import Refusal, refuse_if
from domain.streams import stream_id
from ledger.canonical import digest
from ledger.envelope import Circumstances, Receipt, Recorded, event_id
from ledger.held import Held, HeldStates
from ledger.mapper import LedgerMapper, UnreadableEventError
from ledger.recorder import Writing
from ledger.settings import OFFICE_TIME


class LedgerTransaction:
    """Acts decided under the write lock; ``recorded_at`` is one instant, never before the last."""

    def __init__(
        self, writing: Writing, mapper: LedgerMapper, held: HeldStates, now: datetime
    ) -> None:
        self._writing = writing
        self._mapper = mapper
        self._held = held
        position, last = writing.last()
        held.valid_at(position, last)
        self._last = last
        self._position = position
        self._pending: list[tuple[Recorded[Any], StoredEvent]] = []
        self._receipts: dict[str, Receipt] = {}
        self._carried_out: dict[str, Receipt | None] = {}
        since = datetime.fromisoformat(orjson.loads(last)["recorded_at"]) if last else now
        self.recorded_at = max(now, since).astimezone(UTC)
        self.today = self.recorded_at.astimezone(OFFICE_TIME).date()

    # -- looking ---------------------------------------------------------------------------

    def load(self, streams: Iterable[str]) -> None:
        """Fetch many streams at once, so that looking at them later costs nothing."""
        states = self._held.states
        missing = {name for name in streams if name not in states}
        if not missing:
            return
        for stored in self._writing.streams(map(stream_id, missing)):
            self._fold(self._mapper.to_domain_event(stored))
        for name in missing:
            states.setdefault(name, None)

    def look(self, stream: str) -> Any:
        """The state of a stream, or None where nothing was ever registered under its number."""
        held = self.held(stream)
        return held.state if held is not None else None

    def held(self, stream: str) -> Held | None:
        """The stream as it stands, with its version."""
        if stream not in self._held.states:
            self.load((stream,))
        return self._held.states[stream]

    def receipts(self, command_ids: Iterable[str]) -> dict[str, Receipt]:
        """The receipts of commands carried out before, in this transaction too."""
        pending, before = self._receipts, self._carried_out
        wanted = set(command_ids)
        unknown = [each for each in wanted if each not in pending and each not in before]
        if unknown:
            found = self._writing.receipts(unknown)
            before.update((each, found.get(each)) for each in unknown)
        known = ((each, pending.get(each) or before[each]) for each in wanted)
        return {each: receipt for each, receipt in known if receipt is not None}

    def expect(self, commands: Iterable[tuple[Any, str]]) -> None:
        """Fetch at once what carrying out commands, each under its id, will look at."""
        told = list(commands)
        self.receipts(command_id for _, command_id in told)
        self.load(name for each, _ in told for name in ACTS[type(each)].streams(each))

    def recorded(self, receipt: Receipt) -> Recorded[Any]:
        """The first event that a command brought about."""
        for pending, _ in self._pending:
            if pending.command_id == receipt.command_id:
                return pending
        stored = self._writing.at(receipt.first_position)
        if stored is None:
            raise UnreadableEventError(f"no event at position {receipt.first_position}")
        event: Recorded[Any] = self._mapper.to_domain_event(stored)
        return event

    @property
    def written(self) -> list[Recorded[Any]]:
        """The events that the acts of this transaction have brought about so far."""
        return [event for event, _ in self._pending]

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement on a table that stands beside the events; kept or undone with the acts.

        Returns its rows.
        """
        return self._writing.run(statement, values)

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement on such a table for each row of values."""
        self._writing.run_many(statement, rows)

    # -- acting ----------------------------------------------------------------------------

    def execute(
        self, command: Any, circumstances: Circumstances, expected_version: int | None = None
    ) -> Receipt:
        """Carry out one act, unless it was carried out before: then its first receipt."""
        known = self.receipts([circumstances.command_id]).get(circumstances.command_id)
        if known is not None:
            reused = known.digest != (circumstances.digest or digest(command))
            refuse_if(reused, "command_reused", "该命令编号已用于另一命令")
            return known
        if expected_version is not None:
            held = self.held(ACTS[type(command)].stream(command))
            actual = held.version if held is not None else 0
            refuse_if(actual != expected_version, "stale_version", "该记录已有更新的版本")
        return self.record(command, circumstances)

    def record_all(self, commands: Iterable[tuple[Any, Circumstances]]) -> int:
        """Decide several acts as one: where one is refused, none of them happened.

        Returns the number of events they brought about.
        """
        position = self._position
        with self._all_or_nothing():
            for command, circumstances in commands:
                self._record(command, circumstances)
        return self._position - position

    def record(self, command: Any, circumstances: Circumstances) -> Receipt:
        """Decide one act and append what it brings about, wholly or not at all."""
        with self._all_or_nothing():
            return self._record(command, circumstances)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        pending, receipts, position = len(self._pending), len(self._receipts), self._position
        self._before: dict[str, Held | None] = {}
        try:
            yield
        except BaseException:
            del self._pending[pending:]
            while len(self._receipts) > receipts:
                self._receipts.popitem()
            self._position = position
            self._held.states.update(self._before)
            raise

    def _record(self, command: Any, circumstances: Circumstances) -> Receipt:
        act = ACTS[type(command)]
        if circumstances.command_id in self._receipts:
            raise IntegrityError(f"two commands under the id {circumstances.command_id}")
        if isinstance(command, CorrectRecord) and circumstances.registered_on is None:
            circumstances = circumstances._replace(registered_on=self.today)
        stream = act.stream(command)
        outcome = self._decide(act, stream, command, circumstances)
        events = outcome if isinstance(outcome, tuple) else ((stream, outcome),)
        first = self._position + 1
        for name, data in events:
            self._append(name, data, circumstances)
        made = circumstances.digest or digest(command)
        receipt = Receipt(circumstances.command_id, made, first, self._position)
        self._receipts[receipt.command_id] = receipt
        return receipt

    def _decide(self, act: Act, stream: str, command: Any, circumstances: Circumstances) -> Any:
        if isinstance(command, CorrectRecord):
            return self._decide_correction(act, stream, command, circumstances)
        related = resolve(act.related(command), self.look)
        return act.decide(self.look(stream), command, **related)

    def _decide_correction(
        self, act: Act, stream: str, command: CorrectRecord, circumstances: Circumstances
    ) -> Any:
        target = self._resolve_target(act, command)
        known_on = self._known_on(target, command) if target is not None else ALWAYS
        early = (circumstances.registered_on or self.today) < known_on
        reason = f"更正的登记日期早于被更正内容的登记日期 {known_on}"
        refuse_if(early, "impossible_date", reason, field="registered_on")
        state = self.look(target) if target is not None else None
        return act.decide(self.look(stream), command, target=state, look=self.look)

    def _resolve_target(self, act: Act, command: CorrectRecord) -> str | None:
        name = act.related(command).get("target")
        return name if isinstance(name, str) and self.held(name) is not None else None

    def _known_on(self, stream: str, command: CorrectRecord) -> date:
        """When what the field says now was registered: a correction starts from that."""
        stored = self._writing.streams([stream_id(stream)])
        events = [self._mapper.to_domain_event(each) for each in stored]
        events += [event for event, _ in self._pending if event.stream == stream]
        known: date = events[0].registered_on
        for event in events[1:]:
            if _bears_on(event.data, command):
                known = max(known, event.registered_on)
        return known

    def _append(self, stream: str, data: Any, circumstances: Circumstances) -> None:
        held = self.held(stream)
        if stream not in self._before:
            self._before[stream] = copy(held) if held is not None else None
        version = held.version + 1 if held is not None else 1
        occurred_on, registered_on = self._clocks(data, circumstances.registered_on)
        event = Recorded(
            actor=circumstances.actor,
            causation_id=circumstances.causation_id,
            command_id=circumstances.command_id,
            correlation_id=circumstances.correlation_id,
            data=data,
            event_id=event_id(stream, version),
            occurred_on=occurred_on,
            recorded_at=self.recorded_at,
            registered_on=registered_on,
            stream=stream,
            type=self._mapper.catalogue.names[type(data)],
            version=version,
        )
        self._pending.append((event, self._mapper.to_stored_event(event)))
        self._position += 1
        self._fold(event)

    def _clocks(self, data: Any, registered_on: date | None) -> tuple[date, date]:
        """When the fact occurred and when it counts as registered.

        A fact without a date of its own occurred when it was registered. One without a
        registration date counts as registered on its own date, or as always known.
        """
        field = getattr(type(data), "OCCURRED", None)
        own = getattr(data, field) if field is not None else None
        occurred = own or registered_on or ALWAYS
        registered = registered_on or occurred
        if registered < occurred:
            raise Refusal(
                "impossible_date",
                f"登记日期 {registered} 早于事实日期 {occurred}",
                field="registered_on",
            )
        if registered > self.today:
            future = occurred > self.today
            raise Refusal(
                "impossible_date",
                f"日期 {occurred if future else registered} 晚于今天",
                field=field if future else "registered_on",
            )
        return occurred, registered

    def _fold(self, event: Recorded[Any]) -> None:
        states = self._held.states
        held = states.get(event.stream)
        if held is None:
            held = states[event.stream] = Held(event.stream)
        if event.version != held.version + 1:
            raise UnreadableEventError(f"{event.stream} has no version {held.version + 1}")
        held.add(event.data)

    def flush(self) -> None:
        """Write what is pending; the states held then stand at the new head."""
        if self._pending:
            stored = [each for _, each in self._pending]
            self._writing.append(stored, list(self._receipts.values()))
            self._last = stored[-1].state
            self._carried_out |= self._receipts
            self._pending, self._receipts = [], {}
        self._held.leave_at(self._position, self._last)
        self._held.trim()


def _bears_on(data: Any, command: CorrectRecord) -> bool:
    """Whether a later event said what the field that a correction is about says now."""
    if hasattr(data, "correction"):
        return bool(data.field == command.field and getattr(data, "item", None) == command.item)
    of_handling = isinstance(data, LeadHandled | HandlingConcluded)
    if (data.decided_on if of_handling else None) != command.item:
        return False
    tells = getattr(type(data), "TELLS", (getattr(type(data), "OCCURRED", None),))
    return command.field in tells
