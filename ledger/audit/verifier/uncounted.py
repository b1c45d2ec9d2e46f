"""Types of event that no figure of the base definitions counts."""

UNCOUNTED = frozenset(
    {
        "archive_item.corrected.v1",
        "archive_item.entered.v1",
        "calendar.published.v1",
        "case.sent_to_review.v1",
        "correction.registered.v1",
        "disposition.concluded.v1",
        "lead.handling_concluded.v1",
        "local_limit.repealed.v1",
        "local_limit.set.v1",
        "log_key.changed.v1",
        "matter.settled.v1",
        "measure_form.set.v1",
        "other_disposition.recorded.v1",
        "other_disposition.struck.v1",
        "problem.rectified.v1",
        "recommendation.closed.v1",
        "recommendation.evaluated.v1",
        "recommendation.replied.v1",
        "round.ended.v1",
        "statement.published.v1",
        "work_suggestion.closed.v1",
    }
)
