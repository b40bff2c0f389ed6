"""Looking at a file before anything of it is kept: what was read, and the scores with it and without."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credence.engines.counting import known_events
from credence.engines.moment import Moment
from credence.events.exports.facts import Row
from credence.events.hypothetical import events_in
from credence.events.log import Event, EventLog
from credence.scoring.change import Change, compared
from credence.scoring.change_stages import View as Stage
from credence.scoring.run import at_newest
from credence.server.services import audit
from credence.server.services.bringing import drafts, files
from credence.server.services.bringing.drafts import Draft
from credence.server.services.bringing.files import Brought
from credence.server.services.context import Context
from credence.server.services.furnishing import log_writer
from credence.server.services.looking.own import note
from credence.server.services.people import accounts
from credence.server.services.reading import cards, consents
from credence.server.services.reading.cards import plain, reading
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.statements import View, today, view_of
from credence.server.state import State

Rows = Sequence[Row]


@dataclass(frozen=True)
class Refused:
    """A line that is not taken: its number among the file's lines, and why."""

    row: int
    sentence: str


@dataclass(frozen=True)
class Looked:
    """What a file holds, and what it would do; nothing of it is kept.

    Attributes:
        brought: What was read.
        kinds: How many events there are of each kind that would be new.
        against: Those of them that speak against the person; they are kept only if that is asked for.
        known: How many lines are known already.
        refused: The lines that are not taken.
        changes: For each scorecard the newest score, and what it would be today with what speaks not against.
        with_all: The same with everything; nothing where nothing speaks against the person.
        draft: What is handed back to keep it; None where there is nothing to keep.
    """

    brought: Brought
    kinds: Mapping[str, int]
    against: tuple[Row, ...]
    known: int
    refused: tuple[Refused, ...]
    changes: tuple[Change, ...]
    with_all: tuple[Change, ...]
    draft: str | None


async def look(context: Context, state: State, content: bytes) -> Looked:
    """Look at a file of the person who acts.

    Raises:
        InvalidRequestError: It is no export that is known, is broken, or has too many lines.
        AccountClosedError: The person left.
    """
    await accounts.check_open(context)
    grant, words = await consents.own(context), state.log.vocabulary
    brought = await asyncio.to_thread(files.read, content, grant.log_id, words)
    events = await asyncio.to_thread(_events, state.log, grant.log_id)
    rows = [(number, again(row, events)) for number, row in brought.rows]
    report = await log_writer.try_out(state, [row for _, row in rows], context.now)
    told = [(*one, report.outcome(place)) for place, one in enumerate(rows, 1)]
    new = [row for _, row, outcome in told if outcome.verdict == "accepted"]
    refused = [Refused(torn.row, torn.sentence) for torn in brought.torn]
    refused += [
        Refused(number, "; ".join(sentence for _, sentence in outcome.faults) or outcome.verdict)
        for number, _, outcome in told
        if outcome.verdict in ("rejected", "conflict")
    ]
    known = sum(outcome.verdict == "repeated" for _, _, outcome in told)
    against = [row for row in new if words.kinds[str(row["kind"])].speaks == "against"]
    usual = [row for row in new if row not in against]
    changes = await _effects(context, state, grant, usual) if usual else ()
    with_all = await _effects(context, state, grant, new) if against else ()
    for change in changes or with_all:
        await note(context, grant, change.after.scorecard, {"own_import": change.points})
    await audit.record(
        context, "own_import.looked_at", person=grant.person_id, form=brought.form, lines=brought.lines
    )
    draft = Draft(brought.form, context.now, [_bare(row) for row in usual], [_bare(row) for row in against])
    return Looked(
        brought, dict(Counter(str(row["kind"]) for row in usual)), tuple(against), known,
        tuple(sorted(refused, key=lambda one: one.row)), changes, with_all,
        await drafts.seal(context, state.keys, draft) if new else None,
    )  # fmt: skip


def again(row: Row, events: Sequence[Event]) -> Row:
    """A row under another id where the person removed what had its id before, so that it may come again."""
    hidden = {event["target_key"] for event in events if event.get("action") == "retracts"}
    gone = {
        event["event_id"]
        for event in events
        if event["furnisher"] == row["furnisher"] and event["event_key"] in hidden
    }
    name, number = str(row["event_id"]), 1
    while row["event_id"] in gone:
        number += 1
        row = row | {"event_id": f"{name}-{number}"}
    return row


def _bare(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in ("furnisher", "person_id")}


def _events(log: EventLog, log_id: str) -> list[Event]:
    with reading(log) as opened:
        return opened.events_of(log_id)


async def _effects(context: Context, state: State, grant: Grant, rows: Rows) -> tuple[Change, ...]:
    """What rows would do to the score of every scorecard that concerns the person."""
    day = today(context, state.log)
    names = await cards.concerning(context, grant.person_id)
    views = [await view_of(context, state.log, grant, name) for name in names]
    now = Moment(day, plain(context.now))
    return await asyncio.to_thread(_compared, state.log, grant, (views, now), rows)


def _compared(log: EventLog, grant: Grant, when: tuple[list[View], Moment], rows: Rows) -> tuple[Change, ...]:
    views, now = when
    with reading(log) as opened:
        newest = opened.snapshot
        known_at = max(now.known_at, newest.made_at) if newest else now.known_at
        supposed = events_in(list(rows), opened, grant.log_id, known_at)
        events = opened.events_of(grant.log_id, known_at)
        after = Moment(max(now.as_of, *(view.moment.as_of for view in views)), known_at)
        found = []
        for view in views:
            moment = at_newest(opened, view.moment)
            before = Stage(view.card, known_events(events, moment), moment, {})
            found.append(
                compared(
                    grant.person_id,
                    before,
                    Stage(view.card, [*events, *supposed], after, {}),
                    opened.vocabulary,
                )
            )
        return tuple(found)
