"""What is counted while the server runs, as Prometheus reads it; never who, never which record."""

from collections.abc import Callable, Iterator
from functools import cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from api.standing import Consumers, Standing
from consumers.standing import seconds_since

#: Upper bounds of the latencies told apart, in seconds.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one service, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._commands = Counter(
            "ledger_commands",
            "Commands decided by the ledger, by act and outcome (recorded, refused).",
            ("act", "outcome"),
            registry=self.registry,
        )
        self._problems = Counter(
            "ledger_problems",
            "Problems answered, refusals of the law of the domain included, by code.",
            ("code",),
            registry=self.registry,
        )
        self._requests = Counter(
            "ledger_http_requests",
            "Requests answered, by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "ledger_http_request_seconds",
            "How long until an answer begins, by route and method.",
            ("route", "method"),
            buckets=BOUNDS,
            registry=self.registry,
        )
        # Finding the series of a route costs more than counting.
        self._of_route = cache(self._children)
        self.in_progress = Gauge(
            "ledger_http_requests_in_progress",
            "Requests that came in and are not finished.",
            registry=self.registry,
        )
        self._streams = Gauge(
            "ledger_feed_clients", "Clients that follow the event feed.", registry=self.registry
        )
        self._accesses = Counter(
            "ledger_accesses",
            "Accesses recorded, by action (view, export, denied).",
            ("action",),
            registry=self.registry,
        )

    def follow(self, standing: Callable[[], Standing]) -> None:
        """Have the positions told with what is counted."""
        self.registry.register(Positions(standing))

    def follow_consumers(self, consumers: Callable[[], Consumers]) -> None:
        """Have it told how consumers and publishers stand."""
        self.registry.register(ConsumersStand(consumers))

    def command(self, act: str, code: str) -> None:
        """A command was decided; ``code`` is that of its refusal, empty where it was recorded."""
        self._commands.labels(act, "refused" if code else "recorded").inc()

    def problem(self, code: str) -> None:
        """A problem was answered."""
        self._problems.labels(code).inc()

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request was answered: the route's template, a known method, seconds until it began."""
        count, spread = self._of_route(route, method, status)
        count.inc()
        spread.observe(seconds)

    def _children(self, route: str, method: str, status: int) -> tuple[Counter, Histogram]:
        count = self._requests.labels(route, method, str(status))
        return count, self._seconds.labels(route, method)

    def stream_opened(self) -> None:
        """A client begins to follow the feed."""
        self._streams.inc()

    def stream_closed(self) -> None:
        """A client follows no more."""
        self._streams.dec()

    def access(self, action: str) -> None:
        """An access was recorded."""
        self._accesses.labels(action).inc()

    def told(self, accept: str | None) -> tuple[bytes, str]:
        """Everything counted, in the format that a scraper accepts, and its media type."""
        encode, kind = choose_encoder(accept or "")
        return encode(self.registry), kind


class Positions(Collector):
    """Where ledger, read models and log stand at the moment of asking."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._standing = standing

    def collect(self) -> Iterator[Metric]:
        """The positions as gauges."""
        now = self._standing()
        position = GaugeMetricFamily(
            "ledger_projection_position",
            "Position that a read model has reached.",
            labels=("projection",),
        )
        lag = GaugeMetricFamily(
            "ledger_projection_lag",
            "Positions that a read model is behind the ledger.",
            labels=("projection",),
        )
        for each in now.read_models:
            position.add_metric([each.name], each.position)
            lag.add_metric([each.name], each.behind)
        yield from (position, lag)
        for name, said, value in (
            ("ledger_position", "Position of the last event.", now.position),
            ("ledger_log_size", "Leaves of the transparency log.", now.log_size),
            ("ledger_log_position", "Position of the log's last leaf.", now.log_position),
            ("ledger_log_lag", "Positions that the log is behind.", now.log_behind),
            ("ledger_follower_failing", "1 while following fails.", int(not now.is_ready)),
        ):
            yield GaugeMetricFamily(name, said, value)


class ConsumersStand(Collector):
    """How consumers and publishers stand at the moment of asking."""

    def __init__(self, consumers: Callable[[], Consumers]) -> None:
        self._consumers = consumers

    def collect(self) -> Iterator[Metric]:
        """Lags, the age of what is known of them, alarms, and letters that wait, as gauges."""
        now = self._consumers()
        position = GaugeMetricFamily(
            "ledger_consumer_position", "What a consumer takes in next.", labels=("consumer",)
        )
        lag = GaugeMetricFamily(
            "ledger_consumer_lag", "How much a consumer is behind.", labels=("consumer",)
        )
        age = GaugeMetricFamily(
            "ledger_consumer_lag_age_seconds",
            "How long ago a consumer last heard how much there is.",
            labels=("consumer",),
        )
        for each in now.lags:
            position.add_metric([each.name], each.position)
            if each.behind is not None and each.seen_at is not None:
                lag.add_metric([each.name], each.behind)
                age.add_metric([each.name], max(0.0, seconds_since(each.seen_at, now.at)))
        alarm = GaugeMetricFamily(
            "ledger_consumer_alarm", "1 while a consumer needs a person.", labels=("consumer",)
        )
        for state in now.states:
            alarm.add_metric([state.name], int(state.state == "alarm"))
        letters = GaugeMetricFamily(
            "ledger_dead_letters", "Messages put aside that wait, by state.", labels=("state",)
        )
        for name, number in now.letters.items():
            letters.add_metric([name], number)
        yield from (position, lag, age, alarm, letters)
