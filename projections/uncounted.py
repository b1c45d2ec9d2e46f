"""Stored names of events that make no posting, each for the reason given."""

#: Stored names that change no figure, each for the reason given.
WITHOUT_LINES = {
    "disposition.concluded.v1": "the record beside it is what counts; this tells its measures",
    "sanction.decided.v1": "the record beside it is what counts; this tells what the decision says",
    "sanction.announced.v1": "a sanction counts from its decision",
    "sanction.post_change_extended.v1": "a step of the execution, counted by none",
    "sanction.post_changed.v1": "a step of the execution, counted by none",
    "sanction.execution_reported.v1": "a step of the execution, counted by none",
    "sanction.probation_extended.v1": "a sanction counts from its decision",
    "sanction.restoration_applied.v1": "a step of the restoration, counted by none",
    "sanction.restoration_resolved.v1": "a step of the restoration, counted by none",
    "sanction.rights_restored.v1": "a sanction counts from its decision, restored or not",
    "sanction.restoration_revoked.v1": "the expulsion that follows is a sanction of its own",
    "sanction.upheld.v1": "the sanction counts as before",
    "sanction.rehandling_required.v1": "the sanction counts until it is changed or revoked",
    "sanction.person_reinstated.v1": "the revocation before it has moved the figures",
    "other_disposition.recorded.v1": "the four forms count what commissions did, not other bodies",
    "other_disposition.struck.v1": "the four forms count what commissions did, not other bodies",
    "measure_form.set.v1": "which form a measure has is a rule and no fact of the work",
    "recommendation.evaluated.v1": "an evaluation is a state of the letter, counted by none yet",
    "round.ended.v1": "rounds are counted by their beginning",
    "statement.published.v1": "a statement counts facts and is none of them",
    "calendar.published.v1": "a calendar says when terms end and is no fact of the work",
    "local_limit.set.v1": "a limit says when terms end and is no fact of the work",
    "local_limit.repealed.v1": "a limit says when terms end and is no fact of the work",
    "correction.registered.v1": "its effect is in the event of the record it corrects",
}
