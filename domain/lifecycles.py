"""The lifecycles of the domain, from the catalogues of the concepts."""

from domain.concepts import collected
from domain.lifecycle import Lifecycle

LIFECYCLES: tuple[Lifecycle, ...] = tuple(collected("LIFECYCLES"))
