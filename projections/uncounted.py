"""Stored names of events that make no posting, each for the reason given."""

#: Stored names that change no figure, each for the reason given.
WITHOUT_LINES = {
    "disposition.concluded.v1": "the record beside it is what counts; this tells its measures",
    "other_disposition.recorded.v1": "the four forms count what commissions did, not other bodies",
    "other_disposition.struck.v1": "the four forms count what commissions did, not other bodies",
    "measure_form.set.v1": "which form a measure has is a rule and no fact of the work",
    "recommendation.evaluated.v1": "an evaluation is a state of the letter, counted by none yet",
    "round.ended.v1": "rounds are counted by their beginning",
    "statement.published.v1": "a statement counts facts and is none of them",
    "log_key.changed.v1": "the log's key is no fact of supervision",
    "calendar.published.v1": "a calendar says when terms end and is no fact of the work",
    "local_limit.set.v1": "a limit says when terms end and is no fact of the work",
    "local_limit.repealed.v1": "a limit says when terms end and is no fact of the work",
    "correction.registered.v1": "its effect is in the event of the record it corrects",
}
