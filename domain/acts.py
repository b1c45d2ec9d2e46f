"""The catalogue of legal acts: each command, its decision, and the stream it is about."""

from collections.abc import Mapping

from domain.concept import Act, Related
from domain.concepts import collected
from domain.corrections.decisions import CorrectRecord, correct_record
from domain.streams import Kind, stream_name


def target_of(act: CorrectRecord) -> Related:
    """A correction names the record it corrects, if it names a kind there is."""
    known = act.kind in Kind.__members__.values()
    return {"target": stream_name(Kind(act.kind), act.target) if known else None}


_CORRECT = Act(CorrectRecord, correct_record, Kind.CORRECTION, target_of)

ACTS: Mapping[type, Act] = {act.command: act for act in (*collected("ACTS"), _CORRECT)}
BY_NAME: Mapping[str, Act] = {act.name: act for act in ACTS.values()}
