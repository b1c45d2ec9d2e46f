"""立案呈批: requesting, approving and refusing a filing."""

from datetime import date

from domain.cases.case import CaseFiled
from domain.cases.filing import CaseFilingApproved, CaseFilingRefused, CaseFilingRequested
from domain.cases.filing_decisions import (
    approve_case_filing,
    refuse_case_filing,
    request_case_filing,
)
from domain.streams import Kind
from tests.domain.cases.samples import (
    FILING,
    REQUESTED,
    a_filing_request,
    a_refusal,
    an_approval,
)
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import CASE, EVERYONE, FILED, FILED_CASE, ORGAN, a_case, a_lead

BEFORE = date(2021, 3, 27)


def test_a_filing_is_requested() -> None:
    asked = a_filing_request()
    given(*EVERYONE, a_lead()).when(asked).then(stated(asked, CaseFilingRequested))


@proves(request_case_filing, 1)
def test_a_request_is_made_once() -> None:
    given(*REQUESTED).when(a_filing_request()).refused("already_registered", field="number")


@proves(request_case_filing, 2)
def test_a_request_on_an_unknown_lead_is_refused() -> None:
    given(*EVERYONE).when(a_filing_request()).refused("missing_reference", field="lead")


@proves(request_case_filing, 3)
def test_a_request_with_a_rank_outside_the_bands_is_refused() -> None:
    asked = a_filing_request(rank="正科")
    given(*EVERYONE, a_lead()).when(asked).refused("unknown_code", field="rank")


@proves(request_case_filing, 4)
def test_a_request_before_the_lead_was_received_is_refused() -> None:
    asked = a_filing_request(requested_on=date(2021, 2, 28))
    given(*EVERYONE, a_lead()).when(asked).refused("impossible_date", field="requested_on")


@proves(approve_case_filing, 1)
def test_the_approval_files_the_case() -> None:
    approved = stated(an_approval(), CaseFilingApproved, organ=ORGAN)
    filed = stated(a_case(), CaseFiled)
    office = given(*REQUESTED).when(an_approval()).then(approved, filed)
    assert office.look(Kind.CASE, CASE).filed_on == FILED
    assert office.look(Kind.CASE_FILING, FILING).case == CASE


@proves(approve_case_filing, 1)
def test_a_request_is_decided_once() -> None:
    again = an_approval(case="AJ2021-002")
    given(*REQUESTED, an_approval()).when(again).refused("wrong_stage", field="number")
    given(*REQUESTED, a_refusal()).when(again).refused("wrong_stage", field="number")
    given(*EVERYONE).when(again).refused("missing_reference", field="number")


@proves(approve_case_filing, 2)
def test_only_the_principal_approves_a_filing() -> None:
    act = an_approval(approver="相关负责人")
    refusal = given(*REQUESTED).when(act).refused("not_authorised", field="approver")
    assert "第42条" in (refusal.provision or "")


@proves(approve_case_filing, 3)
def test_a_filing_needs_a_new_case_number() -> None:
    history = given(*FILED_CASE, a_filing_request())
    history.when(an_approval()).refused("already_registered", field="case")


@proves(approve_case_filing, 4)
def test_a_filing_is_not_approved_before_it_was_requested() -> None:
    act = an_approval(approved_on=BEFORE)
    given(*REQUESTED).when(act).refused("impossible_date", field="approved_on")


@proves(approve_case_filing, 5)
def test_the_case_approved_is_one_that_could_be_filed() -> None:
    """The lead's receipt was corrected since to a later day than the request's."""
    from tests.domain.samples import LEAD, a_correction

    corrected = a_correction(
        Kind.LEAD, LEAD, "received_on", was="2021-03-01", now="2021-04-10", item=None
    )
    history = given(*REQUESTED, corrected)
    history.when(an_approval()).refused("impossible_date", field="filed_on")


@proves(refuse_case_filing, 1)
def test_a_filing_is_refused() -> None:
    told = stated(a_refusal(), CaseFilingRefused, organ=ORGAN)
    office = given(*REQUESTED).when(a_refusal()).then(told)
    assert office.look(Kind.CASE, CASE) is None
    given(*REQUESTED, a_refusal()).when(a_refusal()).refused("wrong_stage", field="number")


@proves(refuse_case_filing, 2)
def test_only_the_principal_refuses_a_filing() -> None:
    act = a_refusal(approver="部门主要负责人")
    given(*REQUESTED).when(act).refused("not_authorised", field="approver")


@proves(refuse_case_filing, 3)
def test_a_filing_is_not_refused_before_it_was_requested() -> None:
    act = a_refusal(refused_on=BEFORE)
    given(*REQUESTED).when(act).refused("impossible_date", field="refused_on")
