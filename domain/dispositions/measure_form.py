"""措施形态: the form that an office gives a measure which the index does not name, or no longer."""

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from domain.fields import Code, fact, restate


@fact
class MeasureFormParticulars:
    """From when a measure belongs to a form, on what provision, and when that was settled."""

    measure: str
    form: Annotated[str, Code("form")]
    since: date
    provision: str
    set_on: date


@fact
class FormVersion:
    """One form of a measure and its first day."""

    form: str
    since: date


@fact
class MeasureForm(MeasureFormParticulars):
    """措施形态 as it stands; ``versions`` are all that were set, oldest first."""

    versions: tuple[FormVersion, ...]

    def on(self, day: date) -> str | None:
        """The form in force on a day; None before the first."""
        return next((each.form for each in reversed(self.versions) if each.since <= day), None)


@fact
class MeasureFormSet(MeasureFormParticulars):
    """设定措施形态."""

    OCCURRED: ClassVar = "set_on"


def evolve(state: MeasureForm | None, event: MeasureFormSet) -> MeasureForm:
    """The measure's form after one more event."""
    version = restate(event, FormVersion)
    if state is None:
        return restate(event, MeasureForm, versions=(version,))
    versions = tuple(sorted((*state.versions, version), key=lambda each: each.since))
    return replace(restate(event, MeasureForm, versions=()), versions=versions)
