"""廉政档案: concepts, stored names, acts, terms and lifecycles of items, opinions and access."""

from domain.archives import access, accessing, decisions, item, opinion, opinions, supplying
from domain.archives.access import ACCESS
from domain.archives.opinion import OPINION
from domain.concept import Act, Concept, nothing
from domain.streams import Kind
from domain.term import Mark, Term

CONCEPTS = (
    Concept(
        kind=Kind.ARCHIVE_ITEM,
        plural="archive_items",
        state=item.ArchiveItemFile,
        record=item.ArchiveItem,
        evolve=item.evolve,
        begins=(item.ArchiveItemEntered,),
        facts={
            "archive_item.entered.v1": item.ArchiveItemEntered,
            "archive_item.corrected.v1": item.ArchiveItemCorrected,
            "archive_item.supplied.v1": item.ArchiveItemSupplied,
            "archive_item.signed.v1": item.ArchiveItemSigned,
        },
        check=decisions.check_item,
        corrected=item.ArchiveItemCorrected,
    ),
    Concept(
        kind=Kind.INTEGRITY_OPINION,
        plural="integrity_opinions",
        state=opinion.IntegrityOpinion,
        evolve=opinion.evolve,
        begins=(opinion.IntegrityOpinionRequested,),
        facts={
            "integrity_opinion.requested.v1": opinion.IntegrityOpinionRequested,
            "integrity_opinion.given.v1": opinion.IntegrityOpinionGiven,
        },
    ),
    Concept(
        kind=Kind.ARCHIVE_ACCESS,
        plural="archive_accesses",
        state=access.ArchiveAccess,
        evolve=access.evolve,
        begins=(access.ArchiveAccessRequested,),
        facts={
            "archive_access.requested.v1": access.ArchiveAccessRequested,
            "archive_access.approved.v1": access.ArchiveAccessApproved,
            "archive_access.refused.v1": access.ArchiveAccessRefused,
            "archive_access.looked_into.v1": access.ArchiveLookedInto,
        },
    ),
)

_OPINION, _ACCESS = Kind.INTEGRITY_OPINION, Kind.ARCHIVE_ACCESS

ACTS = (
    Act(decisions.EnterArchiveItem, decisions.enter_archive_item, Kind.ARCHIVE_ITEM),
    Act(supplying.SupplyArchiveItem, supplying.supply_archive_item, Kind.ARCHIVE_ITEM),
    Act(supplying.SignStatement, supplying.sign_statement, Kind.ARCHIVE_ITEM),
    Act(opinions.RequestIntegrityOpinion, opinions.request_integrity_opinion, _OPINION),
    Act(opinions.GiveIntegrityOpinion, opinions.give_integrity_opinion, _OPINION),
    Act(accessing.RequestArchiveAccess, accessing.request_archive_access, _ACCESS),
    Act(accessing.ApproveArchiveAccess, accessing.approve_archive_access, _ACCESS, nothing),
    Act(accessing.RefuseArchiveAccess, accessing.refuse_archive_access, _ACCESS, nothing),
    Act(accessing.LookIntoArchive, accessing.look_into_archive, _ACCESS),
)

TERMS = (
    Term(
        rule="archive.opinion",
        title="回复廉政意见",
        provision="征求意见函所定期限",
        opens=(
            Mark(fact=opinion.IntegrityOpinionRequested, on="requested_on", due="answer_due_on"),
        ),
        closes=(Mark(fact=opinion.IntegrityOpinionGiven, on="given_on"),),
    ),
)

LIFECYCLES = (OPINION, ACCESS)
