"""The journal's lines: which postings each stored event makes, from the event alone."""

from collections import Counter
from collections.abc import Callable, Iterator

from projections import case_lines, ecology_lines, inspection_lines, work_lines
from projections.line import Data, Line

#: By stored name: the lines that an event adds.
ADDS: dict[str, Callable[[Data], Iterator[Line]]] = {
    "organ.registered.v1": work_lines.organ,
    "unit.registered.v1": work_lines.unit,
    "person.registered.v1": work_lines.person,
    "archive_item.entered.v1": work_lines.archive_item,
    "petition.received.v1": case_lines.petition,
    "lead.registered.v1": case_lines.lead,
    "lead.handled.v1": case_lines.lead_handled,
    "lead.handling_concluded.v1": case_lines.handling_concluded,
    "lead.transferred.v1": case_lines.lead_transferred,
    "case.filed.v1": case_lines.case_filed,
    "case.sent_to_review.v1": case_lines.case_sent_to_review,
    "case.closed.v1": case_lines.case_closed,
    "case.transferred_to_procuratorate.v1": case_lines.case_transferred,
    "disposition.made.v1": case_lines.disposition,
    "sanction.imposed.v1": case_lines.sanction,
    "recommendation.issued.v1": work_lines.recommendation_issued,
    "recommendation.replied.v1": work_lines.recommendation_replied,
    "recommendation.closed.v1": work_lines.recommendation_closed,
    "round.opened.v1": work_lines.round_opened,
    "problem.fed_back.v1": work_lines.problem_fed_back,
    "problem.rectified.v1": work_lines.problem_rectified,
    "work_suggestion.issued.v1": work_lines.work_suggestion_issued,
    "work_suggestion.closed.v1": work_lines.work_suggestion_closed,
    "check.conducted.v1": work_lines.check,
    "matter.accepted.v1": work_lines.matter_accepted,
    "matter.settled.v1": work_lines.matter_settled,
    "inspection.begun.v1": inspection_lines.unit_inspection_begun,
    "problem.verified.v1": inspection_lines.problem_verified,
    "problem.returned.v1": inspection_lines.problem_returned,
    "problem.found_again.v1": inspection_lines.problem_found_again,
    "inspection_transfer.made.v1": inspection_lines.inspection_transfer_made,
    "inspection_transfer.answered.v1": inspection_lines.inspection_transfer_answered,
    "check_problem.recorded.v1": inspection_lines.check_problem_recorded,
    "check_problem.rectified.v1": inspection_lines.check_problem_rectified,
    "check_problem.verified.v1": inspection_lines.check_problem_verified,
    "check_problem.signed_off.v1": inspection_lines.check_problem_signed_off,
    "check_problem.referred.v1": inspection_lines.check_problem_referred,
    "campaign.launched.v1": inspection_lines.campaign_launched,
    "campaign.accountability_registered.v1": inspection_lines.campaign_accountability,
    "ecology_assessment.graded.v1": ecology_lines.ecology_graded,
    "supervision_list.issued.v1": ecology_lines.supervision_list_issued,
    "supervision_list.withdrawn.v1": ecology_lines.supervision_list_withdrawn,
}

#: By stored name: all lines of the record that a correction carries before and after.
RECORDS: dict[str, Callable[[Data], Iterator[Line]]] = {
    "organ.corrected.v1": work_lines.organ,
    "unit.corrected.v1": work_lines.unit,
    "person.corrected.v1": work_lines.person,
    "archive_item.corrected.v1": work_lines.archive_item,
    "petition.corrected.v1": case_lines.petition,
    "lead.corrected.v1": case_lines.lead,
    "case.corrected.v1": case_lines.case,
    "disposition.corrected.v1": case_lines.disposition,
    "sanction.corrected.v1": case_lines.sanction,
    "recommendation.corrected.v1": work_lines.recommendation,
    "round.corrected.v1": work_lines.round_opened,
    "problem.corrected.v1": work_lines.problem,
    "work_suggestion.corrected.v1": work_lines.work_suggestion,
    "check.corrected.v1": work_lines.check,
    "matter.corrected.v1": work_lines.matter,
}


#: By stored name: the signed lines of a later fact that takes back, or changes, what a record
#: added; the fact carries the record as it was.
REVERSES: dict[str, Callable[[Data], Iterator[Line]]] = {
    "petition.withdrawn.v1": case_lines.petition_reversed,
    "lead.withdrawn.v1": case_lines.lead_reversed,
    "disposition.replaced.v1": case_lines.disposition_reversed,
    "disposition.withdrawn.v1": case_lines.disposition_reversed,
    "person.archive_closed.v1": work_lines.archive_closed,
    "matter.assigned.v1": work_lines.matter_assigned,
    "matter.reopened.v1": work_lines.matter_reopened,
    "sanction.changed.v1": case_lines.sanction_changed,
    "sanction.revoked.v1": case_lines.sanction_reversed,
}


def lines_of(name: str, data: Data) -> Iterator[Line]:
    """The signed lines of an event; a correction's unchanged lines cancel out."""
    adds = ADDS.get(name) or REVERSES.get(name)
    if adds is not None:
        yield from adds(data)
        return
    record = RECORDS.get(name)
    if record is None:
        return
    was, now = Counter(record(data["before"])), Counter(record(data["after"]))
    for line in (was - now).elements():
        yield line._replace(quantity=-line.quantity)
    yield from (now - was).elements()
