"""What is counted of requests, for Prometheus: by method, route and status, never by person."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@dataclass(frozen=True)
class Measures:
    """The counters of one application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    kept: dict[tuple[str, str, str], tuple[Counter, Histogram]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the counters."""
        names = ("method", "route")
        make = object.__setattr__
        registry = self.registry
        requests = Counter("credence_requests", "Requests", [*names, "status"], registry=registry)
        make(self, "requests", requests)
        seconds = Histogram(
            "credence_request_seconds",
            "Time until the reply was sent",
            names,
            buckets=SECONDS,
            registry=registry,
        )
        make(self, "seconds", seconds)
        # CPU time and memory of this process.
        ProcessCollector(registry=registry)

    def note(self, what: tuple[str, str, str], seconds: float) -> None:
        """Count a request.

        Args:
            what: Its method, route and status.
            seconds: Until its reply was sent.
        """
        found = self.kept.get(what)
        if found is None:
            names = what[:2]
            found = self.requests.labels(*what), self.seconds.labels(*names)
            self.kept[what] = found
        requests, histogram = found
        requests.inc()
        histogram.observe(seconds)

    def text(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(self.registry)
