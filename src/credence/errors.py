"""Every error Credence raises on purpose; each class writes its own sentence from facts.

CredenceError
├── DefinitionError          a definition file has faults (all of them, each with path and line)
├── NotFoundError            something named is not there
│   ├── ScorecardNotFoundError
│   ├── PolicyNotFoundError
│   ├── PersonNotFoundError
│   ├── PersonNotInTableError
│   ├── LogNotFoundError
│   └── SourceNotFoundError
├── IntakeError              a file of events or people cannot be read at all
├── LogError                 the event log cannot do what was asked
│   ├── LogExistsError
│   ├── LogFormatError
│   ├── LogBusyError
│   ├── LogDamagedError
│   └── BackfillError
├── MomentError              a date or instant that cannot be understood
├── UsageError               a request that is not complete
├── HypotheticalError        events of a what-if that no furnisher could send
├── BaselineError            nobody whose points could be averaged
├── CutoffMissingError       a baseline at a cut-off without the cut-off
├── PolicyNotValidError      a policy is asked about a day on which it does not hold
├── DialectError             a scorecard's SQL cannot be written for a database
├── PmmlError                a scorecard that PMML cannot say
└── EngineError              the engine could not carry out a step
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


class CredenceError(Exception):
    """Anything Credence can say in a sentence or two."""

    code = "error"


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a definition file: where, and a sentence."""

    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        """The fault as one line of a report."""
        place = f"line {self.line}" + (f", {self.path}" if self.path else "")
        return " ".join(f"{place}: {self.sentence}".split())


class DefinitionError(CredenceError):
    """A definition file has faults; all of them are told at once."""

    code = "definition"

    def __init__(self, file: str, faults: list[Fault]) -> None:
        """Keep the faults in the order of the file's lines, each once."""
        self.file = file
        self.faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.line, fault.path))
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__("\n  ".join([f"{file} has {count}:", *map(str, self.faults)]))


class NotFoundError(CredenceError):
    """Something that was named is not there."""

    code = "not_found"


class ScorecardNotFoundError(NotFoundError):
    """No scorecard has this name or path."""

    code = "scorecard_not_found"

    def __init__(self, name: str, shipped: list[str]) -> None:
        """Name the shipped scorecards, so that a slip of the pen is easy to mend."""
        super().__init__(
            f"There is no scorecard named '{name}', and no file of that path. "
            f"Shipped scorecards: {', '.join(shipped)}."
        )


class PersonNotInTableError(NotFoundError):
    """The table of people has no row of this person."""

    code = "person_not_in_table"

    def __init__(self, person_id: str, path: Path) -> None:
        """Say which table was searched."""
        super().__init__(f"{path} has no row of person '{person_id}'. Check the id.")


class PolicyNotFoundError(NotFoundError):
    """No policy has this name or path."""

    code = "policy_not_found"

    def __init__(self, name: str, shipped: list[str]) -> None:
        """Name the shipped policies, so that a slip of the pen is easy to mend."""
        super().__init__(
            f"There is no policy named '{name}', and no file of that path. "
            f"Shipped policies: {', '.join(shipped)}."
        )


class PersonNotFoundError(NotFoundError):
    """The log knows nothing of this person at this moment."""

    code = "person_not_found"

    def __init__(self, person_id: str, known_at: str) -> None:
        """Say until when the log was searched."""
        super().__init__(
            f"Nothing was recorded about person '{person_id}' by {known_at}. "
            "Check the id, or ask with a later --known-at."
        )


class LogNotFoundError(NotFoundError):
    """No event log lies at this path."""

    code = "log_not_found"

    def __init__(self, path: Path) -> None:
        """Say how a log is made."""
        super().__init__(
            f"There is no event log at {path}. 'credence events import FILE --log {path}' makes one."
        )


class SourceNotFoundError(NotFoundError):
    """A file that was to be read is not there."""

    code = "source_not_found"

    def __init__(self, path: Path | str) -> None:
        """Name the file."""
        super().__init__(f"There is no file at {path}.")


class IntakeError(CredenceError):
    """A file cannot be read as a table of events or people at all."""

    code = "intake"

    def __init__(self, path: Path | str, sentence: str) -> None:
        """Name the file and say what to do."""
        super().__init__(f"{path}: {sentence}")


class LogError(CredenceError):
    """The event log cannot do what was asked."""

    code = "log"


class LogExistsError(LogError):
    """A log, or something else, already lies where one was to be made."""

    code = "log_exists"

    def __init__(self, path: Path) -> None:
        """Name the folder."""
        super().__init__(f"{path} already exists and is not empty. Choose another folder.")


class LogFormatError(LogError):
    """The log was written in a format this version does not read."""

    code = "log_format"

    def __init__(self, path: Path, found: int, current: int) -> None:
        """Say which way to go: upgrade the log, or upgrade Credence."""
        advice = (
            f"Run 'credence events upgrade --log {path}'."
            if found < current
            else "It was written by a newer Credence: install that version."
        )
        super().__init__(
            f"The log at {path} has format {found}; this version reads format {current}. {advice}"
        )


class LogBusyError(LogError):
    """Another process is writing to the log."""

    code = "log_busy"

    def __init__(self, path: Path) -> None:
        """Ask for patience."""
        super().__init__(f"Another process is writing to the log at {path}. Try again when it has finished.")


class LogDamagedError(LogError):
    """A file of the log is missing or not what the manifest says."""

    code = "log_damaged"

    def __init__(self, path: Path, sentence: str) -> None:
        """Name the log and the damage."""
        super().__init__(
            f"The log at {path} is damaged: {sentence} "
            f"'credence events check --log {path}' lists all damage; restore a backup."
        )


class BackfillError(LogError):
    """History with its own recorded_at may not enter a log from which scores were published."""

    code = "backfill"

    def __init__(self, path: Path) -> None:
        """Say why."""
        super().__init__(
            f"The log at {path} has a published run, so nothing may be recorded in its past. "
            "Import without --backfill: the events count from now on."
        )


class MomentError(CredenceError):
    """A date or an instant cannot be understood."""

    code = "moment"

    def __init__(self, name: str, value: str, form: str) -> None:
        """Show the form that is understood."""
        super().__init__(f"{name} is '{value}', which cannot be read. Write it as {form}.")


class UsageError(CredenceError):
    """What was asked for is not complete, or contradicts itself."""

    code = "usage"

    def __init__(self, sentence: str) -> None:
        """Say what to give."""
        super().__init__(sentence)


class HypotheticalError(CredenceError):
    """Hypothetical events are refused; all that is wrong with them is told."""

    code = "hypothetical"

    def __init__(self, name: str, sentences: list[str]) -> None:
        """Name the file, and keep what is said of its rows."""
        self.sentences = sentences
        super().__init__("\n  ".join([f"{name} cannot be looked at as events:", *sentences]) + ".")


class BaselineError(CredenceError):
    """There is nobody whose points could be averaged."""

    code = "baseline"

    def __init__(self, name: str, low: int | None, high: int | None) -> None:
        """Say among which scores was looked."""
        among = "" if low is None else f" from {low} to below {high}"
        super().__init__(f"Nobody has a score{among}, so the baseline '{name}' has nothing to compare with.")


class CutoffMissingError(CredenceError):
    """The baseline at a cut-off needs the cut-off."""

    code = "cutoff_missing"

    def __init__(self) -> None:
        """Say what to give."""
        super().__init__("The baseline 'cutoff' needs the cut-off's score: give --cutoff.")


class PolicyNotValidError(CredenceError):
    """A policy does not hold on the day it is asked about."""

    code = "policy_not_valid"

    def __init__(self, name: str, days: str, as_of: str) -> None:
        """Say when it holds."""
        super().__init__(
            f"The policy '{name}' holds {days}, and the score is as of {as_of}. "
            "Ask with a score of another day, or with a policy that holds on this one."
        )


class PmmlError(CredenceError):
    """A scorecard has something that PMML cannot say."""

    code = "pmml"

    def __init__(self, why: str) -> None:
        """Say what it is."""
        super().__init__(f"This scorecard cannot be written as PMML: {why}.")


class EngineError(CredenceError):
    """The engine could not carry out a step; its own words follow the sentence."""

    code = "engine"

    def __init__(self, words: str) -> None:
        """Pass on what the engine says."""
        super().__init__(f"The engine stopped while scoring people: {words}")


class DialectError(CredenceError):
    """A scorecard needs something that cannot be said in a database's SQL, and no guess is made."""

    code = "dialect"

    def __init__(self, scorecard: str, database: str, what: str) -> None:
        """Say what has no counterpart, and what can be done instead."""
        super().__init__(
            f"'{scorecard}' cannot be written for {database}: {what}. "
            "Write it for duckdb, or score with 'credence score'."
        )


def nearest(word: str, known: list[str]) -> str:
    """Say which known word was perhaps meant, or nothing."""
    close = get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Did you mean '{close[0]}'?" if close else ""
