"""处分: deciding a sanction live, with the contents of its decision."""

from datetime import date
from typing import Annotated

from domain.cases.case_file import CaseFile, stage_of
from domain.fields import Code, PersonalText, Ref, fact, restate
from domain.limits.limits import months_later
from domain.organs.organ import Organ
from domain.persons.person import Person
from domain.refusals import Refusal, refuse_if
from domain.rules import require_known, require_new, require_order
from domain.sanctions.course import SanctionDecided
from domain.sanctions.decisions import check_sanction
from domain.sanctions.effect import on_probation
from domain.sanctions.rules import (
    ADMINISTRATIVE,
    DISMISSALS,
    EXPULSION,
    PARTY,
    PROBATION,
    REMOVAL,
    is_member,
    limits_of_standing,
    period_months,
    rule_of,
)
from domain.sanctions.sanction import SanctionFile, SanctionImposed, SanctionParticulars
from domain.streams import Kind, stream_name

#: Stages of a case in which no sanction is decided.
NOT_IN_REVIEW = ("investigation", "returned", "withdrawn")
#: The two terms of 留党察看, in months.
PROBATION_TERMS = (12, 24)
Decided = tuple[tuple[str, SanctionImposed], tuple[str, SanctionDecided]]


@fact
class DecideSanction(SanctionParticulars):
    """作出处分决定.

    ``effective_on`` is the day of effect where it is not the decision's; ``facts``, ``basis`` and
    ``remedy`` what the decision must state; ``posts_removed`` the posts taken away. ``merged`` is
    how many equal administrative sanctions were determined, ``period_months`` the period then set.
    ``violated_on`` is the last day of the violation, ``earlier`` are the person's sanctions that
    still have effect. ``removed_from_office_on`` is when one who was elected was first removed.
    """

    effective_on: date | None
    approver: str | None
    standing: Annotated[str | None, Code("sanction_standing")]
    heard_on: date | None
    facts: PersonalText | None
    basis: str | None
    remedy: str | None
    posts_removed: PersonalText | None
    probation_months: int | None
    merged: int | None
    period_months: int | None
    violated_on: date | None
    earlier: Annotated[tuple[str, ...], Ref(Kind.SANCTION)]
    employer_sanction: str | None
    elected: bool
    removed_from_office_on: date | None


def decide_sanction(
    sanction: SanctionFile | None,
    act: DecideSanction,
    *,
    case: CaseFile | None,
    person: Person | None,
    organ: Organ | None,
    earlier: tuple[SanctionFile | None, ...],
) -> Decided:
    """Decide a sanction, with what its decision must state.

    1. A number is used once (台账规则).
    2. ``check_sanction`` holds; the earlier sanctions named are the person's own (台账规则).
    3. The kind is stated (《公职人员政务处分法》第45条).
    4. The case is named, is this person's, and has been sent to review
       (《监督执纪工作规则》（2018）第55条；《公职人员政务处分法》第44条).
    5. Who approved it is stated (《公职人员政务处分法》第44条；《监察法》（2024修正）第52条).
    6. Facts with evidence, basis, and the remedy with its time limit are stated
       (《公职人员政务处分法》第45条；可配置：党纪处分决定比照).
    7. It does not take effect before it is decided (《公职人员政务处分法》第8条).
    8. Before an administrative one the person is told and heard (《公职人员政务处分法》第43条).
    9. A party sanction is given to a member (《中国共产党纪律处分条例》（2023）第6条).
    10. 撤销党内职务 names the posts (可配置：无党内职务的给予严重警告).
    11. 留党察看, and only it, is for one year or two (《中国共产党纪律处分条例》（2023）).
    12. An administrative one may be given to a person of this standing: managers of villages and
        communities 警告, 记过 or 记大过, the retired none (《公职人员政务处分法》第22、23、27条).
    13. Organ and employer do not both sanction one act (《公职人员政务处分法》第16条).
    14. A period is set only for several equal sanctions of 撤职 or lighter: between one period and
        their sum, at most 48 months (《公职人员政务处分法》第15条).
    15. One who was elected is removed before 撤职 or 开除 (《公职人员政务处分法》第50条).
    16. A violation during 留党察看 leads to 开除党籍 (《中国共产党纪律处分条例》（2023）).
    """
    require_new(sanction, act.number)
    check_sanction(act, case=case, person=person, organ=organ)
    _check_earlier(act, earlier)
    kind = act.kind
    if kind is None:
        raise Refusal("required", "须载明处分种类", field="kind")
    _check_procedure(act, case)
    if act.category == PARTY:
        _check_party(act, kind, person)
    else:
        _check_administrative(act, kind)
    _check_probation(act, kind, earlier)
    return _decided(act, kind)


def _check_earlier(act: DecideSanction, earlier: tuple[SanctionFile | None, ...]) -> None:
    require_known(act, {"earlier": earlier})
    another = any(each is not None and each.person != act.person for each in earlier)
    refuse_if(another, "another_person", "所列原处分不是该人的处分", field="earlier")


def _check_procedure(act: DecideSanction, case: CaseFile | None) -> None:
    if case is None:
        raise Refusal("required", "须写明案件", field="case")
    refuse_if(case.person != act.person, "another_person", "该案不是该人的案件", field="person")
    sent = case.sent_to_review_on
    early = sent is None or act.decided_on < sent or stage_of(case) in NOT_IN_REVIEW
    refuse_if(early, "not_in_review", "案件尚未移送审理，或者已退回、撤案", field="case")
    refuse_if(not act.approver, "required", "须写明批准人", field="approver")
    for field, title in (("facts", "事实和证据"), ("basis", "依据"), ("remedy", "救济途径和期限")):
        refuse_if(
            not getattr(act, field),
            "required",
            f"处分决定书须载明{title}",
            field=field,
            provision="《公职人员政务处分法》第45条",
        )
    reason = "生效日期早于决定日期"
    require_order(act.decided_on, act.effective_on, reason, field="effective_on")
    if act.category == ADMINISTRATIVE:
        told = act.heard_on is not None and act.heard_on <= act.decided_on
        provision = "《公职人员政务处分法》第43条"
        reason = "作出决定前须告知并听取陈述和申辩"
        refuse_if(not told, "not_heard", reason, field="heard_on", provision=provision)


def _check_party(act: DecideSanction, kind: str, person: Person | None) -> None:
    status = person.political_status if person is not None else None
    outside = not is_member(status, act.decided_on)
    refuse_if(outside, "not_a_member", "该人不是党员，不能给予党纪处分", field="category")
    if kind == REMOVAL:
        reason = "撤销党内职务须写明职务；无党内职务的，给予严重警告"
        refuse_if(not act.posts_removed, "no_post", reason, field="posts_removed")
    wrong = (act.probation_months in PROBATION_TERMS) != (kind == PROBATION)
    wrong = wrong or (act.probation_months is not None and kind != PROBATION)
    refuse_if(wrong, "impossible_number", "留党察看为一年或者二年", field="probation_months")
    refuse_if(act.period_months, "impossible_number", "影响期由条例规定", field="period_months")


def _check_administrative(act: DecideSanction, kind: str) -> None:
    reason = "只有留党察看设一年或者二年期限"
    refuse_if(act.probation_months, "impossible_number", reason, field="probation_months")
    rule = limits_of_standing(act.standing, act.decided_on)
    if rule is not None:
        reason = f"对{act.standing}不能给予{kind}"
        not_for = kind not in rule["kinds"]
        provision = rule["provision"]
        refuse_if(not_for, "not_for_standing", reason, field="kind", provision=provision)
    refuse_if(
        act.employer_sanction,
        "double_sanction",
        "任免机关、单位已就同一违法行为给予处分，不得重复给予",
        field="employer_sanction",
        provision="《公职人员政务处分法》第16条",
    )
    _check_merging(act, kind)
    first_removed = act.removed_from_office_on is not None and (
        act.removed_from_office_on <= act.decided_on
    )
    refuse_if(
        act.elected and kind in DISMISSALS and not first_removed,
        "not_removed_first",
        "经选举或者决定任命的，应当先依法罢免、撤销或者免去职务",
        field="removed_from_office_on",
        provision="《公职人员政务处分法》第50条",
    )


def _check_merging(act: DecideSanction, kind: str) -> None:
    if act.period_months is None and act.merged is None:
        return
    rule = rule_of("merging", act.decided_on)
    one = period_months(ADMINISTRATIVE, kind, act.decided_on)
    several = act.merged is not None and act.merged > 1 and kind in rule["kinds"]
    reason = "只有撤职以下多个相同处分可以另定处分期"
    provision = rule["provision"]
    refuse_if(not several, "impossible_number", reason, field="merged", provision=provision)
    most = min((one or 0) * (act.merged or 0), rule["most"])
    outside = act.period_months is None or not (one or 0) <= act.period_months <= most
    reason = f"处分期应在{one}个月以上、{most}个月以下"
    refuse_if(outside, "impossible_number", reason, field="period_months", provision=provision)


def _check_probation(
    act: DecideSanction, kind: str, earlier: tuple[SanctionFile | None, ...]
) -> None:
    if act.category != PARTY or kind == EXPULSION or act.violated_on is None:
        return
    for each in earlier:
        if each is not None and on_probation(each, act.violated_on):
            reason = "留党察看期间又有应受处分的违纪行为，应当开除党籍"
            raise Refusal("expulsion_required", reason, field="kind")


def _decided(act: DecideSanction, kind: str) -> Decided:
    effective = act.effective_on or act.decided_on
    until = months_later(effective, act.probation_months) if act.probation_months else None
    stream = stream_name(Kind.SANCTION, act.number)
    decided = SanctionDecided(
        number=act.number,
        organ=act.organ,
        person=act.person,
        category=act.category,
        kind=kind,
        decided_on=act.decided_on,
        effective_on=effective,
        approver=act.approver or "",
        standing=act.standing,
        heard_on=act.heard_on,
        facts=act.facts or "",
        basis=act.basis or "",
        remedy=act.remedy or "",
        posts_removed=act.posts_removed,
        probation_months=act.probation_months,
        probation_until=until,
        merged=act.merged,
        period_months=act.period_months,
        violated_on=act.violated_on,
        earlier=act.earlier,
        elected=act.elected,
        removed_from_office_on=act.removed_from_office_on,
    )
    return (stream, restate(act, SanctionImposed)), (stream, decided)
