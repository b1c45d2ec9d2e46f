"""Commands of an ordinary office in the words of its registers; tests change what they are about.

``an_organ()``, ``a_case(filed_on=…)`` each return the command that puts such a thing on the ledger.
"""

from datetime import date
from typing import Any

from domain.archives.decisions import EnterArchiveItem
from domain.cases.decisions import FileCase
from domain.checks.decisions import ConductCheck
from domain.corrections.decisions import CorrectRecord
from domain.dispositions.decisions import MakeDisposition
from domain.inspections.decisions import FeedBackProblem, IssueWorkSuggestion, OpenRound
from domain.leads.decisions import ConcludeHandling, HandleLead, RegisterLead
from domain.log_keys.decisions import ChangeLogKey
from domain.organs.decisions import RegisterOrgan
from domain.persons.decisions import RegisterPerson
from domain.petitions.decisions import ReceivePetition
from domain.recommendations.decisions import IssueRecommendation
from domain.sanctions.decisions import ImposeSanction
from domain.statements.decisions import PublishStatement
from domain.streams import Kind
from domain.units.decisions import RegisterUnit
from domain.window.decisions import AcceptMatter

ORGAN, UNIT, PERSON = "JW01", "DW01", "RY001"
PETITION, LEAD, CASE = "XF2021-001", "XS2021-001", "AJ2021-001"
DISPOSITION, SANCTION, LETTER = "CZ2021-001", "CF2021-001", "JY2021-001"
ROUND, PROBLEM, SUGGESTION = "XC01", "WT01-001", "GZJY01-001"
CHECK, MATTER, ITEM, CORRECTION = "JD2021-001", "SX2021-001", "DA2021-001", "GZ2021-001"
LOG = "office.example/log"
STATEMENT = "2021-01-01/2021-12-31/JW01/当前@57"

RECEIVED = date(2021, 3, 1)
FILED = date(2021, 4, 1)
DECIDED = date(2021, 6, 1)
STARTED = date(2021, 2, 1)


def an_organ(**changes: Any) -> RegisterOrgan:
    said = {"code": ORGAN, "name": "区纪委监委", "type": None, "parent": None, "region": "350503"}
    return RegisterOrgan(**(said | changes))


def a_unit(**changes: Any) -> RegisterUnit:
    said = {"code": UNIT, "name": "区城管局", "type": "机关", "parent": None, "region": "350503"}
    return RegisterUnit(**(said | changes))


def a_person(**changes: Any) -> RegisterPerson:
    said = {
        "number": PERSON,
        "name": "王小明",
        "political_status": "中共党员",
        "unit": UNIT,
        "post": "科长",
        "rank": "乡科级",
        "district_managed": True,
        "archive_opened_on": date(2019, 1, 1),
    }
    return RegisterPerson(**(said | changes))


#: Organ, unit and person: what nearly every register refers to.
EVERYONE = (an_organ(), a_unit(), a_person())


def an_archive_item(**changes: Any) -> EnterArchiveItem:
    said = {
        "number": ITEM,
        "person": PERSON,
        "occurred_on": date(2021, 6, 30),
        "category": "半年更新",
        "content": "个人有关事项无变化",
        "source_department": "组织部",
    }
    return EnterArchiveItem(**(said | changes))


def a_petition(**changes: Any) -> ReceivePetition:
    said = {
        "number": PETITION,
        "received_on": date(2021, 2, 20),
        "organ": ORGAN,
        "channel": "来信",
        "category": "检举控告",
        "signature": "匿名",
        "repeat": False,
        "summary": "反映王小明违规发放补贴",
    }
    return ReceivePetition(**(said | changes))


def a_lead(**changes: Any) -> RegisterLead:
    said = {
        "number": LEAD,
        "source": "监督检查发现",
        "source_number": None,
        "received_on": RECEIVED,
        "organ": ORGAN,
        "department": "第一纪检监察室",
        "persons": (PERSON,),
        "category": "违反中央八项规定精神",
        "summary": "王小明违规发放补贴",
    }
    return RegisterLead(**(said | changes))


def a_handling(**changes: Any) -> HandleLead:
    said = {
        "lead": LEAD,
        "decided_on": date(2021, 3, 15),
        "method": "谈话函询",
        "approver": "书记",
    }
    return HandleLead(**(said | changes))


def a_conclusion(**changes: Any) -> ConcludeHandling:
    said = {
        "lead": LEAD,
        "decided_on": date(2021, 3, 15),
        "concluded_on": date(2021, 3, 30),
        "outcome": "转初步核实",
    }
    return ConcludeHandling(**(said | changes))


def a_case(**changes: Any) -> FileCase:
    said = {
        "number": CASE,
        "lead": LEAD,
        "person": PERSON,
        "organ": ORGAN,
        "filed_on": FILED,
        "rank": "乡科级",
    }
    return FileCase(**(said | changes))


#: Organ, unit, person, lead and the case filed on it.
FILED_CASE = (*EVERYONE, a_lead(), a_case())


def a_disposition(**changes: Any) -> MakeDisposition:
    said = {
        "number": DISPOSITION,
        "lead": LEAD,
        "case": CASE,
        "person": PERSON,
        "organ": ORGAN,
        "form": "第二种形态",
        "measure": "党内警告",
        "decided_on": DECIDED,
        "rank": "乡科级",
    }
    return MakeDisposition(**(said | changes))


def a_sanction(**changes: Any) -> ImposeSanction:
    said = {
        "number": SANCTION,
        "case": CASE,
        "person": PERSON,
        "organ": ORGAN,
        "category": "党纪处分",
        "kind": "警告",
        "decided_on": DECIDED,
        "rank": "乡科级",
    }
    return ImposeSanction(**(said | changes))


def a_letter(**changes: Any) -> IssueRecommendation:
    said = {
        "number": LETTER,
        "category": "监察建议",
        "organ": ORGAN,
        "recipient": UNIT,
        "related": CASE,
        "issued_on": DECIDED,
        "suggestions": 3,
        "reply_due_on": date(2021, 7, 1),
        "summary": "王小明案暴露的津补贴管理漏洞",
    }
    return IssueRecommendation(**(said | changes))


def a_round(**changes: Any) -> OpenRound:
    said = {
        "number": ROUND,
        "type": "常规",
        "name": "第十二轮巡察",
        "organ": ORGAN,
        "started_on": STARTED,
    }
    return OpenRound(**(said | changes))


def a_problem(**changes: Any) -> FeedBackProblem:
    said = {
        "number": PROBLEM,
        "round": ROUND,
        "unit": UNIT,
        "category": "财务管理",
        "summary": "王小明报销不规范",
        "fed_back_on": date(2021, 4, 20),
        "rectify_due_on": date(2021, 7, 20),
    }
    return FeedBackProblem(**(said | changes))


def a_work_suggestion(**changes: Any) -> IssueWorkSuggestion:
    said = {
        "number": SUGGESTION,
        "round": ROUND,
        "recipient": UNIT,
        "issued_on": date(2021, 4, 25),
        "content": "建议规范报销审批",
    }
    return IssueWorkSuggestion(**(said | changes))


def a_check(**changes: Any) -> ConductCheck:
    said = {
        "number": CHECK,
        "checked_on": date(2021, 5, 6),
        "organ": ORGAN,
        "unit": UNIT,
        "method": "重点抽查",
        "field": "窗口服务",
        "problems_found": 2,
    }
    return ConductCheck(**(said | changes))


def a_matter(**changes: Any) -> AcceptMatter:
    said = {
        "number": MATTER,
        "accepted_on": date(2021, 5, 10),
        "applicant": "群众",
        "unit": UNIT,
        "summary": "李大明办证受阻",
    }
    return AcceptMatter(**(said | changes))


def a_statement(**changes: Any) -> PublishStatement:
    said = {
        "number": STATEMENT,
        "period_from": date(2021, 1, 1),
        "period_to": date(2021, 12, 31),
        "organ": ORGAN,
        "as_of": None,
        "definition_sha256": "d" * 64,
        "manifest_sha256": "0123456789abcdef" * 4,
        "size": 57,
        "root": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "published_on": date(2022, 1, 10),
    }
    return PublishStatement(**(said | changes))


def a_key_change(**changes: Any) -> ChangeLogKey:
    """Signed by the keys whose private halves are 32 bytes 01, and 02."""
    said = {
        "number": f"{LOG}#1",
        "origin": LOG,
        "old_vkey": f"{LOG}+0daaa837+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
        "new_vkey": f"{LOG}+3e57b5d6+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU",
        "old_signature": "SAirzXaEveEuqtt2M/cCBl2Zph/tyMriImBvKB6LtH1mocPNX+jqaY1jdkoFfZwml98qjHlK"
        "PTTc/E47PvPiBQ==",
        "new_signature": "C2ua64VMqfzPecc7TQ1Tvn/YdZbmQ8g5nKBfsyYi+UlZ8cEdIHJkfvA037SafN7+KoT0xdgH"
        "ADmKKrs7hjW/Aw==",
        "changed_on": date(2022, 1, 10),
    }
    return ChangeLogKey(**(said | changes))


def a_correction(kind: Kind, target: str, field: str, **changes: Any) -> CorrectRecord:
    said = {
        "number": CORRECTION,
        "kind": kind.value,
        "target": target,
        "item": None,
        "field": field,
        "was": None,
        "now": None,
        "basis": "经复核原始材料",
    }
    return CorrectRecord(**(said | changes))


def correct_case(field: str, was: str | None, now: str | None, **changes: Any) -> Any:
    return a_correction(Kind.CASE, CASE, field, was=was, now=now, **changes)


def correct_lead(field: str, was: str | None, now: str | None, **changes: Any) -> Any:
    return a_correction(Kind.LEAD, LEAD, field, was=was, now=now, **changes)


def correct_handling(field: str, was: str | None, now: str | None, **changes: Any) -> Any:
    return correct_lead(field, was, now, **({"item": date(2021, 3, 15)} | changes))
