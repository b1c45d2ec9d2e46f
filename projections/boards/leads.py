"""信访举报台账 and 问题线索台账: each with its stage and the open term that ends first.

The stages are told a second time here, over columns, so that a page of a large register is read
by its key and can be asked for by stage; a test holds them to those of the domain.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from domain.leads import lifecycle as lead_stages
from domain.petitions import lifecycle as petition_stages
from domain.streams import Kind, stream_name
from domain.terms import TERMS
from projections.boards.board import Board, Column, Row, Wanted, clause_of
from projections.deadlines import SAID, Asked, Deadline, deadlines

#: The columns of the open term that ends first.
TERM = {"term": "期限事项", "due_on": "期限", "standing": "期限状态"}
_STAGE = "stage"
#: The terms that each kind of matter can have.
RULES = {
    kind: tuple(term.rule for term in TERMS if term.rule.startswith(f"{kind}."))
    for kind in (Kind.PETITION, Kind.LEAD)
}


def _case(stages: Mapping[str, str], conditions: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The title of the first stage whose condition holds."""
    whens = " ".join(f"WHEN {condition} THEN '{stages[name]}'" for name, condition in conditions)
    return f"CASE {whens} ELSE '{stages[otherwise]}' END"


_CLOSINGS = ", ".join(f"'{each}'" for each in lead_stages.CLOSINGS)
_DONE = "(h.concluded_on IS NOT NULL OR h.outcome IS NOT NULL)"
_REPORTED = "l.reported_handling = h.decided_on"
_MOVED = (
    "l.transferred_on IS NOT NULL "
    "AND (l.transfer_accepted_on IS NULL OR l.transfer_accepted_on < l.transferred_on)"
)
_PROPOSED = (
    "l.proposal IS NOT NULL AND (l.returned_proposal IS NULL OR l.returned_proposal <> l.proposal)"
)
#: Stages that a lead has whatever its handlings.
_LEFT = (
    ("withdrawn", "l.withdrawn_on IS NOT NULL"),
    ("merged", "l.merged_into IS NOT NULL"),
    ("sent_out", "l.sent_out_on IS NOT NULL"),
    ("transferred", _MOVED),
)
_UNHANDLED_STAGE = _case(lead_stages.STAGES, (*_LEFT, ("proposed", _PROPOSED)), "received")
_HANDLED_STAGE = _case(
    lead_stages.STAGES,
    (
        *_LEFT,
        ("proposed", f"{_PROPOSED} AND h.decided_on < l.proposed_on"),
        ("received", "h.decided_on < l.reopened_on"),
        ("closed", f"{_DONE} AND (h.method = '予以了结' OR h.outcome IN ({_CLOSINGS}))"),
        ("concluded", _DONE),
        ("talk_reported", f"h.method = '谈话函询' AND {_REPORTED}"),
        ("talk_inquiry", "h.method = '谈话函询'"),
        ("verification_reported", f"h.method = '初步核实' AND {_REPORTED}"),
        ("verification", "h.method = '初步核实'"),
        ("held", "h.method = '暂存待查'"),
    ),
    "closed",
)
_PETITION_STAGE = _case(
    petition_stages.STAGES,
    (
        ("withdrawn", "withdrawn_on IS NOT NULL"),
        ("concluded", "concluded_on IS NOT NULL"),
        ("returned", "returned_on IS NOT NULL"),
        ("transferred", "transferred_on IS NOT NULL"),
        ("lead", "lead IS NOT NULL"),
        ("repeat", "repeat = 1 OR repeat_of IS NOT NULL"),
        ("accepted", "accepted_on IS NOT NULL"),
    ),
    "received",
)
#: The handling decided last. A value of it is looked up, and not joined, so that the page is read
#: by its key also where handlings stand for those of an earlier moment.
_LAST = """FROM (SELECT decided_on, method, concluded_on, outcome FROM handlings
    WHERE lead = l.number ORDER BY decided_on DESC LIMIT 1) h"""
_LEADS = f"""
SELECT l.*, (SELECT h.method {_LAST}) AS method,
    COALESCE((SELECT {_HANDLED_STAGE} {_LAST}), {_UNHANDLED_STAGE}) AS stage
FROM leads l
"""  # noqa: S608 -- own names
_PETITIONS = f"SELECT *, {_PETITION_STAGE} AS stage FROM petitions"  # noqa: S608 -- own names


def nearest(
    connection: Connection, wanted: Wanted, streams: Sequence[str], rules: Sequence[str]
) -> dict[str, Deadline]:
    """For each stream its open term that ends first, of those with a known end."""
    found: dict[str, Deadline] = {}
    for each in deadlines(connection, Asked(wanted.on, streams=streams, rules=rules)):
        held = found.get(each.stream)
        if each.due_on is not None and (
            held is None or held.due_on is None or each.due_on < held.due_on
        ):
            found[each.stream] = each
    return found


def _board(name: str, title: str, source: str, kind: Kind, columns: Mapping[str, str]) -> Board:
    """A register with stage and term: ``columns`` of the source, its first one the key."""
    names, key = tuple(columns), tuple(columns)[:1]

    def rows(connection: Connection, wanted: Wanted) -> Iterator[Row]:
        clause = clause_of(wanted, names, key, "organ")
        chosen = ", ".join(f'"{each}"' for each in names)
        statement = (
            f"SELECT {chosen} FROM ({source}) AS register WHERE {clause} "  # noqa: S608 -- own
            f'ORDER BY "{key[0]}" LIMIT ?'
        )
        page = connection.exec_driver_sql(statement, (*clause.values, wanted.limit)).all()
        streams = [stream_name(kind, row[0]) for row in page]
        terms = nearest(connection, wanted, streams, RULES[kind])
        for row, stream in zip(page, streams, strict=True):
            yield (*row, *_cells(terms.get(stream)))

    listed = {**columns, **TERM}
    told = tuple(Column(*each) for each in listed.items())
    return Board(name, title, told, key, rows, frozenset(TERM))


def _cells(term: Deadline | None) -> tuple[str | None, str | None, str | None]:
    if term is None or term.due_on is None:
        return (None, None, None)
    return (term.title, term.due_on.isoformat(), SAID[term.standing])


BOARDS = (
    _board(
        "petitions",
        "信访举报台账",
        _PETITIONS,
        Kind.PETITION,
        {
            "number": "信访编号",
            "organ": "机构",
            "received_on": "收到日期",
            "channel": "方式",
            "category": "类别",
            "signature": "署名",
            _STAGE: "阶段",
            "repeat_of": "首次件",
            "lead": "转为线索",
            "transferred_to": "移送机关",
            "registered_on": "登记日期",
        },
    ),
    _board(
        "leads",
        "问题线索台账",
        _LEADS,
        Kind.LEAD,
        {
            "number": "线索编号",
            "organ": "机构",
            "source": "来源",
            "received_on": "收到日期",
            "department": "承办部门",
            "handler": "承办人",
            "persons": "被反映人",
            "category": "问题类别",
            _STAGE: "阶段",
            "method": "处置方式",
            "merged_into": "并入线索",
            "registered_on": "登记日期",
        },
    ),
)
