"""违法办案申诉和复查."""

from datetime import date
from typing import Any

import pytest

from domain.appeals.complaint import (
    ComplaintAccepted,
    ComplaintDecided,
    ComplaintReviewApplied,
    ComplaintReviewed,
)
from domain.appeals.complaint_decisions import (
    accept_complaint,
    apply_for_complaint_review,
    decide_complaint,
    decide_complaint_review,
)
from tests.domain.appeals.samples import (
    a_complaint,
    a_review_answered,
    a_review_asked,
    an_answer,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import FILED_CASE, ORGAN

ACCEPTED = (*FILED_CASE, a_complaint())
ANSWERED = (*ACCEPTED, an_answer())
ASKED = (*ANSWERED, a_review_asked())


@proves(accept_complaint, 1, 2, 3, 4)
def test_a_complaint_is_accepted_from_whom_it_concerns() -> None:
    act = a_complaint()
    given(*FILED_CASE).when(act).then(stated(act, ComplaintAccepted))
    given(*ACCEPTED).when(act).refused("already_registered", field="number")
    for field in ("organ", "case"):
        unknown = a_complaint(**{field: "无此号"})
        given(*FILED_CASE).when(unknown).refused("missing_reference", field=field)
    given(*FILED_CASE).when(a_complaint(matter="态度不好")).refused("unknown_code", field="matter")
    for field in ("complainant", "relation"):
        given(*FILED_CASE).when(a_complaint(**{field: ""})).refused("required", field=field)


@proves(decide_complaint, 1, 2, 3, 4)
def test_a_complaint_is_decided_once_and_put_right_where_true() -> None:
    act = an_answer()
    given(*FILED_CASE).when(act).refused("missing_reference", field="number")
    given(*ACCEPTED).when(act).then(stated(act, ComplaintDecided, organ=ORGAN))
    given(*ANSWERED).when(act).refused("wrong_stage", field="number")
    given(*ACCEPTED).when(an_answer(outcome="了结")).refused("unknown_code", field="outcome")
    early = an_answer(decided_on=date(2021, 6, 9))
    given(*ACCEPTED).when(early).refused("impossible_date", field="decided_on")
    given(*ACCEPTED).when(an_answer(outcome="属实")).refused("required", field="remedied_by")


@proves(apply_for_complaint_review, 1, 2, 3, 4)
@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"reviewer": ""}, "required", "reviewer"),
        ({"received_on": date(2021, 6, 30)}, "impossible_date", "received_on"),
        ({"review_applied_on": date(2021, 7, 2)}, "impossible_date", "review_applied_on"),
        ({"review_applied_on": date(2021, 8, 4)}, "late_application", "review_applied_on"),
    ],
)
def test_a_review_is_asked_for_within_a_month(
    changes: dict[str, Any], code: str, field: str
) -> None:
    act = a_review_asked()
    given(*ANSWERED).when(act).then(stated(act, ComplaintReviewApplied, organ=ORGAN))
    given(*ACCEPTED).when(act).refused("wrong_stage", field="number")
    given(*FILED_CASE).when(act).refused("missing_reference", field="number")
    given(*ANSWERED).when(a_review_asked(**changes)).refused(code, field=field)


@proves(decide_complaint_review, 1, 2, 3, 4)
def test_a_review_is_decided_once_and_put_right_where_true() -> None:
    act = a_review_answered()
    given(*ASKED).when(act).then(stated(act, ComplaintReviewed, organ=ORGAN))
    given(*ANSWERED).when(act).refused("wrong_stage", field="number")
    given(*ASKED, act).when(act).refused("wrong_stage", field="number")
    early = a_review_answered(reviewed_on=date(2021, 8, 2))
    given(*ASKED).when(early).refused("impossible_date", field="reviewed_on")
    unknown = a_review_answered(review_outcome="了结")
    given(*ASKED).when(unknown).refused("unknown_code", field="review_outcome")
    untold = a_review_answered(remedied_by=None)
    given(*ASKED).when(untold).refused("required", field="remedied_by")
