"""Rows of furnishers on their way into the log: prepared, told to people where they must be, taken."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from credence.events.chunks import Outcome
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.context import SYSTEM, Context
from credence.server.services.furnishing import checking, log_writer, notices
from credence.server.services.furnishing.checking import Known, LogRow, Rules
from credence.server.services.furnishing.rows import Fault, Row, Sent
from credence.server.state import State

PEOPLE = """
SELECT known_as, people.person_id, log_id FROM pairwise JOIN people USING (person_id)
WHERE party_id = $1 AND known_as = ANY($2) AND left_at IS NULL AND erased_at IS NULL
"""
FILES = "SELECT evidence_id, person_id FROM event_evidence WHERE furnisher = $1 AND evidence_id = ANY($2)"
TAKEN_BACK = "This was taken back before. To send it again, certify that it is right."
NAMES = {"repeated": "known"}
# Which rows of a furnisher, counted from 0, say again what was taken back.
Refuses = Callable[[Context, str, Sequence[LogRow]], Awaitable[frozenset[int]]]
# What the log has of such a row, whether it was taken now or before.
HELD = ("accepted", "repeated")


@dataclass(frozen=True)
class Correcting:
    """A row that the log has and that takes back or replaces an event: whose it is, and who sent it."""

    person_id: str
    log_id: str
    furnisher_id: str
    row: LogRow


# What follows from rows that correct: doing it twice does no harm.
Follows = Callable[[State, datetime, Sequence[Correcting]], Awaitable[None]]


@dataclass(frozen=True)
class Beyond:
    """What is decided of furnishers' rows elsewhere: which are refused, and what follows from corrections."""

    refuses: Refuses
    follows: Follows


class Result(msgspec.Struct, omit_defaults=True):
    """What became of a row: accepted, known, conflict or rejected; why, where it was not taken."""

    event_id: str | None
    outcome: str
    errors: list[Fault] = []


@dataclass
class Batch:
    """Rows of one furnisher: results by row, and for what goes on the row's place and the log's row."""

    rules: Rules
    rows: Sent
    known: Known
    results: dict[int, Result] = field(default_factory=dict)
    ready: list[tuple[int, LogRow]] = field(default_factory=list)

    def told(self) -> list[Result]:
        """What became of each row, in order."""
        return [self.results[place] for place in range(len(self.rows))]

    def count(self, outcome: str) -> int:
        """How many rows became this."""
        return sum(result.outcome == outcome for result in self.results.values())


async def prepare(system: Context, rules: Rules, rows: Sent, refuses: Refuses) -> Batch:
    """Hold rows to what is asked of a furnisher's; the context is the system's."""
    batch = Batch(rules, rows, await _known(system, rules, rows))
    for place, row in enumerate(rows):
        wrong = [row] if isinstance(row, Fault) else checking.faults(row, rules, batch.known)
        if wrong:
            batch.results[place] = Result(getattr(row, "event_id", None), "rejected", wrong)
        elif isinstance(row, Row):
            batch.ready.append((place, checking.log_row(row, rules, batch.known)))
    refused = await refuses(system, rules.furnisher_id, [row for _, row in batch.ready])
    for number in sorted(refused, reverse=True):
        place, taken = batch.ready.pop(number)
        batch.results[place] = Result(str(taken.get("event_id")), "rejected", [Fault("", TAKEN_BACK)])
    return batch


async def try_out(state: State, batch: Batch, now: datetime) -> None:
    """Say what would become of the rows of a batch; none is taken."""
    report = await log_writer.try_out(state, [row for _, row in batch.ready], now)
    _settle(batch, report.outcome, 0)


async def take(state: State, batches: Sequence[Batch], now: datetime, follows: Follows) -> None:
    """Take the rows of batches into the log in one go, and say what became of each.

    People are told of events against them before these are in the log, in a transaction of its own; the mark
    from when an event counts goes into the log in the same go as the event. What follows from corrections is
    done when the log has them. So whatever is stopped on the way may be done again: nothing is lost, taken
    twice or counts too early.

    Raises:
        LogBusyError: Another process held the log for a minute.
    """
    rows = [row for batch in batches for _, row in batch.ready]
    marks = await _give_notice(state, batches, rows, now)
    report = await log_writer.append(state, [*rows, *marks], now)
    done, corrections = 0, []
    for batch in batches:
        _settle(batch, report.outcome, done)
        corrections += list(_corrections(batch, report.outcome, done))
        done += len(batch.ready)
    if corrections:
        await follows(state, now, corrections)


def _corrections(batch: Batch, outcome: Callable[[int], Outcome], done: int) -> Iterator[Correcting]:
    """The rows of a batch that correct something, and that the log has."""
    for number, (place, row) in enumerate(batch.ready, done + 1):
        if ("replaces" in row or "retracts" in row) and outcome(number).verdict in HELD:
            sent = batch.rows[place]
            assert isinstance(sent, Row), "only rows that could be read are ready"
            yield Correcting(*batch.known.people[sent.person or ""], batch.rules.furnisher_id, row)


async def _give_notice(
    state: State, batches: Sequence[Batch], rows: list[LogRow], now: datetime
) -> list[LogRow]:
    """Tell people of what is new against them; return the marks from when it counts."""
    against = [
        (batch, place, number)
        for number, (batch, place, row) in enumerate(
            ((batch, place, row) for batch in batches for place, row in batch.ready), 1
        )
        if _is_against(batch, row)
    ]
    if not against:
        return []
    report = await log_writer.try_out(state, rows, now)
    new = [_said(batch, place) for batch, place, number in against if report.outcome(number) == Outcome()]
    async with acting(state.pool, SYSTEM.setting) as connection:
        system = Context(SYSTEM, connection, now, new_id("req", now), state.settings)
        return await notices.give(system, state.keys, new)


def _is_against(batch: Batch, row: LogRow) -> bool:
    kind = batch.rules.words.kinds.get(str(row.get("kind")))
    return kind is not None and kind.speaks == "against" and "retracts" not in row


def _said(batch: Batch, place: int) -> notices.Said:
    row = batch.rows[place]
    assert isinstance(row, Row), "only rows that could be read are ready"
    person_id, log_id = batch.known.people[row.person or ""]
    return notices.Said(person_id, log_id, batch.rules.furnisher_id, row)


def _settle(batch: Batch, outcome: Callable[[int], Outcome], done: int) -> None:
    """Note the outcomes of a batch's rows, which come after so many others."""
    for number, (place, row) in enumerate(batch.ready, done + 1):
        found = outcome(number)
        wrong = [Fault(name, sentence) for name, sentence in found.faults]
        event_id = None if row.get("event_id") is None else str(row["event_id"])
        batch.results[place] = Result(event_id, NAMES.get(found.verdict, found.verdict), wrong)


async def _known(system: Context, rules: Rules, rows: Sent) -> Known:
    named = {row.person for row in rows if isinstance(row, Row) and checking.plain(row.person)}
    given = {row.evidence for row in rows if isinstance(row, Row) and checking.plain(row.evidence)}
    people = await system.connection.fetch(PEOPLE, rules.furnisher_id, list(named))
    files = await system.connection.fetch(FILES, rules.furnisher_id, list(given)) if given else []
    return Known(
        {row["known_as"]: (row["person_id"], row["log_id"]) for row in people},
        {row["evidence_id"]: row["person_id"] for row in files},
    )
