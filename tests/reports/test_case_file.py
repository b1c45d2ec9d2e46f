"""案件一览: one case with everything around it, as it stood on a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from domain.streams import Kind, derived_id
from ledger.envelope import Circumstances
from projections.deadlines import Standing
from projections.store import reading
from reports.case_file import CaseDossier, case_file
from tests.domain.cases import samples as c
from tests.domain.joint_work import samples as j
from tests.domain.measures import samples as m
from tests.domain.samples import (
    CASE,
    DISPOSITION,
    LETTER,
    SANCTION,
    a_disposition,
    a_letter,
    a_sanction,
)
from tests.support.commands import command
from tests.support.offices import Desk, opened

FIRST, LATER = date(2025, 8, 1), date(2025, 12, 1)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A case of 2021 with a detention of 2025, and what was registered in August and December."""
    first = (
        *m.OPEN,
        *j.ORGANS,
        c.a_team(),
        m.a_detention(),
        m.carried_out(),
        j.joint_work(),
    )
    later = (
        c.a_report(report_on=date(2025, 11, 1)),
        c.a_sending(sent_to_review_on=date(2025, 11, 3)),
        a_disposition(),
        a_sanction(),
        a_letter(),
    )
    with opened(tmp_path_factory.mktemp("file") / "ledger.sqlite3") as desk:
        for commands, registered_on in ((first, FIRST), (later, LATER)):
            for each in commands:
                made = derived_id(f"{desk.ledger.head()}")
                desk.ledger.execute(each, Circumstances("tester", made, made, registered_on))
        desk.runner.catch_up()
        yield desk


def file_of(desk: Desk, on: date) -> CaseDossier:
    with reading(desk.engine) as connection:
        return case_file(connection, desk.ledger, CASE, on)


def numbers(found: CaseDossier, kind: Kind) -> list[Any]:
    return [each.number for each in found.of(kind)]


def test_the_file_holds_everything_around_the_case(told: Desk) -> None:
    found = file_of(told, LATER)
    assert (found.stage, found.case.investigators) == ("已移送审理", ("JC01", "JC02"))
    assert numbers(found, Kind.LEAD) == [found.case.lead]
    assert numbers(found, Kind.PERSON) == [found.case.person]
    assert numbers(found, Kind.MEASURE) == [m.MEASURE]
    assert numbers(found, Kind.JOINT_WORK) == [j.JOINT]
    assert numbers(found, Kind.DISPOSITION) == [DISPOSITION]
    assert numbers(found, Kind.SANCTION) == [SANCTION]
    assert numbers(found, Kind.RECOMMENDATION) == [LETTER]
    assert [event.type for event in found.events][:2] == [
        "case.filed.v1",
        "case.investigators_assigned.v1",
    ]


def test_the_file_holds_the_deadlines_of_the_case_and_its_measures(told: Desk) -> None:
    found = {each.rule: each for each in file_of(told, LATER).deadlines}
    assert found["case.investigation"].standing is Standing.DONE_LATE
    assert found["measure.detention"].due_on == date(2025, 10, 1)
    assert found["measure.notice.day"].standing is Standing.OVERDUE


def test_the_file_is_as_it_was_known_on_the_day(told: Desk) -> None:
    found = file_of(told, FIRST)
    assert (found.stage, found.case.sent_to_review_on) == ("审查调查", None)
    assert numbers(found, Kind.SANCTION) == []
    assert numbers(found, Kind.MEASURE) == [m.MEASURE]
    with pytest.raises(LookupError):
        file_of(told, date(2025, 7, 31))


def test_the_file_is_printed(told: Desk) -> None:
    answer = command(told.file, "case-file", CASE, "--as-of", "2025-12-01", "--format", "json")
    assert answer.code == 0, answer.err
    assert answer.json["stage"] == "已移送审理"
    assert {each["stream"] for each in answer.json["around"]} >= {f"measure:{m.MEASURE}"}
    text = command(told.file, "case-file", CASE, "--as-of", "2025-12-01")
    assert text.code == 0, text.err
    for said in ("已移送审理", "监察措施", "审查调查人员", "期限至 2025-10-01"):
        assert said in text.out.decode()
    assert command(told.file, "case-file", "无").code == 1
