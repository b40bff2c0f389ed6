"""The scorecards of the bureau: which are live, and the definitions that scores were given by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from credence.errors import NoSuchThingError
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary
from credence.runs.published import open_run
from credence.scorecards.load import load_scorecard, load_text, shipped_names
from credence.scorecards.model import Scorecard
from credence.server.services.context import Context
from credence.server.services.reading.scores import Score

WHAT = "scorecard"
# The newest version that two operators published; of a name that is retired whole, the newest there was.
NEWEST = """
SELECT partner_id, version, text, state = 'published' AS live FROM definitions
WHERE kind = 'scorecard' AND state <> 'draft' AND name = $1 AND ($2::integer IS NULL OR version = $2)
ORDER BY state = 'published' DESC, version DESC LIMIT 1
"""
NAMES = """
SELECT DISTINCT name FROM definitions WHERE kind = 'scorecard' AND state = 'published'
AND ($1::text IS NULL OR partner_id = $1) ORDER BY name
"""
CONSENTED = """
SELECT DISTINCT scorecard FROM consents WHERE person_id = $1 AND scorecard <> ALL($2) AND EXISTS
  (SELECT FROM definitions WHERE kind = 'scorecard' AND state <> 'draft' AND name = scorecard)
ORDER BY scorecard
"""


@dataclass(frozen=True)
class Live:
    """A scorecard that may be named in consents and questions.

    Attributes:
        name: Its name.
        partner_id: Whose own it is: it alone may ask by it; None for one that is run for everybody.
        text: Its definition, as two operators published it; None for one that is run for everybody.
    """

    name: str
    partner_id: str | None = None
    text: str | None = None

    @property
    def purposes(self) -> tuple[str, ...]:
        """What it may be used for; nothing if it does not say."""
        return purposes_of(self.name, self.text)

    def is_for(self, partner_id: str | None) -> bool:
        """Whether a partner may ask by it; somebody, if none is named."""
        return self.partner_id is None or partner_id in (None, self.partner_id)


async def live(context: Context, name: str) -> Live | None:
    """The live scorecard of a name: one of the settings, or one that two operators published, if any."""
    if name in context.settings.scorecards:
        return Live(name)
    system = await context.as_system()
    row = await system.connection.fetchrow(NEWEST, name, None)
    await context.back()
    return Live(name, row["partner_id"], row["text"]) if row is not None and row["live"] else None


async def live_names(context: Context, partner_id: str | None = None) -> list[str]:
    """The names of the scorecards that a partner may ask by; of all that are live, if none is named."""
    system = await context.as_system()
    rows = await system.connection.fetch(NAMES, partner_id)
    await context.back()
    return [*context.settings.scorecards, *(row["name"] for row in rows)]


async def concerning(context: Context, person_id: str) -> list[str]:
    """The scorecards that concern a person: those run for everybody, and partners' own they consented to."""
    everybodys = context.settings.scorecards
    system = await context.as_system()
    rows = await system.connection.fetch(CONSENTED, person_id, list(everybodys))
    await context.back()
    return [*everybodys, *(row["scorecard"] for row in rows)]


async def card_of(context: Context, log: EventLog, score: Score) -> Scorecard:
    """The scorecard that gave a score."""
    if score.folder is None:
        return await in_force(context, log, score.scorecard, score.version)
    return as_published(context.settings.runs / score.folder, score.scorecard)


async def in_force(context: Context, log: EventLog, name: str, version: int | None = None) -> Scorecard:
    """A scorecard of the bureau as it is now, or one version of it, in the log's vocabulary.

    Raises:
        NoSuchThingError: The bureau has none of that name; a file beside it is none of its.
    """
    if name in context.settings.scorecards:
        if name not in _shipped():
            return load_scorecard(name, log.vocabulary)
        return _of_ours(name if version is None else f"{name}@{version}", SameWords(log.vocabulary))
    system = await context.as_system()
    row = await system.connection.fetchrow(NEWEST, name, version)
    await context.back()
    if row is None:
        raise NoSuchThingError(WHAT, name)
    return load_text(row["text"], name, log.vocabulary)


@cache
def _shipped() -> frozenset[str]:
    return frozenset(shipped_names())


@dataclass(frozen=True, eq=False)
class SameWords:
    """The vocabulary of a log, which is the same as long as it is the same one."""

    vocabulary: Vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameWords) and other.vocabulary is self.vocabulary


@lru_cache(maxsize=64)
def _of_ours(name: str, words: SameWords) -> Scorecard:
    """A scorecard that comes with Credence, whose files never change while a process runs."""
    return load_scorecard(name, words.vocabulary)


@lru_cache(maxsize=64)
def as_published(folder: Path, name: str) -> Scorecard:
    """A scorecard as it was when a run was made; what was published never changes."""
    return open_run(folder).scorecard(name)


@lru_cache(maxsize=500)
def purposes_of(name: str, text: str | None = None) -> tuple[str, ...]:
    """What a scorecard, or the text of one, may be used for; nothing if it does not say."""
    return (load_scorecard(name) if text is None else load_text(text, name)).purpose


@contextmanager
def reading(log: EventLog) -> Iterator[EventLog]:
    """The log opened for one read in a thread: what it holds open is for one thread alone."""
    opened = log.beside()
    try:
        yield opened
    finally:
        opened.close()


def plain(moment: datetime) -> datetime:
    """An instant as the log keeps it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
