"""Rules every act shares: references known, codes in force, dates in their order."""

from datetime import date
from typing import Any

from domain.codes.tables import code_table
from domain.fields import field_index
from domain.refusals import Refusal, refuse_if
from domain.streams import TITLES, Kind


def require_new(state: object | None, number: str, field: str = "number") -> None:
    """An official number is registered once; what changes later is a new fact about it."""
    refuse_if(state is not None, "already_registered", f"编号 {number} 已登记", field=field)


def require_registered(state: object | None, kind: Kind, number: str, field: str) -> None:
    """An act on a thing needs the thing."""
    refuse_if(state is None, "missing_reference", f"{TITLES[kind]} {number} 不存在", field=field)


def require_known(act: Any, related: dict[str, Any]) -> None:
    """Every official number the act names is on the ledger."""
    for field, kind in field_index(type(act)).references:
        number = getattr(act, field)
        if number is None or field not in related:
            continue
        if isinstance(number, tuple):
            for each, state in zip(number, related[field], strict=True):
                require_registered(state, kind, each, field)
        else:
            require_registered(related[field], kind, number, field)


def require_codes(act: Any, on: date) -> None:
    """Every coded field holds a term of its table that was in force on the day of the fact."""
    for field, table in field_index(type(act)).codes:
        value = getattr(act, field)
        if value is not None and not code_table(table).in_force(value, on):
            known = value in code_table(table).terms
            why = f"在 {on} 不适用" if known else "不在代码表中"
            raise Refusal(
                "unknown_code", f"“{value}”{why}（{code_table(table).title}）", field=field
            )


def require_order(
    earlier: date | None,
    later: date | None,
    reason: str,
    *,
    field: str,
    code: str = "impossible_date",
) -> None:
    """The later date is not before the earlier one; an unknown date orders nothing."""
    refuse_if(earlier and later and later < earlier, code, reason, field=field)
