"""The table of roles that people read says what the policy's tables say."""

from tests.docs.roles import ROLES, document


def test_the_document_says_who_may_do_what() -> None:
    assert ROLES.read_text(encoding="utf-8") == document(), "make docs"
