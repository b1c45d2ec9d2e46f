"""The example sets print exactly the figures they were made to give."""

import pytest

from tests.support.commands import Answer, command, interpreter, url
from tests.support.expected import EVERY_QUERY, FENGZE, WUHUA, Expected
from tests.support.offices import Desk

KEYS = {"period", "as_of", "organ", "figures", "checks", "provenance"}
PROVENANCE = {"position", "root", "definition_sha256", "code_version", "produced_at"}
FORMS = ["forms.first", "forms.second", "forms.third", "forms.fourth"]


def report(query: Expected) -> list[str]:
    """The command that prints the answer to a query as JSON."""
    return ["report", *query.options, "--format", "json"]


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Desk:
    """The office of the query's example set."""
    desk = request.getfixturevalue({"fengze": "fengze", "wuhua2020": "wuhua"}[request.param])
    assert isinstance(desk, Desk)
    return desk


def is_as_expected(answer: Answer, query: Expected) -> None:
    """Every figure is the expected one, and every check holds."""
    assert (answer.code, answer.err.strip()) == (0, "")
    document = answer.json
    assert {each["code"]: each["value"] for each in document["figures"]} == query.figures
    assert [check for check in document["checks"] if not check["holds"]] == []


@pytest.mark.parametrize(
    ("office", "query"), [(query.example, query) for query in EVERY_QUERY], indirect=["office"]
)
def test_every_figure_is_the_expected_one_and_every_check_holds(
    office: Desk, query: Expected
) -> None:
    is_as_expected(command(office.file, *report(query)), query)


@pytest.mark.parametrize(
    ("office", "query"),
    [("fengze", FENGZE[0]), ("wuhua2020", WUHUA[0])],
    indirect=["office"],
)
def test_and_so_they_are_when_the_program_starts_from_nothing(
    office: Desk, query: Expected
) -> None:
    is_as_expected(interpreter(url(office.file), *report(query)), query)


@pytest.mark.parametrize(
    ("office", "query"),
    [("fengze", FENGZE[2]), ("wuhua2020", WUHUA[0])],
    indirect=["office"],
)
def test_the_document_has_the_agreed_shape(office: Desk, query: Expected) -> None:
    document = command(office.file, *report(query)).json
    as_of = str(query.cut.as_of) if query.cut.as_of else None
    assert document.keys() == KEYS
    assert document["period"] == {"from": str(query.period.first), "to": str(query.period.last)}
    assert (document["as_of"], document["organ"]) == (as_of, None)
    assert document["provenance"].keys() == PROVENANCE
    assert document["provenance"]["position"] == office.ledger.head()
    assert len(document["provenance"]["definition_sha256"]) == 64
    for figure in document["figures"]:
        assert figure.keys() - {"share"} == {"code", "name", "unit", "value"}
        assert all(figure[key] for key in ("code", "name", "unit"))
    for check in document["checks"]:
        assert check.keys() == {"rule", "holds", "detail"}


def test_a_form_has_its_share_of_the_total_and_nothing_else_has_one(wuhua: Desk) -> None:
    figures = command(wuhua.file, *report(WUHUA[0])).json["figures"]
    shares = {each["code"]: each["share"] for each in figures if "share" in each}
    assert shares == dict(zip(FORMS, (56.3, 35.3, 3.4, 5.0), strict=True))


def test_of_no_dispositions_no_form_has_a_share(desk: Desk) -> None:
    figures = command(desk.file, *report(WUHUA[0])).json["figures"]
    assert {each["value"] for each in figures} == {0}
    assert not any("share" in each for each in figures)
