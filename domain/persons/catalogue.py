"""监督对象: concepts, stored names, acts, terms and lifecycle."""

from typing import Any

from domain.archives.item import ArchiveItemEntered
from domain.concept import Act, Concept, annotated, nothing
from domain.persons import decisions, keeping, person
from domain.persons.lifecycle import ARCHIVE
from domain.streams import Kind, stream_name
from domain.term import Data, Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.PERSON,
        plural="persons",
        state=person.PersonFile,
        record=person.Person,
        evolve=person.evolve,
        begins=(person.PersonRegistered,),
        facts={
            "person.registered.v1": person.PersonRegistered,
            "person.corrected.v1": person.PersonCorrected,
            "person.keeper_named.v1": person.KeeperNamed,
            "person.recusal_declared.v1": person.RecusalDeclared,
            "person.archive_reviewed.v1": person.ArchiveReviewed,
            "person.post_changed.v1": person.PostChanged,
            "person.archive_closed.v1": person.ArchiveClosed,
        },
        check=decisions.check_person,
        corrected=person.PersonCorrected,
    ),
)


def _archive(command: type, decide: Any, related: Any = nothing) -> Act:
    return Act(command, decide, Kind.PERSON, related, key="person")


ACTS = (
    Act(decisions.RegisterPerson, decisions.register_person, Kind.PERSON),
    _archive(keeping.NameArchiveKeeper, keeping.name_archive_keeper),
    _archive(keeping.DeclareRecusal, keeping.declare_recusal),
    _archive(keeping.ReviewArchive, keeping.review_archive, annotated),
    _archive(keeping.ChangePost, keeping.change_post, annotated),
    _archive(keeping.CloseArchive, keeping.close_archive),
)


def _is_managed(data: Data) -> bool:
    return bool(data["district_managed"])


def _is_review(data: Data) -> bool:
    return bool(data["category"] == "半年更新")


def _of_person(data: Data) -> str:
    return stream_name(Kind.PERSON, data["person"])


TERMS = (
    Term(
        rule="archive.half_year_review",
        opens=(
            Mark(fact=person.PersonRegistered, on="archive_opened_on", when=_is_managed),
            Mark(fact=ArchiveItemEntered, on="occurred_on", stream=_of_person, when=_is_review),
        ),
        voids=(Mark(fact=person.ArchiveClosed, on="archive_closed_on"),),
    ),
)

LIFECYCLES = (ARCHIVE,)
