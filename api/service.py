"""What every route works with: the office, who may ask, and what is recorded of it."""

import threading
from collections import OrderedDict
from hashlib import sha256
from time import monotonic

from api.admission import Caller
from api.follower import Follower
from api.identity.keys import PAUSE_SECONDS
from api.identity.principal import Held, Principal, principal_of
from api.identity.tokens import TokenRefusedError, Verifier, bearer_of
from api.metrics import Metrics
from api.policy import may, offered, roles
from api.problems import Problem
from api.rows import ToldRows
from api.secret import Secret
from api.standing import consumers_of, standing_of
from ledger.accesses import Access, Accesses, Action
from projections.brief import BriefReads
from projections.office import Office
from projections.store import reading

ROLE_HEADER = "Ledger-Role"
#: How long a verified token is taken as verified, in seconds.
_TRUSTED_SECONDS = 5.0
_TRUSTED_TOKENS = 4096
#: How long a request waits for the read models to reach a position, in seconds.
PATIENCE = 2.0


class Service:
    """The parts that routes share; one for each server process."""

    def __init__(self, office: Office, verifier: Verifier) -> None:
        offered()  # refuses to start where an act has no address
        self.office = office
        self.metrics = Metrics()
        self.secret = Secret.at(office.settings.keys_dir)
        self.accesses = Accesses(office.ledger)
        self.follower = Follower(office)
        self.rows = ToldRows()
        self.brief = BriefReads(office.engine)
        self.metrics.follow(lambda: standing_of(office, self.follower))
        self.metrics.follow_consumers(lambda: consumers_of(office))
        #: Whether streams should end.
        self.ending = False
        self._verifier = verifier
        self._lock = threading.Lock()
        self._trusted: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._principals: dict[str, Principal] = {}
        self._principals_at = -1

    def start(self) -> None:
        """Catch up, then follow."""
        self.follower.start()

    def end_streams(self) -> None:
        """Have every stream end: the server is about to stop, and waits for its answers."""
        self.ending = True
        self.follower.tell()

    def stop(self) -> None:
        """End what runs in the background."""
        self.brief.close()
        self.follower.stop()
        self.accesses.close()

    # -- who ---------------------------------------------------------------------------------

    def admit(self, authorization: str | None, role: str | None, need: str, target: str) -> Caller:
        """The caller of a request, in the one role it acts in.

        ``need`` is what the route needs (:func:`api.policy.may`), ``target`` how it is named where
        a denial is recorded. Problem 401 without a valid token, 403 without the role, 503 where
        the keys of the token's issuer cannot be had.
        """
        subject = self._subject(authorization)
        caller = self._in_role(subject, role)
        if not may(caller.role, need):
            self.deny(caller, target, "forbidden")
            raise Problem(403, "forbidden")
        return caller

    def known(self, authorization: str | None, role: str | None, need: str) -> Caller | None:
        """The caller of a request, if it may have what it needs and that is known already.

        It neither waits nor records anything; None says nothing but that :meth:`admit` can tell.
        """
        try:
            subject = self._known_subject(bearer_of(authorization))
        except TokenRefusedError:
            return None
        with self._lock:
            current = self._principals_at == self.follower.position
            principal = self._principals.get(subject or "") if current else None
        if subject is None or principal is None:
            return None
        held = [each for each in principal.held if role is None or each.role == role]
        if len(held) != 1 or not may(roles()[held[0].role], need):
            return None
        return _caller(subject, held[0])

    def deny(self, caller: Caller, target: str, code: str) -> None:
        """Record that a caller was turned away."""
        self._record(caller.subject, caller.role.name, Action.DENIED, target, code)

    def viewed(self, caller: Caller, target: str, action: Action = Action.VIEW) -> None:
        """Record that a caller saw personal data, or took an export."""
        if caller.role.personal or action is Action.EXPORT:
            self._record(caller.subject, caller.role.name, action, target, "")

    def _record(self, subject: str, role: str, action: Action, target: str, code: str) -> None:
        now = self.office.ledger.clock()
        self.accesses.record(Access(now, subject, role, action, target, code))
        self.metrics.access(action.value)

    def _subject(self, authorization: str | None) -> str:
        try:
            token = bearer_of(authorization)
            known = self._known_subject(token)
            if known is not None:
                return known
            subject = self._verifier.subject_of(token, self.office.ledger.clock())
        except TokenRefusedError as error:
            raise _unproven(error.code) from None
        with self._lock:
            self._trusted[_name_of(token)] = (subject, monotonic() + _TRUSTED_SECONDS)
            while len(self._trusted) > _TRUSTED_TOKENS:
                self._trusted.popitem(last=False)
        return subject

    def _known_subject(self, token: str) -> str | None:
        known = self._trusted.get(_name_of(token))
        return known[0] if known is not None and monotonic() < known[1] else None

    def _in_role(self, subject: str, role: str | None) -> Caller:
        held = self._principal(subject).held
        if role is not None:
            held = tuple(each for each in held if each.role == role)
        if not held:
            known = role if role in roles() else ""
            self._record(subject, known or "", Action.DENIED, "", "role_not_held")
            raise Problem(403, "role_not_held")
        if len(held) > 1:
            raise Problem(403, "role_required")
        return _caller(subject, held[0])

    def _principal(self, subject: str) -> Principal:
        found = self._known_principal(subject)
        if not found.held:
            # A grant recorded just now may not have been followed yet.
            self.follower.reached(self.office.ledger.head(), PATIENCE)
            found = self._known_principal(subject)
        return found

    def _known_principal(self, subject: str) -> Principal:
        position = self.follower.position
        with self._lock:
            if position != self._principals_at:
                self._principals, self._principals_at = {}, position
            known = self._principals.get(subject)
        if known is None:
            with reading(self.office.engine) as connection:
                known = principal_of(connection, subject)
            with self._lock:
                if self._principals_at == position:
                    self._principals[subject] = known
        return known


def _name_of(token: str) -> bytes:
    """What a token is remembered by: never the token itself."""
    return sha256(token.encode()).digest()


def _unproven(code: str) -> Problem:
    """Why a token proves nothing; whose issuer cannot be reached may well be valid."""
    if code == "issuer_unreachable":
        return Problem(503, code, retry_after=int(PAUSE_SECONDS))
    challenge = "Bearer" if code == "token_missing" else 'Bearer error="invalid_token"'
    return Problem(401, code, headers={"WWW-Authenticate": challenge})


def _caller(subject: str, held: Held) -> Caller:
    return Caller(subject, roles()[held.role], held.organ, held.officer)
