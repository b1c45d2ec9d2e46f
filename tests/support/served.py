"""An office served over HTTP: the application itself, and callers in each role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import PREFIX, create_app
from api.identity.issuers import open_verifier
from api.identity.local import LocalIssuer
from api.service import Service
from domain.grants.decisions import GrantRole
from domain.grants.roles import roles
from ledger.envelope import Circumstances
from tests.support.offices import Desk


@dataclass
class Served:
    """A served office; ``client`` speaks to it without a socket."""

    desk: Desk
    service: Service
    app: FastAPI
    client: TestClient
    granted: set[str] = field(default_factory=set)

    @cached_property
    def issuer(self) -> LocalIssuer:
        return LocalIssuer.at(self.desk.settings.keys_dir)

    def token(self, subject: str) -> str:
        """A token that proves a subject."""
        audience = self.desk.settings.oidc_audience
        return self.issuer.issue(
            subject,
            audience=audience,
            now=datetime.now(UTC),
            valid_for=timedelta(hours=1),
            token_id=str(uuid4()),
        )

    def grant(
        self, role: str, *, subject: str, organ: str | None = None, officer: str | None = None
    ) -> None:
        """Grant a role as the security administrator's desk does."""
        day, made = self.desk.ledger.today(), str(uuid4())
        command = GrantRole(
            number=f"{subject}:{role}",
            subject=subject,
            role=roles()[role],
            organ=organ,
            officer=officer,
            granted_on=day,
            basis=None,
        )
        self.desk.ledger.execute(command, Circumstances("tester", made, made, day))
        self.service.follower.wake()

    def caller(
        self, role: str, *, organ: str | None = None, officer: str | None = None
    ) -> "Caller":
        """Someone who holds one role, of one organ or of the whole ledger."""
        subject = f"local-{role}-{organ or 'all'}-{'x' if officer else 'y'}"
        if subject not in self.granted:
            self.grant(role, subject=subject, organ=organ, officer=officer)
            self.granted.add(subject)
        return Caller(self, self.token(subject))


@dataclass(frozen=True)
class Caller:
    """Someone who asks, with a token."""

    served: Served
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        """GET below the prefix; ``asked`` are query parameters, ``from_`` stands for ``from``."""
        query = {name.rstrip("_"): value for name, value in asked.items()}
        told = self.headers | (headers or {})
        return self.served.client.get(PREFIX + path, params=query or None, headers=told)

    def post(
        self,
        path: str,
        values: Any,
        *,
        key: str | None = None,
        version: int | None = None,
        **headers: str,
    ) -> Response:
        """POST a command, under a new key unless one is given."""
        told = self.headers | {"Idempotency-Key": key or str(uuid4())} | headers
        if version is not None:
            told["If-Match"] = f'"{version}"'
        return self.served.client.post(PREFIX + path, json=values, headers=told)


@contextmanager
def served(desk: Desk) -> Iterator[Served]:
    """An office served for as long as it is needed."""
    service = Service(desk, open_verifier(desk.settings, loopback=True))
    app = create_app(service)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Served(desk, service, app, client)


def told(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON tells them."""
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in values.items()}
