"""``token``: a token of this office's own issuer, for a subject that holds a role."""

from datetime import timedelta
from typing import Annotated
from uuid import uuid4

import typer
from rich.markup import escape

from api.identity.local import PREFIX, LocalIssuer
from cli.office import Office, console, emit, fail, open_office
from cli.records import said_of
from domain.grants.decisions import GrantRole
from domain.grants.grant import Grant, grant_number, is_held
from domain.grants.roles import roles
from domain.refusals import Refusal
from domain.streams import Kind, stream_name
from ledger.audit.keyring import WillNotSignError
from ledger.envelope import Circumstances
from ledger.settings import Settings

_ROLES = "、".join(f"{role}（{term}）" for role, term in roles().items())


def token(
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=f"角色：{_ROLES}")],
    organ: Annotated[
        str | None, typer.Option("--organ", metavar="CODE", help="在该机构；不写为整个台账")
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="S", help="主体标识；不写为 local-ROLE")
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", metavar="NAME", help="台账中的承办人姓名")
    ] = None,
    hours: Annotated[
        int | None, typer.Option("--hours", metavar="H", min=1, max=720, help="有效小时数")
    ] = None,
) -> None:
    """Grant a role, unless it is held, and print a token of its subject. Exit 1 where refused.

    Of a role held already, organ and officer stay as they are where they are left out.
    """
    term = roles().get(role)
    if term is None:
        raise fail(escape(f"没有角色“{role}”；有：{_ROLES}"), 1)
    office = open_office()
    known = subject or f"{PREFIX}{role}"
    try:
        if _grant(office, known, term, organ, officer):
            office.catch_up()
        issuer = LocalIssuer.at(office.settings.keys_dir)
    except Refusal as refusal:
        raise fail(said_of(refusal), 1) from None
    except WillNotSignError as error:
        raise fail(f"令牌密钥不可用：{error}", 1) from None
    _remark(office.settings)
    made = issuer.issue(
        known,
        audience=office.settings.oidc_audience,
        now=office.clock(),
        valid_for=timedelta(hours=hours or office.settings.token_hours),
        token_id=str(uuid4()),
    )
    emit(f"{made}\n".encode(), None)


def _grant(office: Office, subject: str, term: str, organ: str | None, officer: str | None) -> bool:
    """Record the grant that is asked for; False where it stands already."""
    number, today = grant_number(subject, term), office.ledger.today()
    with office.ledger.transaction() as transaction:
        grant: Grant | None = transaction.look(stream_name(Kind.GRANT, number))
        if grant is not None and is_held(grant):
            organ, officer = organ or grant.organ, officer or grant.officer
            if (organ, officer) == (grant.organ, grant.officer):
                return False
        command = GrantRole(
            number=number,
            subject=subject,
            role=term,
            organ=organ,
            officer=officer,
            granted_on=today,
            basis=None,
        )
        made = str(uuid4())
        circumstances = Circumstances(office.settings.actor, made, made, today)
        transaction.execute(command, circumstances)
    return True


def _remark(settings: Settings) -> None:
    refused = settings.local_tokens is False
    elsewhere = settings.oidc_issuer is not None and settings.local_tokens is None
    if refused or elsewhere:
        console.print("按现有配置，服务不接受本机签发的令牌（见 LEDGER_LOCAL_TOKENS）")
