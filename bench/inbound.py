"""Messages taken in once, in batches of 500: beside the same commands carried out without them."""

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import orjson

from bench.timing import timed
from consumers.cloudevents import CloudEvent, binary_message
from consumers.contracts.petitions import PETITIONS
from consumers.inbound.intake import Inbound
from consumers.inbound.messages import Batch, Received
from domain.organs.decisions import RegisterOrgan
from ledger.application import Ledger
from ledger.envelope import Circumstances
from ledger.settings import Settings

BATCH, ROUNDS = 500, 3
DAY = date(2020, 5, 1)


def opened(url: str) -> Ledger:
    ledger = Ledger.open(Settings(database_url=url))
    assert ledger.head() == 0, "what was carried out before costs nothing"
    organ = RegisterOrgan(code="JW-001", name="示例", type=None, parent=None, region=None)
    ledger.execute(organ, Circumstances("bench", "organ", "organ", DAY))
    return ledger


def message(offset: int) -> Received:
    said = {"number": f"XF-{offset:07}", "received_on": "2020-05-01", "organ": "JW-001"}
    event = CloudEvent(
        id=f"m-{offset}",
        source="/example/petitions",
        type="cn.gov.supervision.petitions.petition.received.v1",
        datacontenttype="application/json",
        data=orjson.dumps(said),
    )
    value, headers = binary_message(event)
    return Received(offset, said["number"], value, tuple(headers))


def taken_in(url: str, messages: list[Received]) -> float:
    ledger = opened(url)
    inbound = Inbound(ledger)
    inbound.begin(PETITIONS.topic, "topic", 0, 0)

    def work() -> None:
        for at in range(0, len(messages), BATCH):
            part = messages[at : at + BATCH]
            batch = Batch(PETITIONS.topic, "topic", 0, at, at + len(part), part)
            assert inbound.take(batch).recorded == len(part)

    seconds = timed(work)
    ledger.close()
    return seconds


def carried_out(url: str, messages: list[Received], *, together: bool = False) -> float:
    """The same commands, each once for its id, made beforehand.

    What they look at is asked for one by one, or ``together`` as it is for messages.
    """
    ledger = opened(url)
    commands = [
        (asked.command, Circumstances("bench", asked.command_id, asked.command_id, None))
        for asked in (each.instruction(PETITIONS.topic) for each in messages)
    ]

    def work() -> None:
        for at in range(0, len(commands), BATCH):
            part = commands[at : at + BATCH]
            with ledger.transaction() as transaction:
                if together:
                    transaction.expect((each, under.command_id) for each, under in part)
                for command, circumstances in part:
                    given = circumstances._replace(registered_on=transaction.today)
                    transaction.execute(command, given)

    seconds = timed(work)
    ledger.close()
    return seconds


def compared(new_ledger: Callable[[str], str], count: int) -> dict[str, float]:
    """Messages or commands a second, the middle of three rounds; each on a ledger of its own."""
    messages = [message(at) for at in range(count)]
    times: dict[str, list[float]] = {"ours": [], "raw": [], "together": []}
    for at in range(ROUNDS):
        times["raw"].append(carried_out(new_ledger(f"raw-{at}"), messages))
        together = carried_out(new_ledger(f"together-{at}"), messages, together=True)
        times["together"].append(together)
        times["ours"].append(taken_in(new_ledger(f"ours-{at}"), messages))
    return {name: count / sorted(each)[1] for name, each in times.items()}


def file_in(folder: Path, name: str) -> str:
    return f"sqlite:///{folder / name}.sqlite3"


def main(folder: Path, count: int) -> None:
    print(json.dumps(compared(partial(file_in, folder), count)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
