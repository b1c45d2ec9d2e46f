"""立案: concepts, stored names and acts."""

from domain.cases import case, decisions
from domain.concept import Act, Concept, nothing
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.CASE,
        plural="cases",
        state=case.Case,
        evolve=case.evolve,
        begins=(case.CaseFiled,),
        facts={
            "case.filed.v1": case.CaseFiled,
            "case.sent_to_review.v1": case.CaseSentToReview,
            "case.closed.v1": case.CaseClosed,
            "case.transferred_to_procuratorate.v1": case.CaseTransferredToProcuratorate,
            "case.corrected.v1": case.CaseCorrected,
        },
        check=decisions.check_case,
        corrected=case.CaseCorrected,
    ),
)

ACTS = (
    Act(decisions.FileCase, decisions.file_case, Kind.CASE),
    Act(decisions.SendCaseToReview, decisions.send_case_to_review, Kind.CASE, nothing),
    Act(decisions.CloseCase, decisions.close_case, Kind.CASE, nothing),
    Act(
        decisions.TransferCaseToProcuratorate,
        decisions.transfer_case_to_procuratorate,
        Kind.CASE,
        nothing,
    ),
)
