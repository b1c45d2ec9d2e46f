"""Offices with the example sets."""

from tests.support.offices import copy_of, desk, fengze, wuhua

__all__ = ["copy_of", "desk", "fengze", "wuhua"]
