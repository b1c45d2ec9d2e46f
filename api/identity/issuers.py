"""Whose tokens a server believes, as its settings say."""

from api.identity.keys import IssuerKeys
from api.identity.local import PREFIX, LocalIssuer
from api.identity.tokens import Issuer, Verifier
from ledger.settings import Settings


def accepts_local(settings: Settings, *, loopback: bool) -> bool:
    """Whether tokens of this office's own issuer are believed.

    Unless the settings say: where there is no other issuer and only this machine can ask.
    """
    if settings.local_tokens is not None:
        return settings.local_tokens
    return loopback and settings.oidc_issuer is None


def open_verifier(settings: Settings, *, loopback: bool) -> Verifier:
    """What verifies the tokens of a server, which listens on this machine alone or beyond it."""
    issuers = []
    if settings.oidc_issuer is not None:
        keys = IssuerKeys(
            settings.oidc_issuer,
            fresh_seconds=settings.oidc_keys_seconds,
            kept_seconds=settings.oidc_keys_kept_seconds,
        )
        claim = settings.oidc_subject_claim
        issuers.append(Issuer(settings.oidc_issuer, keys.find, claim, _is_not_local))
    if accepts_local(settings, loopback=loopback):
        issuers.append(LocalIssuer.at(settings.keys_dir).issuer)
    return Verifier(issuers, settings.oidc_audience)


def _is_not_local(subject: str) -> bool:
    return not subject.startswith(PREFIX)
