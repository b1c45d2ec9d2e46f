"""No route tells a role that sees no personal data what was said of persons in free words."""

from collections.abc import Iterator

import pytest

from api.app import PREFIX as API
from api.policy import roles as policy_roles
from tests.support.districts import MARK, populate
from tests.support.offices import opened
from tests.support.served import Served, served
from tests.support.sweep import telling

MASKED = [name for name, role in policy_roles().items() if not role.personal]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A ledger of one district, with a record of every kind."""
    file = tmp_path_factory.mktemp("masking") / "ledger.sqlite3"
    with opened(file) as desk:
        populate(desk)
        with served(desk) as office:
            yield office


@pytest.mark.parametrize("role", MASKED)
def test_a_role_that_sees_no_personal_data_is_told_none(office: Served, role: str) -> None:
    assert telling(office, role, office.caller(role), [MARK]) == set()


def test_others_are_told_it_where_it_stands(office: Served) -> None:
    """So the mark is where it would be seen, were it not hidden."""
    told = telling(office, "case_supervision", office.caller("case_supervision"), [MARK])
    assert len(told) > 60
    assert f"GET {API}/leads" in told
