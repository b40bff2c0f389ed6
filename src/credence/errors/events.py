"""Errors of files of events and of the event log."""

from pathlib import Path

from credence.errors.base import CredenceError, NotFoundError


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


class LogUnwritableError(LogError):
    """The log cannot be written: its disk is full, or may not be written."""

    code = "log_unwritable"

    def __init__(self, path: Path, why: str) -> None:
        """Say why, and what is safe."""
        super().__init__(f"The log at {path} cannot be written: {why}. All that was acknowledged is safe.")


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


class HypotheticalError(CredenceError):
    """Hypothetical events are refused; all that is wrong with them is told."""

    code = "hypothetical"

    def __init__(self, name: str, sentences: list[str]) -> None:
        """Name the file, and keep what is said of its rows."""
        self.sentences = sentences
        super().__init__("\n  ".join([f"{name} cannot be looked at as events:", *sentences]) + ".")
