"""The embedded default: tokens that this office issues itself, with a key of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from joserfc.jwk import Key, OKPKey
from joserfc.jwt import encode

from api.identity.keys import fitting
from api.identity.tokens import Issuer, TokenRefusedError
from ledger.audit.keyring import make_folder, make_key, read_key

ISSUER = "urn:supervision-ledger:local"
KEY_FILE = "tokens.key"
#: Subjects that only this issuer speaks of, so that nobody elsewhere can take such a name.
PREFIX = "local-"
_ALGORITHM = "Ed25519"


@dataclass(frozen=True, slots=True)
class LocalIssuer:
    """The office's own issuer; who can read its key can be anyone here."""

    key: OKPKey

    @classmethod
    def at(cls, folder: Path) -> "LocalIssuer":
        """The issuer whose key is in a folder, made on first use for its owner alone.

        WillNotSignError for a file that holds no key, or another's.
        """
        make_folder(folder)
        make_key(folder / KEY_FILE, ISSUER)
        private = read_key(folder / KEY_FILE, ISSUER).private
        key = OKPKey.import_key(private, {"alg": _ALGORITHM, "use": "sig"})
        key.ensure_kid()
        return cls(key)

    @property
    def issuer(self) -> Issuer:
        """The issuer as one whose tokens are believed."""
        return Issuer(ISSUER, self.find)

    def find(self, kid: str | None, algorithm: str) -> Key:
        """The key, if it is the one that a token names."""
        found = fitting((self.key,), kid, algorithm)
        if found is None:
            raise TokenRefusedError("token_unknown_key")
        return found

    def issue(
        self, subject: str, *, audience: str, now: datetime, valid_for: timedelta, token_id: str
    ) -> str:
        """A token for a subject, from an instant, for so long; ``token_id`` is its ``jti``."""
        issued = int(now.timestamp())
        claims = {
            "iss": ISSUER,
            "sub": subject,
            "aud": audience,
            "iat": issued,
            "exp": issued + int(valid_for.total_seconds()),
            "jti": token_id,
        }
        header = {"alg": _ALGORITHM, "kid": self.key.kid}
        return encode(header, claims, self.key, algorithms=[_ALGORITHM])
