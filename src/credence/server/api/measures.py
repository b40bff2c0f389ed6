"""What is counted of requests, for Prometheus: by method, route and status, never by person."""

from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@dataclass(frozen=True)
class Measures:
    """The counters of one application."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    cpu: Counter = field(init=False)

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
        cpu = Counter("credence_cpu_seconds", "CPU time of this process", names, registry=registry)
        make(self, "cpu", cpu)

    def text(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(self.registry)
