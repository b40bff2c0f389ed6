"""Runs that were asked for are made one at a time, each in a process of its own; the one due is asked for.

The process has a lock that it shares with the job: it ends when both have, so that what is left running after
a crash is taken up again, and never while it still goes on.
"""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB
from typing import Any

import msgspec

from credence.errors import CredenceError, UnavailableError
from credence.events.scratch import held
from credence.runs.drafts import unfinished
from credence.runs.plan import Plan
from credence.scorecards.model import Scorecard
from credence.server.database.pool import Connection, acting
from credence.server.ids import new_id
from credence.server.jobs.scorecards import FILE, FOLDER, write_files
from credence.server.services.context import SYSTEM, Context
from credence.server.services.operating import due, starting
from credence.server.services.operating.starting import Ended, RunRequest
from credence.server.settings import PREFIX, Settings
from credence.server.state import State

# How much it gives way to whoever asks the bureau something.
NICE = 10
HELD = "held_back"
CHANGED = (
    "What was held back is not there any more, or the scorecards were changed since. "
    "Ask for the day anew, and look at what is held back then."
)
KILLED = (
    "The process of the run was ended (signal {signal}). Ask for the day again: it goes on where it was; "
    "if it happens again, look whether the machine has too little memory."
)
WORDLESS = "The run ended with {code} and said nothing that can be read; the log of the bureau says more."


@dataclass(frozen=True)
class Said:
    """What a process ended with: its exit code, and what it wrote."""

    code: int
    out: bytes
    err: bytes


async def make_asked(state: State, now: datetime) -> int:
    """Make the run that was asked for first; return whether there was one.

    Nothing is done while another process of the bureau makes one, or a process of one goes on by itself.
    """
    place = state.settings.runs
    place.mkdir(parents=True, exist_ok=True)
    try:
        with held(place, LOCK_EX | LOCK_NB) as lock:
            return await _make_first(state, now, lock)
    except BlockingIOError:
        return 0


async def ask_when_due(state: State, now: datetime) -> int:
    """Ask for the month's run on the day that it is due; return whether it was.

    Nothing is asked for where the settings say that operators do.
    """
    if not state.settings.run_monthly:
        return 0
    async with acting(state.pool, SYSTEM.setting) as connection:
        return int(await starting.ask_due(_context(state, connection, now), state.log) is not None)


async def _make_first(state: State, now: datetime, lock: int) -> int:
    async with acting(state.pool, SYSTEM.setting) as connection:
        request = await starting.begin(_context(state, connection, now))
    if request is None:
        return 0
    ended = await _made(state, now, request, lock)
    async with acting(state.pool, SYSTEM.setting) as connection:
        await starting.end(_context(state, connection, state.clock()), request, ended)
    return 1


async def _made(state: State, now: datetime, request: RunRequest, lock: int) -> Ended:
    try:
        await write_files(state, now)
        async with acting(state.pool, SYSTEM.setting) as connection:
            cards = await due.scorecards(_context(state, connection, now), state.log)
        plan = await asyncio.to_thread(_held, state.settings, request, cards)
    except UnavailableError:
        raise
    except CredenceError as error:
        return Ended("failed", None, (str(error),))
    if request.accepted is not None and plan is None:
        return Ended("failed", None, (CHANGED,))
    known_at = request.known_at if plan is None else plan.known_at.replace(tzinfo=UTC)
    names = [_named(state.settings, card.name) for card in cards]
    return ended(await said_by(command(state.settings, names, request, known_at), lock))


def _held(settings: Settings, request: RunRequest, cards: Sequence[Scorecard]) -> Plan | None:
    """The plan of the scores that are accepted; None where they are not there, or are not of these cards."""
    hashes = tuple(card.definition_hash for card in cards)
    plans = unfinished(settings.runs).values() if request.accepted is not None else ()
    found = (plan for plan in plans if plan.run == request.run and plan.asked.scorecards == hashes)
    return next(found, None)


def _named(settings: Settings, name: str) -> str:
    """How a run is told of a scorecard: as the settings name it, or by the file of a partner's own."""
    return name if name in settings.scorecards else str(settings.data / FOLDER / name / FILE)


def command(
    settings: Settings, names: Sequence[str], request: RunRequest, known_at: datetime | None
) -> list[str]:
    """The command that makes a run."""
    words = [sys.executable, "-m", "credence", "run", *names, "--json", "--as-of", str(request.as_of)]
    words += ["--log", str(settings.log), "--out", str(settings.runs)]
    words += [] if settings.groups is None else ["--groups", str(settings.groups)]
    words += [] if known_at is None else ["--known-at", known_at.isoformat()]
    # With a sign between them, so that no reason is taken for an option.
    return words + ([] if request.accepted is None else [f"--accept={request.accepted}"])


async def said_by(words: Sequence[str], lock: int) -> Said:
    """What a command says in the end; it is ended, and waited for, where nobody waits for it any more."""
    # In a session of its own, so that Ctrl-C is told to the bureau alone; of the settings it needs none.
    around = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    process = await asyncio.create_subprocess_exec(
        *words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=around, pass_fds=(lock,), start_new_session=True,
    )  # fmt: skip
    try:
        with suppress(ProcessLookupError):
            # Its session is a group of its own, too: with all threads that it may have begun by now.
            os.setpriority(os.PRIO_PGRP, process.pid, NICE)
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    return Said(await process.wait(), out, err)


def ended(said: Said) -> Ended:
    """What became of a run, by what its process said."""
    facts = _facts(said.out)
    if facts is None:
        return Ended("failed", None, (_why(said),))
    found = tuple(one["sentence"] for one in facts.get("breaches", ()))
    if "error" not in facts:
        return Ended("made", facts["run"], found)
    if facts["error"] == HELD:
        return Ended("held_back", facts["run"], found)
    return Ended("failed", None, (facts["sentence"],))


def _facts(out: bytes) -> dict[str, Any] | None:
    try:
        return msgspec.json.decode(out, type=dict[str, Any])
    except msgspec.MsgspecError:
        return None


def _why(said: Said) -> str:
    """The sentence of a process that ended without one; its last words, if it had any."""
    if said.code < 0:
        return KILLED.format(signal=-said.code)
    words = said.err.decode(errors="replace").strip().splitlines()
    return words[-1] if words else WORDLESS.format(code=said.code)


def _context(state: State, connection: Connection, now: datetime) -> Context:
    return Context(SYSTEM, connection, now, new_id("req", now), state.settings)
