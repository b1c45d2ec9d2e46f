"""Who acts: the roles that the ledger says a subject holds, and no others."""

from datetime import date

from api.identity.principal import Held, Principal, principal_of
from projections.store import reading
from tests.domain.grants.samples import (
    HELD,
    ORGANS,
    OTHER_ORGAN,
    REVOKED,
    SUBJECT,
    a_grant,
    its_revocation,
)
from tests.domain.samples import ORGAN
from tests.projections.inspections.test_boards import carry_out
from tests.support.databases import on_a_file
from tests.support.offices import Desk


def found(desk: Desk, subject: str = SUBJECT) -> Principal:
    with reading(desk.engine) as connection:
        return principal_of(connection, subject)


def test_a_subject_holds_every_role_that_stands(desk: Desk) -> None:
    carry_out(desk, *HELD, a_grant("案件监督管理", organ=None, officer=None))
    principal = found(desk)
    assert principal == Principal(
        SUBJECT,
        (Held("case_supervision", None, None), Held("handler", ORGAN, "王承办")),
    )
    assert principal.roles == {"case_supervision", "handler"}
    assert principal.holds("handler")
    assert principal.holds("auditor", "case_supervision")
    assert not principal.holds("auditor")


def test_a_role_revoked_is_held_no_more_until_it_is_granted_anew(desk: Desk) -> None:
    carry_out(desk, *REVOKED)
    assert found(desk).held == ()
    carry_out(desk, a_grant(organ=OTHER_ORGAN, granted_on=date(2021, 9, 2)))
    assert found(desk).held == (Held("handler", OTHER_ORGAN, "王承办"),)


def test_a_subject_whose_id_begins_like_anothers_holds_nothing_of_theirs(desk: Desk) -> None:
    carry_out(desk, *ORGANS, a_grant(subject="u-1"), a_grant("巡察", subject="u-10"))
    assert found(desk, "u-1").roles == {"handler"}
    assert found(desk, "u-10").roles == {"inspector"}
    assert found(desk, "u").held == ()


@on_a_file
def test_the_grants_of_a_subject_are_found_by_their_keys(desk: Desk) -> None:
    carry_out(desk, *HELD, its_revocation())
    statements: list[str] = []
    with reading(desk.engine) as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(statements.append)
        principal_of(connection, SUBJECT)
        raw.set_trace_callback(None)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[-1]}").all()
    assert all("SCAN" not in row[3] for row in plan)
    assert any("PRIMARY KEY" in row[3] for row in plan)
