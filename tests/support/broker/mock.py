"""The mock cluster of librdkafka: a broker over TCP wherever the tests are installed.

It speaks produce, consume and groups. It has no transactions worth the name (a read_committed
reader sees what was aborted) and keeps 5 MB a partition: for these, and for kills, there is
Apache Kafka (``apache.py``).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Producer

#: What kafka-python is told of it: it cannot find out by asking.
API_VERSION = (2, 3)


@contextmanager
def mock_broker() -> Iterator[str]:
    """A mock cluster of one broker, until the end: its address, as ``bootstrap_servers``.

    Clients are given ``api_version=API_VERSION``; a topic is made by its first use, with 4
    partitions.
    """
    owner = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "unused"})
    try:
        metadata = owner.list_topics(timeout=10)
        (only,) = metadata.brokers.values()
        yield f"{only.host}:{only.port}"
    finally:
        owner.close()
