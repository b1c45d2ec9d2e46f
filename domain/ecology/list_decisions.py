"""监督清单: issuing each version of a unit's lists, and withdrawing one."""

from datetime import date
from typing import Annotated

from domain.concept import Decided
from domain.ecology.supervision_list import (
    ListItem,
    OfUnitAndList,
    SupervisionList,
    SupervisionListIssued,
    SupervisionListWithdrawn,
    number_of,
)
from domain.fields import Ref, fact, restate
from domain.organs.organ import Organ
from domain.refusals import Refusal, refuse_if
from domain.rules import require_codes, require_known, require_order
from domain.streams import Kind
from domain.units.unit import Unit

#: The list whose items must each have a level of risk.
RISKS = "风险清单"


@fact
class IssueSupervisionList(OfUnitAndList):
    """公布监督清单."""

    issued_on: date
    basis: str
    items: tuple[ListItem, ...]


@fact
class WithdrawSupervisionList:
    """废止监督清单."""

    number: Annotated[str, Ref(Kind.SUPERVISION_LIST)]
    withdrawn_on: date
    basis: str


def issue_supervision_list(
    list_: SupervisionList | None,
    act: IssueSupervisionList,
    *,
    unit: Unit | None,
    organ: Organ | None,
) -> SupervisionListIssued:
    """Issue a version of one of a unit's lists (公布清单).

    1. A unit has each list once: the number is unit/list (台账规则).
    2. The unit and the organ are registered (台账规则).
    3. The list and the codes of its items are in force on the day (可配置：监督档案清单).
    4. It has at least one item, and each item number once (台账规则).
    5. Each item of the list of risks has a level (可配置：廉政风险等级).
    6. A later version is not of before the last, and changes something (台账规则).
    """
    expected = number_of(act.unit, act.list)
    reason = f"编号应为“单位/清单”：{expected}"
    refuse_if(act.number != expected, "impossible_number", reason, field="number")
    require_known(act, {"unit": unit, "organ": organ})
    require_codes(act, act.issued_on)
    for item in act.items:
        require_codes(item, act.issued_on)
    refuse_if(not act.items, "required", "清单应有事项", field="items")
    numbers = [item.item for item in act.items]
    twice = len(set(numbers)) < len(numbers)
    refuse_if(twice, "already_registered", "清单事项序号重复", field="items")
    unrated = act.list == RISKS and any(item.level is None for item in act.items)
    refuse_if(unrated, "required", "风险清单事项应有等级", field="items")
    if list_ is not None:
        last = list_.withdrawn_on or list_.issued_on
        require_order(last, act.issued_on, "公布日期早于上一版", field="issued_on")
        same = list_.withdrawn_on is None and list_.items == act.items
        refuse_if(same, "nothing_changed", "清单内容没有变化", field="items")
    version = 1 if list_ is None else list_.version_number + 1
    return restate(act, SupervisionListIssued, version_number=version, withdrawn_on=None)


def withdraw_supervision_list(
    list_: SupervisionList | None, act: WithdrawSupervisionList
) -> SupervisionListWithdrawn:
    """Withdraw a list (废止清单).

    1. The list is issued and not withdrawn (台账规则).
    2. It is not withdrawn before its last version (台账规则).
    """
    if list_ is None:
        raise Refusal("missing_reference", f"监督清单 {act.number} 不存在", field="number")
    refuse_if(list_.withdrawn_on, "already_registered", "该清单已废止", field="withdrawn_on")
    require_order(list_.issued_on, act.withdrawn_on, "废止日期早于公布日期", field="withdrawn_on")
    more = {"unit": list_.unit, "organ": list_.organ, "list": list_.list}
    return restate(act, SupervisionListWithdrawn, **more)


DECIDED: Decided = (
    (IssueSupervisionList, issue_supervision_list),
    (WithdrawSupervisionList, withdraw_supervision_list),
)
