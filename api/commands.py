"""Commands: one legal act each, once for each Idempotency-Key, on the version that was read."""

import re
from dataclasses import dataclass
from typing import Any

import orjson

from api.admission import Caller, is_handled, is_within
from api.problems import Problem, of_refusal
from api.service import Service
from domain.concept import Act
from domain.refusals import Refusal
from domain.streams import Kind, derived_id, split_stream_name
from ledger.commands import MalformedCommandError, read_command
from ledger.envelope import Circumstances, Receipt
from ledger.transaction import LedgerTransaction
from projections.cuts import Cut
from projections.figures import Scope, scope_of
from projections.store import reading

#: A key is visible ASCII; as a structured field it may stand in quotation marks.
KEY = r'"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?'
_KEY = re.compile(KEY)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it comes in: the act, the number in the address if any, body and headers."""

    act: Act
    number: str | None
    body: bytes
    idempotency_key: str | None
    if_match: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: the receipt, and the version of its stream right after."""

    receipt: Receipt
    stream: str
    version: int


def carry_out(service: Service, caller: Caller, asked: Asked) -> Done:
    """Carry out a command; a key repeated gets the answer of the first time.

    Problem 400 without a key, 422 for another body under a known key or values that are not the
    act's, 428 without If-Match on an existing stream, 412 for another version, 403 or 404 outside
    the caller's organs, 409 where the law of the domain refuses.
    """
    command = _command(asked)
    stream = asked.act.stream(command)
    command_id = derived_id(f"{caller.subject}\n{_key(asked.idempotency_key)}")
    _refuse_own_grant(service, caller, asked.act, command)
    scope = _scope(service, caller)
    ledger = service.office.ledger
    circumstances = Circumstances(caller.actor, command_id, command_id, ledger.today())
    try:
        with ledger.transaction() as transaction:
            if command_id not in transaction.receipts([command_id]):
                _require_seen(caller, transaction, command, asked, scope)
                _require_match(transaction, stream, asked)
            receipt = transaction.execute(command, circumstances)
            _require_own(transaction, stream, scope)
    except Refusal as refusal:
        service.metrics.command(asked.act.name, refusal.code)
        raise of_refusal(refusal) from None
    except _UnseenError as unseen:
        service.deny(caller, stream, "out_of_scope")
        raise unseen.problem from None
    service.metrics.command(asked.act.name, "")
    service.follower.wake()
    return Done(receipt, stream, _version(service, receipt, stream))


def receipt_document(done: Done) -> bytes:
    """The answer to a command: the same bytes each time that it is repeated."""
    said = {
        "stream": done.stream,
        "number": split_stream_name(done.stream)[1],
        "version": done.version,
        "first_position": done.receipt.first_position,
        "position": done.receipt.last_position,
        "command_id": done.receipt.command_id,
    }
    return orjson.dumps(said)


def _command(asked: Asked) -> Any:
    body = asked.body
    if asked.number is not None:
        body = _with_number(asked.act.key, asked.number, body)
    try:
        return read_command(asked.act, body)
    except MalformedCommandError as error:
        field = error.faults[0][0] if error.faults else ""
        pointer = "/" + "/".join(field.split(".")) if field else ""
        raise Problem(422, "malformed", pointer=pointer) from None


def _with_number(key: str, number: str, body: bytes) -> bytes:
    """The body with the number of the address, which it may repeat but not contradict."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Problem(422, "malformed", pointer="") from None
    if not isinstance(said, dict):
        raise Problem(422, "malformed", pointer="")
    if said.setdefault(key, number) != number:
        raise Problem(422, "key_mismatch", pointer=f"/{key}")
    return orjson.dumps(said)


def _key(header: str | None) -> str:
    found = _KEY.fullmatch(header) if header else None
    if found is None:
        raise Problem(400, "idempotency_key_required")
    return found[1]


def _refuse_own_grant(service: Service, caller: Caller, act: Act, command: Any) -> None:
    """Nobody grants or revokes a role of one's own."""
    if act.kind is not Kind.GRANT:
        return
    if str(getattr(command, act.key)).partition(":")[0] == caller.subject:
        service.deny(caller, act.stream(command), "own_grant")
        raise Problem(403, "own_grant")


def _scope(service: Service, caller: Caller) -> Scope | None:
    if caller.organ is None:
        return None
    with reading(service.office.engine) as connection:
        return scope_of(connection, caller.organ, Cut())


class _UnseenError(Exception):
    """A record outside what the caller sees; recorded once the ledger's lock is given back."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _require_seen(
    caller: Caller, transaction: LedgerTransaction, command: Any, asked: Asked, scope: Scope | None
) -> None:
    """The record acted on, or the new one, is within the caller's organs and in its hands."""
    kind, look = asked.act.kind, transaction.look
    state = look(asked.act.stream(command))
    if state is None and asked.number is not None:
        raise Problem(404, "not_found")
    subject = command if state is None else state
    if is_within(scope, kind, subject, look) and is_handled(caller, kind, subject, look):
        return
    hidden = Problem(404, "not_found") if state is not None else Problem(403, "out_of_scope")
    raise _UnseenError(hidden)


def _require_own(transaction: LedgerTransaction, stream: str, scope: Scope | None) -> None:
    """No record of other organs is changed beside the one acted on (a lead merged into theirs)."""
    look = transaction.look
    for event in transaction.written:
        kind, _ = split_stream_name(event.stream)
        beside = event.stream != stream and event.version > 1
        if beside and not is_within(scope, kind, look(event.stream), look):
            raise _UnseenError(Problem(403, "out_of_scope"))


def _require_match(transaction: LedgerTransaction, stream: str, asked: Asked) -> None:
    held = transaction.held(stream)
    if held is None:
        if asked.if_match is not None:
            raise Problem(412, "stale_version")
        return
    if asked.if_match is None:
        raise Problem(428, "if_match_required")
    tags = {each.strip() for each in asked.if_match.split(",")}
    if f'"{held.version}"' not in tags:
        raise Problem(412, "stale_version")


def _version(service: Service, receipt: Receipt, stream: str) -> int:
    """The version of the stream after its last event of the command."""
    entries = service.office.ledger.history(stream)
    known = (each for each in entries if each.position <= receipt.last_position)
    return max(each.event.version for each in known)
