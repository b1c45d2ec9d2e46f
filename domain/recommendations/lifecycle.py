"""纪检监察建议: the stages of a letter, and the acts that lead from one to the next.

The acts of the register (回复, 整改评估, 办结) may come in any order and are not in the table: the
stage is read off whatever they tell.
"""

from domain.lifecycle import Lifecycle, Move
from domain.recommendations.recommendation import RecommendationFile
from domain.recommendations.rules import COMPLETE
from domain.streams import Kind


def pending(letter: RecommendationFile) -> int:
    """How many suggestions are still to be evaluated."""
    return (letter.listed or 0) - (letter.lifted or 0) - (letter.evaluated or 0)


def stage(letter: RecommendationFile) -> str:
    """Where the letter stands: the last thing that holds of it."""
    evaluated = letter.evaluation is not None and not pending(letter)
    holds = {
        "revoked": letter.revoked_on is not None,
        "closed": letter.closed_on is not None,
        "objected": (letter.objections or 0) > (letter.objections_decided or 0),
        "returned": (letter.returns or 0) > (letter.returns_answered or 0),
        "rectified": evaluated and letter.evaluation == COMPLETE,
        "incomplete": evaluated,
        "replied": letter.replied_on is not None,
        "delivered": letter.delivered_on is not None,
    }
    return next((stage for stage, reached in holds.items() if reached), "issued")


_OPEN = ("issued", "delivered", "replied", "returned")

LETTER = Lifecycle(
    kind=Kind.RECOMMENDATION,
    title="建议书",
    stages={
        "issued": "已发出",
        "delivered": "已送达",
        "objected": "异议审查中",
        "replied": "已回复待评估",
        "returned": "退回继续整改",
        "incomplete": "整改未到位",
        "rectified": "整改到位待销号",
        "closed": "已办结",
        "revoked": "已撤销",
    },
    stage=stage,
    opened_by=("issue_recommendation", "issue_recommendation_draft"),
    moves=(
        Move("list_suggestion", ("issued", "delivered", "replied")),
        Move("deliver_recommendation", ("issued",), ("delivered",)),
        Move("object_to_recommendation", ("delivered",), ("objected",)),
        Move("decide_objection", ("objected",), ("delivered", "revoked")),
        Move("extend_reply", ("issued", "delivered")),
        Move("extend_suggestion", _OPEN),
        Move("file_reply", _OPEN, ("replied",)),
        Move("check_site", ("delivered", "replied", "returned", "incomplete", "rectified")),
        Move("evaluate_suggestion", ("replied",), ("replied", "incomplete", "rectified")),
        Move("return_suggestion", ("incomplete", "returned"), ("returned",)),
        Move("revisit_recommendation", ("rectified", "closed")),
        Move("strike_off_recommendation", ("rectified",), ("closed",)),
        Move("escalate_recommendation", (*_OPEN, "incomplete", "rectified", "closed")),
    ),
)
