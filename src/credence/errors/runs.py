"""What can go wrong with a run, each with its sentence."""

from pathlib import Path

from credence.errors.base import CredenceError, NotFoundError


class RunError(CredenceError):
    """A run cannot be made, or cannot go on."""

    code = "run"


class RunBusyError(RunError):
    """Another process is working on the same run."""

    code = "run_busy"

    def __init__(self, draft: Path) -> None:
        """Name the run."""
        super().__init__(f"Another process is working on the run at {draft}. Wait until it has finished.")


class RunDamagedError(RunError):
    """A published run is not what was published."""

    code = "run_damaged"

    def __init__(self, folder: Path, sentence: str) -> None:
        """Name the run and the damage."""
        super().__init__(
            f"The run at {folder} is damaged: {sentence} Restore it from a backup, or make it again "
            "with the same --as-of and --known-at in another folder."
        )


class RunWrongError(RunError):
    """Scores of a run contradict what every score must be; nothing is published."""

    code = "run_wrong"

    def __init__(self, draft: Path, sentences: list[str]) -> None:
        """Tell all that is wrong."""
        what = f"The scores at {draft} contradict themselves, so that they are not published:"
        end = "This is a fault of Credence or of the disk: delete that folder and run again, or report it."
        super().__init__("\n  ".join([what, *sentences, end]))


class HeldBackError(RunError):
    """Limits hold the scores back; nothing is published."""

    code = "held_back"

    def __init__(self, as_of: str, sentences: list[str], report: Path) -> None:
        """Tell every limit that was passed, where the report is, and what can be done."""
        count = "a limit was" if len(sentences) == 1 else f"{len(sentences)} limits were"
        what = f"The scores as of {as_of} are not published: {count} passed."
        listed = [f"- {sentence}" for sentence in sentences]
        end = (
            f"The report: {report}\n"
            "If the scores are right, run the same with --accept REASON. If not, mend what was recorded "
            "and run the same with --afresh."
        )
        super().__init__("\n".join([what, *listed, end]))


class RunNotFoundError(NotFoundError):
    """There is no run, or no folder of runs, at this path."""

    code = "run_not_found"

    def __init__(self, path: Path, what: str) -> None:
        """Say what was looked for, and how to find runs."""
        super().__init__(
            f"There is no {what} at {path}. Runs are in the folder that --out of 'credence run' named; "
            "'credence runs list' names them."
        )
