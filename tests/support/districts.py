"""A district beside those of an example: a record of every kind that belongs to an organ."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import orjson

from api.act_bodies import DAY, example_of
from api.policy import offered
from domain.corrections.decisions import CorrectRecord
from domain.fields import field_index
from domain.streams import Kind
from ledger.commands import read_command
from tests.domain import samples
from tests.domain.samples import CASE, CHECK, LEAD, ORGAN, UNIT
from tests.support.offices import Desk

#: What every number of the district begins with, and every text in it ends with; in no example.
PREFIX, MARK = "Q9-", "〔外区〕"
DISTRICT, STATION, REGION = f"{PREFIX}{ORGAN}", f"{PREFIX}PZ1", "990001"
REGISTERED = date(2021, 8, 1)
_DAY = "2021-07-01"

#: Numbers as the document's examples and the samples of the domain write them.
_NUMBERS = {
    "JW01": ORGAN,
    "DW01": UNIT,
    "RY001": samples.PERSON,
    "XF2026-001": samples.PETITION,
    "XS2026-001": LEAD,
    "AJ2026-001": CASE,
    "CZ2026-001": samples.DISPOSITION,
    "CF2026-001": samples.SANCTION,
    "JY2026-001": samples.LETTER,
    "XC01": samples.ROUND,
    "WT01-001": samples.PROBLEM,
    "GZJY01-001": samples.SUGGESTION,
    "JD2026-001": CHECK,
    "SX2026-001": samples.MATTER,
    "DA2026-001": samples.ITEM,
    "GZ2026-001": samples.CORRECTION,
    "PZ1": "PZ1",
}
_ITEM = {
    "item": "廉政风险",
    "content": "事项",
    "post": None,
    "watch": "重点岗位",
    "link": None,
    "level": "高",
    "measure": None,
}
#: What the samples of the domain do not have, told as the document's example with these changes.
_TOLD: dict[str, dict[str, Any]] = {
    "request_integrity_opinion": {},
    "request_archive_access": {},
    "assign_lead": {"assigned_on": _DAY},
    "hand_up_report": {},
    "request_case_filing": {},
    "impose_organisational_measure": {},
    "approve_inspection_plan": {},
    "transfer_inspection_matter": {},
    "accept_complaint": {},
    "launch_campaign": {},
    "record_check_problem": {"campaign": None},
    "record_other_disposition": {"applied_by": "党委（党组）"},
    "draft_recommendation": {"related": "AJ2026-001"},
    "authorise_inspection_team": {"authorised_on": _DAY},
    "begin_unit_inspection": {"number": "XC01/DW01"},
    "set_local_limit": {"rule": "lead.transfer_acceptance", "unit": "工作日"},
    "accept_appeal": {"earlier": None},
    "approve_measure": {"kind": "谈话", "approver": "相关负责人"},
    "agree_joint_work": {"lead": None, "check": None, "helpers": ["PZ1"]},
    "open_ecology_assessment": {"number": "DW01/2021", "year": 2021},
    "issue_supervision_list": {"number": "DW01/职责清单", "items": [_ITEM]},
    "grant_role": {"number": "office-7:handler", "role": "承办"},
    "correct_record": {"item": None, "was": "违反工作纪律", "now": "违反廉洁纪律"},
}
#: Kinds that belong to everyone.
EVERYONES = frozenset({Kind.CALENDAR, Kind.MEASURE_FORM, Kind.LOG_KEY})


def populate(desk: Desk) -> None:
    """Put the district on a ledger; AssertionError where a kind of record is missing."""
    desk.carry_out(*((REGISTERED, command) for command in (*_samples(), *_told())))
    held = {Kind(name.partition(":")[0]) for name in _streams(desk)}
    assert held >= frozenset(Kind) - EVERYONES, frozenset(Kind) - EVERYONES - held


def _streams(desk: Desk) -> set[str]:
    return {event["stream"] for page in desk.ledger.follow() for _, event in page}


def _samples() -> list[Any]:
    plain = (
        samples.an_organ(type="纪委监委"),
        samples.a_unit(),
        samples.a_person(),
        samples.an_organ(code="PZ1", name="派驻组", type="派驻纪检监察组", parent=ORGAN),
        samples.an_archive_item(),
        samples.a_petition(),
        samples.a_lead(category="违反工作纪律"),
        samples.a_lead(number="XS2021-002", organ="PZ1"),
        samples.a_handling(),
        samples.a_case(),
        samples.a_disposition(),
        samples.a_sanction(),
        samples.a_letter(),
        samples.a_round(),
        samples.a_problem(),
        samples.a_work_suggestion(),
        samples.a_check(),
        samples.a_matter(),
        samples.a_statement(published_on=date(2021, 7, 1)),
    )
    return [_marked(_elsewhere(command)) for command in plain]


def _elsewhere(command: Any) -> Any:
    said = {each.name: getattr(command, each.name) for each in fields(command)}
    return replace(command, **{name: _renamed(value) for name, value in said.items()})


def _renamed(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_renamed, value))
    if not isinstance(value, str):
        return value
    for number in ("XS2021-002", *_NUMBERS.values()):
        value = value.replace(number, f"{PREFIX}{number}")
    return value.replace("350503", REGION)


def _told() -> list[Any]:
    acts = {each.act.name: each.act for each in offered()}
    return [_marked(_read(acts[name], changes)) for name, changes in _TOLD.items()]


def _read(act: Any, changes: dict[str, Any]) -> Any:
    return read_command(act, orjson.dumps(retold(example_of(act) | changes)))


def retold(values: dict[str, Any]) -> dict[str, Any]:
    """What the document's examples say, said of the district's records."""
    text = orjson.dumps(values).decode().replace(DAY, _DAY)
    for shown, number in _NUMBERS.items():
        text = text.replace(shown, f"{PREFIX}{number}")
    for kind in Kind:
        text = text.replace(f'"{kind}-001"', f'"{PREFIX}{kind}-001"')
    said: dict[str, Any] = orjson.loads(text.replace("office-7", f"{PREFIX}office-7"))
    return said


def _marked(command: Any) -> Any:
    """The command with the mark at the end of all that it says of persons in free words.

    A correction names the value that stands, and so is left as it is.
    """
    return command if isinstance(command, CorrectRecord) else _with_mark(command)


def _with_mark(record: Any) -> Any:
    index = field_index(type(record))
    said = {name: _said(getattr(record, name)) for name in index.personal}
    for name in index.records:
        held = getattr(record, name)
        said[name] = tuple(map(_with_mark, held)) if isinstance(held, tuple) else held
    return replace(record, **said)


def _said(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    return value + MARK if isinstance(value, str) else value
