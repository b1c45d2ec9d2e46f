"""Taking rows into the ledger: what is new is recorded, what is held already is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from consumers.registers.columns import REGISTERED, Register
from consumers.registers.problems import Problem
from consumers.registers.rows import RegisterRow, Told
from domain.acts import ACTS
from domain.corrections.values import show
from domain.fields import field_index
from domain.leads.lead import Lead, handling_of
from domain.refusals import Refusal
from ledger.envelope import Circumstances, Receipt
from ledger.transaction import LedgerTransaction

#: Refusals that no other row of the set can change.
FINAL = {"too_large", "unknown_code", "impossible_number"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: events recorded, or the problem that kept it out."""

    events: int = 0
    first_fact: bool = False
    problem: Problem | None = None
    waits: bool = False


class Intake:
    """Turns the acts of rows into events, skipping those that the ledger has carried out."""

    def __init__(self, actor: str, correlation_id: str) -> None:
        self._actor = actor
        self._correlation_id = correlation_id

    def take(
        self, transaction: LedgerTransaction, register: Register, rows: list[RegisterRow]
    ) -> Iterator[tuple[RegisterRow, Outcome]]:
        """Take rows in, in order, each wholly or not at all."""
        receipts = transaction.receipts(told.command_id for row in rows for told in row.told)
        todo = [(row, [told for told in row.told if not _done(told, receipts)]) for row in rows]
        commands = [told.command for _, fresh in todo for told in fresh]
        transaction.load(name for each in commands for name in ACTS[type(each)].streams(each))
        for row, fresh in todo:
            claims = [told for told in fresh if told.command_id in receipts]
            changed = _registered_otherwise(transaction, claims, receipts)
            if changed is not None:
                yield row, Outcome(problem=_clock_conflict(register, row, changed))
            else:
                yield row, self._row(transaction, register, row, fresh)

    def _row(
        self,
        transaction: LedgerTransaction,
        register: Register,
        row: RegisterRow,
        candidates: list[Told],
    ) -> Outcome:
        fresh = [told for told in candidates if not _held(transaction, told.command)]
        if not fresh:
            return Outcome()
        circumstances = [
            Circumstances(
                self._actor,
                told.command_id,
                self._correlation_id,
                told.registered_on,
                digest=told.digest,
            )
            for told in fresh
        ]
        commands = [told.command for told in fresh]
        try:
            recorded = transaction.record_all(zip(commands, circumstances, strict=True))
        except Refusal as refusal:
            return _refused(transaction, register, row, fresh, refusal)
        return Outcome(recorded, first_fact=isinstance(commands[0], register.first))


def _done(told: Told, receipts: dict[str, Receipt]) -> bool:
    receipt = receipts.get(told.command_id)
    return receipt is not None and receipt.digest == told.digest


def _registered_otherwise(
    transaction: LedgerTransaction, told: list[Told], receipts: dict[str, Receipt]
) -> date | None:
    """The registration date on the ledger of a fact that the row claims another one for."""
    for each in told:
        recorded = transaction.recorded(receipts[each.command_id])
        if each.registered_on is not None and recorded.registered_on != each.registered_on:
            return recorded.registered_on
    return None


def _clock_conflict(register: Register, row: RegisterRow, held: date) -> Problem:
    reason = f"编号已登记而登记日期不同：台账为“{held}”；登记日期不可更改，《更正》亦然"
    return row.problem(register, REGISTERED, reason, "conflict")


def _part(transaction: LedgerTransaction, command: Any) -> Any:
    """The record on the ledger that the command's row is about, or None."""
    state = transaction.look(ACTS[type(command)].stream(command))
    decided_on = getattr(command, "decided_on", None)
    if isinstance(state, Lead) and decided_on is not None:
        return handling_of(state, decided_on)
    return state


def _differences(part: Any, command: Any) -> list[str]:
    """Fields in which the record says otherwise than the command."""
    known = field_index(type(part)).names
    shared = [name for name in field_index(type(command)).names if name in known]
    return [name for name in shared if getattr(part, name) != getattr(command, name)]


def _held(transaction: LedgerTransaction, command: Any) -> bool:
    """Whether the ledger says just this already, perhaps since a correction."""
    if transaction.held(ACTS[type(command)].stream(command)) is None:
        return False
    part = _part(transaction, command)
    return part is not None and not _differences(part, command)


def _refused(
    transaction: LedgerTransaction,
    register: Register,
    row: RegisterRow,
    fresh: list[Told],
    refusal: Refusal,
) -> Outcome:
    if refusal.code == "already_registered":
        problem = _conflict(transaction, register, row, fresh)
        return Outcome(problem=problem)
    heading = _heading(register, refusal.field)
    problem = row.problem(register, heading, refusal.reason, refusal.code)
    return Outcome(problem=problem, waits=refusal.code not in FINAL)


def _heading(register: Register, field: str | None) -> str:
    return register.headings.get(field or "", register.headings[register.key[0]])


def _conflict(
    transaction: LedgerTransaction, register: Register, row: RegisterRow, fresh: list[Told]
) -> Problem:
    """Name the first column in which the row differs from the ledger, and what the ledger has."""
    for told in fresh:
        part = _part(transaction, told.command)
        differing = _differences(part, told.command) if part is not None else []
        named = [field for field in differing if field in register.headings]
        if named:
            personal = named[0] in field_index(type(part)).personal
            held = "另一内容" if personal else f"“{show(getattr(part, named[0])) or ''}”"
            reason = f"编号已登记而内容不同：台账为{held}；更改内容请用《更正》"
            return row.problem(register, register.headings[named[0]], reason, "conflict")
    heading = register.headings[register.key[0]]
    return row.problem(register, heading, "编号已登记而内容不同", "conflict")
