"""Workers that are killed, frozen and too late: nothing lost, doubled or out of order."""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from consumers.inbound.intake import Inbound, OutOfStepError
from consumers.inbound.messages import Received
from ledger.application import Ledger
from ledger.settings import Settings
from tests.inbound.conftest import TOPIC, Desk, batch, message, numbers, petition
from tests.support.databases import url

MESSAGES, BATCH, WORKERS, KILLS = 1500, 15, 3, 12
_PROCESSES = multiprocessing.get_context("forkserver")


def sent() -> list[Received]:
    """What the topic holds: every hundredth message is poison."""
    wrong = {"organ": 5}
    return [
        message(at, petition(f"XF-{at:05}", **({} if at % 100 else wrong)))
        for at in range(MESSAGES)
    ]


def work(database: str) -> None:
    """Take in whatever comes next until there is nothing more, as a worker does."""
    inbound = Inbound(Ledger.open(Settings(database_url=url(Path(database)))))
    topic = sent()
    while True:
        place = inbound.place(TOPIC, 0)
        assert place is not None
        part = topic[place.next_offset : place.next_offset + BATCH]
        if not part:
            return
        try:
            inbound.take(batch(*part))
        except OutOfStepError:
            continue


def started(database: str) -> BaseProcess:
    process = _PROCESSES.Process(target=work, args=(database,))
    process.start()
    return process


@pytest.mark.slow
def test_workers_killed_and_frozen_leave_each_message_one_effect(desk: Desk) -> None:
    database = str(desk.file)
    chance = random.Random(1)
    workers = [started(database) for _ in range(WORKERS)]
    for turn in range(KILLS):
        time.sleep(chance.uniform(0.05, 0.25))
        at = chance.randrange(WORKERS)
        pid = workers[at].pid
        if pid is None or not workers[at].is_alive():
            continue
        if turn % 3 == 2:
            os.kill(pid, signal.SIGSTOP)
            time.sleep(0.1)
            os.kill(pid, signal.SIGCONT)
            continue
        os.kill(pid, signal.SIGKILL)
        workers[at].join()
        workers[at] = started(database)
    for each in workers:
        each.join()
        assert each.exitcode == 0
    topic = sent()
    assert desk.streams == numbers([each for each in topic if each.offset % 100])
    dead = [letter.offset for letter in desk.letters.waiting(limit=1000)]
    assert dead == [each.offset for each in topic if not each.offset % 100]
    assert desk.next_offset == MESSAGES
