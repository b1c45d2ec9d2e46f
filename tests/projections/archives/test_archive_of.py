"""Everything on a person, in order, as known on a day."""

from datetime import date

import pytest

from domain.sanctions.effect import Running
from domain.streams import Kind
from projections.archives import PersonArchive, archive_of
from projections.store import reading
from tests.domain import samples as s
from tests.domain.archives import samples as a
from tests.projections.sanctions.told import tell
from tests.support.offices import Desk


def archive(desk: Desk, on: date, person: str = s.PERSON) -> PersonArchive:
    with reading(desk.engine) as connection:
        return archive_of(connection, person, on)


@pytest.fixture
def burdened(desk: Desk) -> Desk:
    other = s.a_person(number="RY002")
    elsewhere = s.a_lead(number="XS-2", persons=("RY002",))
    tell(desk, *a.KEPT, other, elsewhere, s.a_lead(), s.a_case())
    return tell(desk, s.a_disposition(), s.a_sanction(), a.reviewed(), a.supplied())


def test_an_archive_tells_all_on_a_person_in_order(burdened: Desk) -> None:
    told = [(e.occurred_on, e.title) for e in archive(burdened, date(2021, 7, 31)).entries]
    assert told == [
        (date(2019, 1, 1), "建立廉政档案"),
        (date(2021, 3, 1), "问题线索反映"),
        (date(2021, 4, 1), "立案"),
        (date(2021, 6, 1), "四种形态处置"),
        (date(2021, 6, 1), "处分"),
        (date(2021, 6, 30), "档案事项"),
        (date(2021, 7, 1), "档案事项"),
    ]


def test_an_archive_of_an_earlier_day_tells_what_was_known_then(burdened: Desk) -> None:
    then = archive(burdened, date(2021, 3, 31))
    assert then.streams == ("person:RY001", f"lead:{s.LEAD}")
    assert then.effects == ()


def test_a_sanction_is_told_with_its_effect(burdened: Desk) -> None:
    (effect,) = archive(burdened, date(2021, 12, 31)).effects
    assert (effect.until, effect.running) == (date(2022, 6, 1), Running.RUNNING)
    (ended,) = archive(burdened, date(2022, 6, 1)).effects
    assert ended.running is Running.ENDED


def test_a_correction_is_told_from_when_it_is_known(burdened: Desk) -> None:
    correction = s.correct_lead("persons", s.PERSON, "RY002")
    tell(burdened, correction)
    today = burdened.ledger.today()
    assert f"lead:{s.LEAD}" not in archive(burdened, today).streams
    assert f"lead:{s.LEAD}" in archive(burdened, date(2021, 12, 31)).streams
    assert f"lead:{s.LEAD}" in archive(burdened, today, "RY002").streams


def test_an_opinion_relies_on_what_the_archive_says(burdened: Desk) -> None:
    known = archive(burdened, date(2021, 7, 11))
    given = a.opinion_given(
        conclusion="存在影响使用的问题",
        leads=known.numbers(Kind.LEAD),
        cases=known.numbers(Kind.CASE),
        dispositions=known.numbers(Kind.DISPOSITION),
        sanctions=known.numbers(Kind.SANCTION),
    )
    assert (given.leads, given.cases) == ((s.LEAD,), (s.CASE,))
    tell(burdened, a.opinion_requested(), given)
    last = archive(burdened, date(2021, 7, 12)).entries[-1]
    assert (last.occurred_on, last.category) == (date(2021, 7, 12), "廉政意见回复")


def test_the_next_review_is_told(burdened: Desk) -> None:
    review = archive(burdened, date(2021, 7, 31)).review
    assert review is not None
    assert review.due_on == date(2021, 12, 30)


def test_of_a_person_not_known_there_is_no_archive(burdened: Desk) -> None:
    for person, on in (("无", date(2021, 7, 31)), (s.PERSON, date(2018, 12, 31))):
        with pytest.raises(LookupError):
            archive(burdened, on, person)
