"""角色: the identifiers of the roles, and the official terms under which grants are recorded."""

from collections.abc import Mapping
from functools import cache

from domain.codes.tables import code_table

CASE_SUPERVISION = "case_supervision"
HANDLER = "handler"
REVIEWER = "reviewer"
APPROVER = "approver"
INSPECTOR = "inspector"
STATISTICIAN = "statistician"
AUDITOR = "auditor"
PERSONNEL_FEED = "personnel_feed"
SYSTEM_ADMINISTRATOR = "system_administrator"
SECURITY_ADMINISTRATOR = "security_administrator"
AUDIT_ADMINISTRATOR = "audit_administrator"

#: 三员: each holds no other role.
ADMINISTRATORS = frozenset({SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR})


@cache
def roles() -> Mapping[str, str]:
    """Every role's identifier with its official term, in the order of the code table."""
    return {term.english: term.value for term in code_table("role").terms.values()}


@cache
def identifiers() -> Mapping[str, str]:
    """Every official term with the role's identifier."""
    return {term: role for role, term in roles().items()}
