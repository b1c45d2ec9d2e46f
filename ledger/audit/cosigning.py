"""The log's side of witnessing: asking the witnesses of a policy, and keeping what they answer."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from ledger.audit.add_checkpoint import AddCheckpoint, read_cosignatures
from ledger.audit.merkle import ProofError
from ledger.audit.notes import Note, NoteError, Signature, Verifier, read_note
from ledger.audit.published import Trust
from ledger.audit.sequencer import LogStore
from ledger.audit.tables import PublishedNote

#: Ask the witness at an address with a request: its status and body.
Ask = Callable[[str, bytes], tuple[int, bytes]]
COSIGNED, CONFLICT = 200, 409


class NotAnsweredError(Exception):
    """A witness that could not be asked, or whose answer is not one to keep; why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A witness of the policy that was asked, and what is wrong where it has not cosigned."""

    name: str
    failure: str | None


def request_for(store: LogStore, note: PublishedNote, old: int) -> AddCheckpoint:
    """The request to cosign a note, from the size that the witness cosigned last.

    NotAnsweredError where the tree has no such proof.
    """
    try:
        proof = store.tree().consistency(old, note.size) if 0 < old < note.size else []
    except (ProofError, KeyError) as error:
        raise NotAnsweredError(f"不能出具证明：{error}") from None
    if old > note.size:
        raise NotAnsweredError(f"共签人见过 {old} 项，本检查点只有 {note.size} 项")
    return AddCheckpoint(old, tuple(proof), note.data)


def last_cosigned(store: LogStore, witness: Verifier) -> int:
    """The greatest size of which the published notes hold the witness's cosignature; 0 if none.

    It is a guess to begin with, and not verified: a witness says itself where it stands.
    """
    named = (witness.name, witness.id)
    for stored in reversed(store.notes()):
        with suppress(NoteError):
            if any((s.name, s.id) == named for s in read_note(stored.data).signatures):
                return stored.size
    return 0


class Cosigning:
    """Collects cosignatures for published notes and keeps them; ``now`` is in POSIX seconds."""

    def __init__(self, store: LogStore, trust: Trust, now: float, max_skew: float) -> None:
        self._store = store
        self._trust = trust
        self._now = now
        self._skew = max_skew

    def ask_all(self, note: PublishedNote, ask: Ask) -> tuple[PublishedNote, list[Asked]]:
        """Ask every witness that has an address, all at once; the note with what they gave."""
        addresses = self._trust.policy.addresses
        witnesses = self._trust.witnesses
        requests = []
        for name, address in addresses.items():
            old = last_cosigned(self._store, witnesses[name])
            requests.append((name.decode(errors="replace"), witnesses[name], address.decode(), old))
        if not requests:
            return note, []
        with ThreadPoolExecutor(len(requests)) as pool:
            waiting = [
                (title, pool.submit(self._ask, note, witness, (address, old), ask))
                for title, witness, address, old in requests
            ]
        asked, signatures = [], []
        for title, answer in waiting:
            try:
                signatures.append(answer.result())
                asked.append(Asked(title, None))
            except NotAnsweredError as error:
                asked.append(Asked(title, str(error)))
        return self._kept(note, signatures), asked

    def _ask(
        self, note: PublishedNote, witness: Verifier, place: tuple[str, int], ask: Ask
    ) -> Signature:
        """One witness's cosignature; where it has another size, it is asked once more from that."""
        address, old = place
        status, body = ask(address, bytes(request_for(self._store, note, old)))
        if status == CONFLICT:
            size = _size(body)
            if size == old:
                raise NotAnsweredError(f"共签人已为 {size} 项共签过另一个根")
            status, body = ask(address, bytes(request_for(self._store, note, size)))
        if status != COSIGNED:
            raise NotAnsweredError(f"共签人答复 {status}")
        try:
            answers = read_cosignatures(body)
        except NoteError as error:
            raise NotAnsweredError(f"答复不是签名：{error}") from None
        for signature in answers:
            if (signature.name, signature.id) == (witness.name, witness.id):
                return self._checked(note.data, note.at, signature)
        raise NotAnsweredError("答复中没有该共签人的签名")

    def _checked(self, data: bytes, at: int, signature: Signature) -> Signature:
        """A cosignature that holds for a note, at a time that can be."""
        alone = Note(self._trust.read(data).note.text, (signature,))
        try:
            (witness,) = alone.signed_by(tuple(self._trust.witnesses.values()))
        except NoteError as error:
            raise NotAnsweredError(f"共签不成立，或共签人不在策略中：{error}") from None
        time = alone.time_of(witness) or 0
        if time < at - self._skew:
            raise NotAnsweredError(f"共签的时间早于检查点 {at - time} 秒")
        if time > self._now + self._skew:
            raise NotAnsweredError(f"共签的时间在今后 {time - self._now:.0f} 秒")
        return signature

    def add(self, signatures: Sequence[Signature]) -> Iterator[tuple[Signature, int | None]]:
        """Keep cosignatures that came by hand, each on the newest checkpoint that it can be for.

        With each the size of that checkpoint, None where there is none.
        """
        for signature in signatures:
            yield signature, self._place(signature)

    def _place(self, signature: Signature) -> int | None:
        for note in reversed(self._store.notes()):
            try:
                self._checked(note.data, note.at, signature)
            except (NotAnsweredError, NoteError):
                continue
            self._kept(note, [signature])
            return note.size
        return None

    def _kept(self, note: PublishedNote, signatures: Sequence[Signature]) -> PublishedNote:
        """The note with the signatures, published; another's that came meanwhile stay too."""
        while True:
            held = self._trust.read(note.data).note
            data = str(held.with_signatures(signatures)).encode()
            if data == note.data or self._store.extend(note, data):
                return note._replace(data=data)
            note = next(
                each for each in self._store.notes() if (each.size, each.at) == (note.size, note.at)
            )


def _size(body: bytes) -> int:
    """The size that a witness answers with (text/x.tlog.size)."""
    text = body.decode("ascii", errors="replace")
    digits = text.removesuffix("\n")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 19:  # noqa: PLR2004 -- 64 bits
        raise NotAnsweredError("共签人的大小不可读")
    return int(digits)
