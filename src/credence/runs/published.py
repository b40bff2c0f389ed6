"""Published runs: what was published, where it lies, and whether it is still what was published."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import msgspec

from credence.errors import RunDamagedError
from credence.events import files
from credence.events.vocabulary import Vocabulary, extended_by_text, shipped
from credence.runs.plan import Asked, LogFacts
from credence.scorecards.load import FILE, load_text
from credence.scorecards.model import Scorecard

MANIFEST, FORMAT = "manifest.json", 1


@dataclass(frozen=True)
class RunFile:
    """A file of a run: its path in the run's folder, its SHA-256, its rows where it is one of scores."""

    path: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class RunScores:
    """The scores that one scorecard gave, of how many people, and their files."""

    name: str
    version: int
    definition_hash: str
    people: int
    scored: int
    mean: float | None
    files: tuple[RunFile, ...]


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says of a run.

    Attributes:
        format: The format of the folder.
        run: The run's id.
        hash: A hash of everything published but the report: the same for the same run, however often it
            was stopped, and on every engine.
        as_of: The day.
        known_at: The instant in UTC.
        snapshot: The newest batch of the log that was read; None where it was empty.
        log: The log.
        people: The SHA-256 of the table of people; None without one.
        contacts: The scorecard whose scores contacts had; None without contacts.
        contacts_of: The run of those scores.
        software: The version of Credence.
        published_at: When it was published, in UTC.
        accepted: Why it was published although a limit was passed.
        scorecards: The scores, a scorecard each.
        others: The other files: definitions and the report.
        vocabularies: The log's own kinds at the time, as (name, text).
    """

    format: int
    run: str
    hash: str
    as_of: date
    known_at: datetime
    snapshot: int | None
    log: LogFacts
    people: str | None
    contacts: str | None
    contacts_of: str | None
    software: str
    published_at: datetime
    accepted: str | None
    scorecards: tuple[RunScores, ...]
    others: tuple[RunFile, ...]
    vocabularies: tuple[tuple[str, str], ...]

    @property
    def asked(self) -> Asked:
        """What was asked for."""
        hashes = tuple(scores.definition_hash for scores in self.scorecards)
        return Asked(self.log, hashes, self.as_of, self.people, self.contacts)


@dataclass(frozen=True)
class PublishedRun:
    """A published run in its folder."""

    folder: Path
    manifest: Manifest

    @property
    def as_of(self) -> date:
        """The day of its scores."""
        return self.manifest.as_of

    @property
    def known_at(self) -> datetime:
        """The instant it is known at, in UTC without saying so."""
        return self.manifest.known_at.replace(tzinfo=None)

    @property
    def run(self) -> str:
        """The run's id."""
        return self.manifest.run

    @property
    def hash(self) -> str:
        """What was published, but for the report, as one hash."""
        return self.manifest.hash

    def of(self, name: str) -> RunScores | None:
        """What one scorecard gave; None where the run had no such scorecard."""
        return next((scores for scores in self.manifest.scorecards if scores.name == name), None)

    def scores(self, name: str) -> Path:
        """The folder of one scorecard's Parquet files."""
        return self.folder / name

    def scorecard(self, name: str) -> Scorecard:
        """The scorecard that scored, as it was, with the hash that its scores name."""
        path = self.scores(name) / FILE
        card = load_text(path.read_text(encoding="utf-8"), str(path), self._words())
        found = self.of(name)
        return replace(card, definition_hash=found.definition_hash) if found else card

    def _words(self) -> Vocabulary:
        words = shipped()
        for name, text in self.manifest.vocabularies:
            words = extended_by_text(words, text, name)
        return words


def published(runs: Path) -> list[PublishedRun]:
    """The published runs in a folder, by day and then by the instant they are known at.

    Raises:
        RunDamagedError: A manifest cannot be read.
    """
    found = [open_run(path.parent) for path in runs.glob(f"[0-9]*/*/{MANIFEST}")]
    return sorted(found, key=lambda run: (run.as_of, run.known_at, run.run))


def open_run(folder: Path) -> PublishedRun:
    """A published run.

    Raises:
        RunDamagedError: Its manifest is missing or cannot be read.
    """
    path = folder / MANIFEST
    try:
        return PublishedRun(folder, msgspec.json.decode(path.read_bytes(), type=Manifest))
    except FileNotFoundError:
        raise RunDamagedError(folder, f"it has no {MANIFEST}.") from None
    except msgspec.DecodeError:
        raise RunDamagedError(folder, f"its {MANIFEST} cannot be read.") from None


def last_before(runs: Path, name: str, as_of: date, known_at: datetime | None = None) -> PublishedRun | None:
    """The newest published run of a scorecard of an earlier day, as known last; None if there is none.

    Args:
        runs: The folder of runs.
        name: The scorecard's name.
        as_of: The day.
        known_at: Runs of the day itself that are known at an earlier instant count, too; without it none.

    Raises:
        RunDamagedError: A manifest cannot be read.
    """
    end = as_of, known_at or datetime.min  # noqa: DTZ901 - instants known to the log are UTC without a zone
    earlier = [run for run in published(runs) if (run.as_of, run.known_at) < end and run.of(name)]
    return next(iter(earlier[-1:]), None)


def damage(run: PublishedRun) -> list[str]:
    """What is wrong with the files of a run, a sentence each; nothing if all is as it was published."""
    named = [*run.manifest.others, *(file for scores in run.manifest.scorecards for file in scores.files)]
    found = [sentence for file in named for sentence in _damage(run.folder, file)]
    known = {MANIFEST, *(file.path for file in named)}
    paths = (path for path in sorted(run.folder.rglob("*")) if path.is_file())
    strange = [name for path in paths if (name := path.relative_to(run.folder).as_posix()) not in known]
    return [*found, *(f"{name} is no part of the run." for name in strange)]


def _damage(folder: Path, file: RunFile) -> list[str]:
    path = folder / file.path
    if not path.is_file():
        return [f"{file.path} is missing."]
    if files.digest(path) != file.sha256:
        return [f"{file.path} is not what was published: its hash differs."]
    return []
