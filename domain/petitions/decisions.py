"""信访举报: receiving a petition."""

from domain.fields import fact, restate
from domain.organs.organ import Organ
from domain.petitions.petition import Petition, PetitionParticulars, PetitionReceived
from domain.rules import require_codes, require_known, require_new


@fact
class ReceivePetition(PetitionParticulars):
    """接收信访举报."""


def check_petition(petition: PetitionParticulars, *, organ: Organ | None) -> None:
    """What holds of every petition, when received and when corrected.

    1. The receiving organ is registered.
    2. Channel, category and signature are terms in force on the day.
    """
    require_known(petition, {"organ": organ})
    require_codes(petition, petition.received_on)


def receive_petition(
    petition: Petition | None, act: ReceivePetition, *, organ: Organ | None
) -> PetitionReceived:
    """Receive a petition: a number is received once; a repeat has its own number.

    Source: 《纪检监察机关处理检举控告工作规则》(2020) 第14条.
    """
    require_new(petition, act.number)
    check_petition(act, organ=organ)
    return restate(act, PetitionReceived)
