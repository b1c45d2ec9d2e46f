"""What kafka-python would wait for without a limit, done within a time; producers let go of."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError


def within(seconds: float, call: Callable[[], Any]) -> None:
    """Have a call done that may block for ever; KafkaTimeoutError where it is not in time.

    Its thread is left behind then, and the client it waits for is to be let go of.
    """
    failed: list[BaseException] = []

    def work() -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 -- raised in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=work, name="within", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise KafkaTimeoutError(f"no answer within {seconds} s")
    if failed:
        raise failed[0]


def let_go(producer: KafkaProducer, seconds: float) -> None:
    """Close a producer, whatever state it is in; what was not committed is dropped.

    ``seconds`` is how long what was sent is waited for. Where the brokers do not take it, the
    producer's own close raises and leaves its thread running: it asks again and again, without a
    pause, whether they do.
    """
    with suppress(KafkaError):
        producer.close(timeout=seconds)
        return
    producer._sender.force_close()  # noqa: SLF001 -- it has no public face
