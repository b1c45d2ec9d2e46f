"""The witness over HTTP on this machine, as tlog-witness has it, and a quorum of two."""

from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from ledger.audit.add_checkpoint import LONGEST, read_cosignatures
from ledger.audit.asking import http_ask
from ledger.audit.cosigning import Cosigning, NotAnsweredError
from ledger.audit.notes import read_note
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.policy import Policy
from tests.audit.asked import Desk, desk_for, policy_of, request, served
from tests.audit.logs import Log, add_units

SECONDS = 5.0


def post(prefix: str, body: bytes, path: str = "/add-checkpoint") -> tuple[int, str, bytes]:
    """Status, type and body of the answer."""
    connection = HTTPConnection(urlsplit(prefix).netloc, timeout=SECONDS)
    try:
        connection.request("POST", path, body)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type", ""), answer.read()
    finally:
        connection.close()


@pytest.fixture
def desk(log: Log) -> Desk:
    return desk_for(log)


@pytest.fixture
def prefix(desk: Desk) -> Iterator[str]:
    with served(desk.witness) as address:
        yield address


def test_every_answer_has_the_status_of_the_specification(
    log: Log, desk: Desk, prefix: str
) -> None:
    add_units(log.ledger, 5)
    note = log.publish()
    status, kind, body = post(prefix, request(log, note, 0))
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    whole = read_note(note.data).with_signatures(read_cosignatures(body))
    assert desk.verifier in whole.signed_by([desk.verifier])
    assert post(prefix, request(log, note, 0)) == (409, "text/x.tlog.size", b"5\n")
    assert post(prefix, b"nonsense")[0] == 400
    assert post(prefix, b"x" * (LONGEST + 1))[0] == 400
    assert post(prefix, request(log, note, 5).replace(b"old 5", b"old 6"))[0] == 400
    altered = note._replace(data=note.data.replace(b"\n5\n", b"\n6\n"))
    assert post(prefix, request(log, altered, 5))[0] == 403
    other = note._replace(data=note.data.replace(b"example.test/log\n5", b"other.test/log\n5"))
    assert post(prefix, request(log, other, 5))[0] == 404
    add_units(log.ledger, 5)
    longer = log.publish()
    assert post(prefix, request(log, longer, 5, proof=(bytes(32),)))[0] == 422
    assert post(prefix, request(log, longer, 5))[0] == 200
    assert post(prefix, b"", "/")[0] == 404


def cosigning(log: Log, policy: Policy) -> Cosigning:
    return Cosigning(log.store, log.trust(policy), log.clock.now.timestamp(), 300)


def test_two_witnesses_make_a_quorum_of_two(log: Log) -> None:
    desks = [desk_for(log, f"witness.test/w{number}") for number in (1, 2)]
    add_units(log.ledger, 300)
    with ExitStack() as stack:
        addresses = [stack.enter_context(served(desk.witness)) for desk in desks]
        policy = policy_of(log, dict(zip(desks, addresses, strict=True)), 2)
        trust = log.trust(policy)
        for count in (0, 7, 0, 600):
            add_units(log.ledger, count)
            log.clock.move(minutes=10)
            note = log.publish()
            assert not trust.is_met(trust.read(note.data))
            kept, asked = cosigning(log, policy).ask_all(note, http_ask(SECONDS))
            assert [each.failure for each in asked] == [None, None]
            assert trust.is_met(trust.read(kept.data))
            assert log.store.notes()[-1] == kept
    assert log.codes(policy) == set()
    assert [len(read_note(each).signatures) for each in log.notes()] == [4] * 4


def test_one_witness_that_does_not_answer_leaves_the_quorum_unmet_and_the_note_published(
    log: Log,
) -> None:
    desks = [desk_for(log, f"witness.test/w{number}") for number in (1, 2)]
    add_units(log.ledger, 3)
    with served(desks[0].witness) as address:
        policy = policy_of(log, {desks[0]: address, desks[1]: "http://127.0.0.1:1"}, 2)
        kept, asked = cosigning(log, policy).ask_all(log.publish(), http_ask(SECONDS))
    assert [each.failure is None for each in asked] == [True, False]
    trust = log.trust(policy)
    assert not trust.is_met(trust.read(kept.data))
    assert log.store.notes() == [kept]
    assert log.codes(policy) == {"quorum_short"}
    one_is_enough = policy_of(log, {desks[0]: "", desks[1]: ""}, 1)
    assert log.codes(one_is_enough) == set()


def answering(status: int, body: bytes, *headers: tuple[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for header in headers:
                self.send_header(*header)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def published(log: Log) -> PublishedNote:
    add_units(log.ledger, 3)
    return log.publish()


@pytest.mark.parametrize(
    "handler",
    [
        answering(500, b""),
        answering(200, b""),
        answering(200, b"nonsense\n"),
        answering(200, "— someone.else AAAAAAAAAAA=\n".encode()),
        answering(200, b"x" * (LONGEST + 1)),
        answering(302, b"", ("Location", "http://127.0.0.1:1/")),
        answering(409, b"0\n"),
        answering(409, b"seven\n"),
        answering(409, b"7\n"),
        answering(409, b"\xff\n"),
        answering(409, b"2\n"),
    ],
)
def test_an_answer_that_is_no_cosignature_is_not_kept(
    log: Log, desk: Desk, published: PublishedNote, handler: type[BaseHTTPRequestHandler]
) -> None:
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        policy = policy_of(log, {desk: f"http://127.0.0.1:{server.server_port}"}, 1)
        kept, (asked,) = cosigning(log, policy).ask_all(published, http_ask(SECONDS))
        server.shutdown()
        thread.join()
    assert asked.failure
    assert log.store.notes() == [kept] == [published]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1", "gopher:", ""])
def test_a_witness_is_asked_over_http_alone(address: str) -> None:
    with pytest.raises(NotAnsweredError, match="不是 http"):
        http_ask(SECONDS)(address, b"")


def test_an_address_without_a_host_is_not_asked() -> None:
    with pytest.raises(NotAnsweredError):
        http_ask(SECONDS)("http://", b"")


def test_a_witness_that_sends_elsewhere_is_not_followed() -> None:
    elsewhere = ("Location", "/elsewhere")
    with HTTPServer(("127.0.0.1", 0), answering(302, b"", elsewhere)) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        status, _ = http_ask(SECONDS)(f"http://127.0.0.1:{server.server_port}", b"x")
        thread.join()
    assert status == 302
