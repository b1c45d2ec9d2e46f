"""The catalogue of stored names: explicit, versioned, for ever.

A name once stored is never reused or dropped. A new shape of a fact gets the next version, and an
upcaster that turns the stored data of the old version into the new.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.concepts import STORED_NAMES

#: Stored data of an old version in, stored data and name of the next version out.
Upcaster = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]

__all__ = ["STORED_NAMES", "UPCASTERS", "Catalogue"]

UPCASTERS: Mapping[str, Upcaster] = {}


class Catalogue:
    """Stored names and types of facts, both ways, and the upcasters between versions.

    ValueError where two names store one type, or an upcaster's name is also a current one.
    """

    def __init__(
        self,
        names: Mapping[str, type] = STORED_NAMES,
        upcasters: Mapping[str, Upcaster] = UPCASTERS,
    ) -> None:
        self.types = dict(names)
        self.names = {cls: name for name, cls in names.items()}
        self.upcasters = dict(upcasters)
        if len(self.names) != len(self.types) or self.types.keys() & self.upcasters.keys():
            raise ValueError("a stored name and its type must match one to one")

    def current(self, name: str, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The data in its current shape, and that shape's name; KeyError for an unknown name."""
        while name in self.upcasters:
            name, data = self.upcasters[name](data)
        if name not in self.types:
            raise KeyError(name)
        return name, data
