"""信访举报: receiving, marking a repeat, accepting, transferring, returning, splitting."""

from datetime import date
from typing import Annotated

from domain.concept import Related
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.organs.organ import Organ
from domain.petitions.handed_up import PROVISION
from domain.petitions.lifecycle import at_stage, is_repeat
from domain.petitions.petition import PetitionParticulars, PetitionReceived
from domain.petitions.petition_file import (
    PetitionAcceptanceNotified,
    PetitionAccepted,
    PetitionFile,
    PetitionMarkedRepeat,
    PetitionReturned,
    PetitionSplit,
    PetitionTransferAnswered,
    PetitionTransferred,
)
from domain.refusals import refuse_if
from domain.rules import (
    require_codes,
    require_known,
    require_new,
    require_order,
    require_registered,
)
from domain.streams import Kind, stream_name

#: What is handed straight up and never entered.
HANDED_UP = ("上级党委管理的干部", "本机关主要负责人")
ACCUSATION, NAMED = "检举控告", "实名"


@fact
class ReceivePetition(PetitionParticulars):
    """接收信访举报."""

    #: On whom it reports, asked so that it may be refused; it is never kept.
    reported_level: Annotated[str | None, Code("reported_level")] = None


@fact
class MarkPetitionRepeat:
    """认定重复件."""

    number: Annotated[str, Ref(Kind.PETITION)]
    marked_repeat_on: date
    repeat_of: Annotated[str, Ref(Kind.PETITION)]


@fact
class AcceptPetition:
    """受理检举控告."""

    number: Annotated[str, Ref(Kind.PETITION)]
    accepted_on: date
    department: str | None


@fact
class NotifyPetitionAcceptance:
    """告知受理情况."""

    number: Annotated[str, Ref(Kind.PETITION)]
    acceptance_notified_on: date


@fact
class TransferPetition:
    """移送信访举报."""

    number: Annotated[str, Ref(Kind.PETITION)]
    transferred_on: date
    transferred_to: str


@fact
class AnswerPetitionTransfer:
    """登记移送回执."""

    number: Annotated[str, Ref(Kind.PETITION)]
    transfer_answered_on: date
    transfer_answer: Annotated[str, Code("transfer_answer")]


@fact
class ReturnPetition:
    """退回信访举报."""

    number: Annotated[str, Ref(Kind.PETITION)]
    returned_on: date
    reason: PersonalText


@fact
class SplitPetition:
    """分流混合件."""

    number: Annotated[str, Ref(Kind.PETITION)]
    split_on: date
    split_to: str
    part: PersonalText


def of_repeat(act: MarkPetitionRepeat) -> Related:
    """A repeat names the first petition."""
    return {"repeat_of": stream_name(Kind.PETITION, act.repeat_of)}


def check_petition(petition: PetitionParticulars, *, organ: Organ | None) -> None:
    """What holds of every petition, when received and when corrected.

    1. The receiving organ is registered (台账规则).
    2. Channel, category and signature are terms in force on the day (可配置：信访举报代码表).
    """
    require_known(petition, {"organ": organ})
    require_codes(petition, petition.received_on)


def receive_petition(
    petition: PetitionFile | None, act: ReceivePetition, *, organ: Organ | None
) -> PetitionReceived:
    """Receive a petition (接收信访举报); a repeat has a number of its own.

    1. A report on a cadre whom a higher organ manages, or on this organ's own principal, is not
       entered but handed straight up (《纪检监察机关处理检举控告工作规则》（2020）第15条).
    2. A number is received once (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    3. What ``check_petition`` says holds of it (台账规则).
    """
    refuse_if(
        act.reported_level in HANDED_UP,
        "not_entered",
        "反映上级党委管理的干部或者本机关主要负责人的，不得录入，应径送上级机关",
        field="reported_level",
        provision=PROVISION,
    )
    require_new(petition, act.number)
    check_petition(act, organ=organ)
    return restate(act, PetitionReceived)


def after_receipt(petition: PetitionFile, on: date, field: str) -> None:
    """Refuse a day before the petition was received (code ``before_receipt``)."""
    reason = f"日期早于收到日期 {petition.received_on}"
    require_order(petition.received_on, on, reason, field=field, code="before_receipt")


def require_named(petition: PetitionFile, provision: str) -> None:
    """Refuse to answer who did not sign, or a repeat (code ``not_named``)."""
    answered = petition.signature == NAMED and not is_repeat(petition)
    reason = "匿名或者重复的检举控告不作告知反馈"
    refuse_if(not answered, "not_named", reason, field="number", provision=provision)


def mark_petition_repeat(
    petition: PetitionFile | None,
    act: MarkPetitionRepeat,
    *,
    repeat_of: PetitionFile | None,
) -> PetitionMarkedRepeat:
    """Mark a petition as a repeat (认定重复件): kept for reference, not handled afresh.

    1. It is not yet turned into a lead, transferred, returned or concluded
       (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    2. The petition that it repeats is registered, another one, and no repeat itself (台账规则).
    3. It was not received before the one that it repeats, nor is it marked before it was received
       (台账规则).
    """
    known = at_stage(petition, act.number, "mark_petition_repeat")
    require_registered(repeat_of, Kind.PETITION, act.repeat_of, "repeat_of")
    refuse_if(act.repeat_of == act.number, "nothing_changed", "不能是自身", field="repeat_of")
    assert repeat_of is not None  # noqa: S101 -- required above
    refuse_if(is_repeat(repeat_of), "not_applicable", "应指向首次件", field="repeat_of")
    first = repeat_of.received_on
    require_order(first, known.received_on, "收到日期早于首次件", field="repeat_of")
    after_receipt(known, act.marked_repeat_on, "marked_repeat_on")
    return restate(act, PetitionMarkedRepeat, organ=known.organ)


def accept_petition(petition: PetitionFile | None, act: AcceptPetition) -> PetitionAccepted:
    """Accept an accusation (受理检举控告).

    1. It waits for its acceptance: a repeat is not accepted
       (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    2. It is an accusation, as far as is known
       (《纪检监察机关处理检举控告工作规则》（2020）第14条).
    3. Not before it was received (台账规则).
    """
    known = at_stage(petition, act.number, "accept_petition")
    other = known.category not in {None, ACCUSATION}
    refuse_if(other, "not_applicable", "只有检举控告作受理登记", field="number")
    after_receipt(known, act.accepted_on, "accepted_on")
    return restate(act, PetitionAccepted, organ=known.organ)


def notify_petition_acceptance(
    petition: PetitionFile | None, act: NotifyPetitionAcceptance
) -> PetitionAcceptanceNotified:
    """Tell a named reporter that it is accepted (告知受理情况).

    1. It is accepted (《纪检监察机关处理检举控告工作规则》（2020）第26条).
    2. The reporter signed, and it is no repeat
       (《纪检监察机关处理检举控告工作规则》（2020）第26条).
    3. Once, and not before it was accepted (台账规则).
    """
    known = at_stage(petition, act.number, "notify_petition_acceptance")
    refuse_if(known.accepted_on is None, "not_accepted", "尚未受理", field="number")
    require_named(known, "《纪检监察机关处理检举控告工作规则》（2020）第26条")
    done = known.acceptance_notified_on is not None
    refuse_if(done, "already_registered", "已告知", field="acceptance_notified_on")
    reason = "告知早于受理"
    require_order(
        known.accepted_on, act.acceptance_notified_on, reason, field="acceptance_notified_on"
    )
    return restate(act, PetitionAcceptanceNotified, organ=known.organ)


def transfer_petition(petition: PetitionFile | None, act: TransferPetition) -> PetitionTransferred:
    """Transfer a petition to the organ that may handle it (移送有管辖权的机关).

    It was received here and stays counted here (件次); the other organ answers for it.

    1. It is not yet turned into a lead, kept as a repeat, returned or concluded
       (《监察法实施条例》（2021）第169、171条).
    2. Not before it was received; how late it is, the term shows (台账规则).
    """
    known = at_stage(petition, act.number, "transfer_petition")
    after_receipt(known, act.transferred_on, "transferred_on")
    return restate(act, PetitionTransferred, organ=known.organ)


def answer_petition_transfer(
    petition: PetitionFile | None, act: AnswerPetitionTransfer
) -> PetitionTransferAnswered:
    """Record the receiver's answer to a transfer (登记移送回执).

    1. It is transferred (《纪检监察机关处理检举控告工作规则》（2020）第16条).
    2. The answer is one there is: accepted, or routed on
       (《纪检监察机关处理检举控告工作规则》（2020）第16条).
    3. Once, and not before it was transferred (台账规则).
    """
    known = at_stage(petition, act.number, "answer_petition_transfer")
    require_codes(act, act.transfer_answered_on)
    done = known.transfer_answered_on is not None
    refuse_if(done, "already_registered", "回执已登记", field="transfer_answered_on")
    reason = "回执早于移送"
    require_order(
        known.transferred_on, act.transfer_answered_on, reason, field="transfer_answered_on"
    )
    return restate(act, PetitionTransferAnswered, organ=known.organ)


def return_petition(petition: PetitionFile | None, act: ReturnPetition) -> PetitionReturned:
    """Return what no supervision organ may handle (退回).

    1. It waits for its acceptance (《监察法实施条例》（2021）第171条).
    2. Not before it was received (台账规则).
    """
    known = at_stage(petition, act.number, "return_petition")
    after_receipt(known, act.returned_on, "returned_on")
    return restate(act, PetitionReturned, organ=known.organ)


def split_petition(petition: PetitionFile | None, act: SplitPetition) -> PetitionSplit:
    """Split a mixed report (分流混合件): the own part is handled, the rest transferred.

    1. It is not yet turned into a lead, transferred, returned or concluded
       (《监察法实施条例》（2021）第171条).
    2. Once, and not before it was received (台账规则).
    """
    known = at_stage(petition, act.number, "split_petition")
    refuse_if(known.split_on is not None, "already_registered", "已分流", field="split_on")
    after_receipt(known, act.split_on, "split_on")
    return restate(act, PetitionSplit, organ=known.organ)
