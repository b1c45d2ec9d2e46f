"""处分."""

from datetime import date

import pytest

from domain.codes.tables import code_table
from domain.fields import restate
from domain.sanctions.decisions import check_sanction, impose_sanction
from domain.sanctions.sanction import KINDS, Sanction, SanctionImposed
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import EVERYONE, FILED, FILED_CASE, SANCTION, a_sanction

OF_EACH_CATEGORY = [
    (category, kind) for category, table in KINDS.items() for kind in code_table(table).terms
]


def test_a_sanction_is_imposed() -> None:
    office = given(*FILED_CASE).when(a_sanction()).then(stated(a_sanction(), SanctionImposed))
    assert restate(office.look(Kind.SANCTION, SANCTION), Sanction) == stated(a_sanction(), Sanction)


def test_there_are_five_party_and_six_administrative_sanctions() -> None:
    categories = [category for category, _ in OF_EACH_CATEGORY]
    assert (categories.count("党纪处分"), categories.count("政务处分")) == (5, 6)
    assert set(KINDS) == set(code_table("sanction_category").terms)


@pytest.mark.parametrize(("category", "kind"), OF_EACH_CATEGORY)
def test_a_sanction_is_of_a_kind_of_its_category(category: str, kind: str) -> None:
    act = a_sanction(category=category, kind=kind)
    given(*FILED_CASE).when(act).then(stated(act, SanctionImposed))


def test_a_sanction_may_be_imposed_without_case_kind_or_rank() -> None:
    act = a_sanction(case=None, kind=None, rank=None)
    given(*EVERYONE).when(act).then(stated(act, SanctionImposed))


@proves(impose_sanction, 1)
def test_a_number_of_a_sanction_is_used_once() -> None:
    history = given(*FILED_CASE, a_sanction())
    history.when(a_sanction()).refused("already_registered", field="number")


@proves(check_sanction, 1)
@pytest.mark.parametrize("field", ["case", "person", "organ"])
def test_a_sanction_that_names_something_unknown_is_refused(field: str) -> None:
    act = a_sanction(**{field: "无此号"})
    given(*FILED_CASE).when(act).refused("missing_reference", field=field)


@proves(check_sanction, 2)
@pytest.mark.parametrize(("field", "value"), [("category", "组织处理"), ("rank", "正科")])
def test_a_term_that_is_in_no_table_is_refused(field: str, value: str) -> None:
    act = a_sanction(**{field: value})
    given(*FILED_CASE).when(act).refused("unknown_code", field=field)


@proves(check_sanction, 3)
@pytest.mark.parametrize(
    ("category", "kind"), [("党纪处分", "记过"), ("政务处分", "开除党籍"), ("党纪处分", "罚款")]
)
def test_a_kind_of_the_other_category_is_refused_with_its_provision(
    category: str, kind: str
) -> None:
    act = a_sanction(category=category, kind=kind)
    refusal = given(*FILED_CASE).when(act).refused("unknown_code", field="kind")
    assert refusal.provision == code_table(KINDS[category]).source


@proves(check_sanction, 4)
@proves(impose_sanction, 2)
def test_a_sanction_before_the_case_was_filed_is_refused() -> None:
    act = a_sanction(decided_on=date(2021, 3, 31))
    given(*FILED_CASE).when(act).refused("before_filing", field="decided_on")


def test_a_sanction_on_the_day_of_filing_is_imposed() -> None:
    act = a_sanction(decided_on=FILED)
    given(*FILED_CASE).when(act).then(stated(act, SanctionImposed))
