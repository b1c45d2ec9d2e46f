"""A change of a personal field told with the mark, as histories and boards show changes."""

from dataclasses import replace

from ledger.masking import MASK, personal_names
from reports.history import FieldChange


def masked_change(cls: type, change: FieldChange) -> FieldChange:
    """A change of one field, named as in a history (``handlings[2020-01-01].method``)."""
    plain = ".".join(part.partition("[")[0] for part in _parts(change.field))
    if plain not in personal_names(cls):
        return change
    return replace(change, was=change.was and MASK, now=change.now and MASK)


def _parts(field: str) -> list[str]:
    """The parts of a field's name; a mark in brackets may itself hold a point."""
    parts, depth = [""], 0
    for letter in field:
        depth += (letter == "[") - (letter == "]")
        if letter == "." and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
