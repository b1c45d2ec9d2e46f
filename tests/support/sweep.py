"""Every route that is read, asked about every record there is: which answers are marked."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from api.app import PREFIX as API
from domain.streams import Kind, split_stream_name
from projections.tables import NAMES
from tests.api.matrix import may, needs
from tests.support.owners import Owners
from tests.support.served import Caller, Served

PERIOD = {"from": "2019-01-01", "to": "2026-12-31"}
ASKED = {
    "/statistics": PERIOD,
    "/facts": PERIOD,
    "/compare": PERIOD | {"left": "2021-03-01"},
    "/accesses": {"limit": "1000"},
}
CODES = ("leads.persons", "sanctions.persons", "forms.first", "archives.managed", "cases.filed")
#: Routes that are read; the stream of events has no end, and tells what its pages tell.
READ = [
    route
    for route, said in needs().items()
    if route.startswith("GET") and said and not route.endswith("/stream")
]


def addresses(route: str, streams: Sequence[str]) -> Iterator[str]:
    """Every address of a route that leads to one of the streams, or the one that it has."""
    path = route.partition(" ")[2]
    if "{number}" in path:
        of = {f"{API}/{NAMES[kind].replace('_', '-')}/": kind for kind in Kind}
        kind = of[path.partition("{")[0]]
        for each, number in map(split_stream_name, streams):
            if each is kind:
                yield path.replace("{number}", quote(number, safe=""))
    elif "{code}" in path:
        yield from (path.replace("{code}", code) for code in CODES)
    else:
        yield path.replace("{tile:path}", "000")


def telling(
    office: Served, role: str, caller: Caller, marks: Sequence[str], streams: Sequence[str] = ()
) -> set[str]:
    """The routes that tell a caller something that is marked, asked about some streams or all."""
    found = set[str]()
    head = office.desk.ledger.head()
    asked = ASKED | {"/events": {"limit": "1000", "after": str(max(0, head - 500))}}
    known = streams or list(Owners(office.desk).records)
    for route in (route for route in READ if may(role, route)):
        for path in addresses(route, known):
            query = next((said for end, said in asked.items() if path.endswith(end)), None)
            answer = office.client.get(path, params=query, headers=caller.headers)
            assert answer.status_code in {200, 403, 404}, (path, answer.text)
            if any(mark.encode() in answer.content for mark in marks):
                found.add(route)
    return found
