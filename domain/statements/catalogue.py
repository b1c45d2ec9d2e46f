"""统计表: concepts, stored names and acts."""

from domain.concept import Act, Concept
from domain.statements import decisions, statement
from domain.streams import Kind

CONCEPTS = (
    Concept(
        kind=Kind.STATEMENT,
        plural="statements",
        state=statement.PublishedStatement,
        evolve=statement.evolve,
        begins=(statement.StatementPublished,),
        facts={
            "statement.published.v1": statement.StatementPublished,
        },
    ),
)

ACTS = (
    Act(
        decisions.PublishStatement,
        decisions.publish_statement,
        Kind.STATEMENT,
        of_program=True,
    ),
)
