"""The lifecycles of the domain, from the catalogues of the concepts."""

from domain.lifecycle import Lifecycle

LIFECYCLES: tuple[Lifecycle, ...] = ()
