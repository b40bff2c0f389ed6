"""A run's plan: what is frozen before anybody is scored, so that a run taken up again ends as it began."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise

import msgspec

from credence.engines.moment import Moment
from credence.events import files
from credence.events.log import EventLog
from credence.events.upkeep import bucket_groups
from credence.runs.request import Request

# So many slices of buckets are one task: what is lost when it is killed, and what a cluster hands out.
SLICES_A_TASK = 4


@dataclass(frozen=True)
class LogFacts:
    """What tells a log from others: its settings, and the instant of its first snapshot in UTC."""

    bureau: str
    timezone: str
    buckets: int
    begun_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """What a run is asked for, but for the instant it is known at: runs of the same are the same month.

    Attributes:
        log: The log.
        scorecards: The hashes of the definitions, in order.
        as_of: The day.
        people: The SHA-256 of the table of people.
        contacts: The scorecard whose last published scores of contacts are joined.
    """

    log: LogFacts
    scorecards: tuple[str, ...]
    as_of: date
    people: str | None
    contacts: str | None


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a run publishes, and how it is cut into tasks.

    Attributes:
        asked: What is asked for.
        known_at: The instant in UTC.
        snapshot: The newest batch that is read.
        contacts_of: The run whose scores contacts have.
        erasures: How many people had been erased from the log: erasing reaches back, so what was scored
            before is thrown away.
        software: The version of Credence: another may compute in another way, so that its work is not mixed.
        tasks: The slices of buckets of each task, as edges: slice n is from edge n to edge n + 1.
    """

    asked: Asked
    known_at: datetime
    snapshot: int | None
    contacts_of: str | None
    erasures: int
    software: str
    tasks: tuple[tuple[int, ...], ...]

    @property
    def run(self) -> str:
        """The run's id: a hash of what decides what is published."""
        facts = (self.asked, self.known_at, self.snapshot, self.contacts_of)
        return sha256(msgspec.json.encode(facts)).hexdigest()

    @property
    def moment(self) -> Moment:
        """The moment of the run."""
        return Moment(self.asked.as_of, self.known_at, self.snapshot)

    def slices(self, task: int) -> list[range]:
        """The buckets of a task, in groups that are looked at together."""
        return [range(start, stop) for start, stop in pairwise(self.tasks[task])]


def asked_of(request: Request) -> Asked:
    """What a request asks for."""
    manifest = request.log.manifest
    people = None if request.people is None else files.digest(request.people)
    hashes = tuple(card.definition_hash for card in request.scorecards)
    begun = next((snapshot.made_at.replace(tzinfo=UTC) for snapshot in manifest.snapshots()), None)
    settings = manifest.settings
    log = LogFacts(settings.bureau, settings.timezone, settings.buckets, begun)
    return Asked(log, hashes, request.as_of, people, request.contacts)


def new_plan(request: Request, asked: Asked, known_at: datetime, contacts_of: str | None) -> Plan:
    """The plan of a new run: the log as it is now."""
    newest = request.log.snapshot
    groups = bucket_groups(request.log, request.events_at_a_time)
    edges = [0, *(group.stop for group in groups)]
    starts = range(0, len(groups), SLICES_A_TASK)
    return Plan(
        asked,
        known_at,
        None if newest is None else newest.number,
        contacts_of,
        erasures(request.log),
        version("credence"),
        tuple(tuple(edges[start : start + SLICES_A_TASK + 1]) for start in starts),
    )


def renewed(plan: Plan, log: EventLog) -> Plan:
    """The plan as it would be made now of the same: other erasures, or another version of Credence."""
    return replace(plan, erasures=erasures(log), software=version("credence"))


def erasures(log: EventLog) -> int:
    """How many times somebody was erased from a log."""
    return sum(snapshot.what == "erase" for snapshot in log.manifest.snapshots())
