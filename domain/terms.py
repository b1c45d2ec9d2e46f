"""The terms of the law of the domain: every time limit that facts set running."""

from domain.concepts import collected
from domain.term import Term

TERMS: tuple[Term, ...] = tuple(collected("TERMS"))
