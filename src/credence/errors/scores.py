"""Errors of asking for scores, of scorecards and of policies."""

from pathlib import Path

from credence.errors.base import CredenceError, NotFoundError


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


class GateError(CredenceError):
    """A trained scorecard may not be published; everything that is in its way is told."""

    code = "gate"

    def __init__(self, scorecard: str, faults: list[str]) -> None:
        """Tell every fault, each with its file and line."""
        count = "1 fault is" if len(faults) == 1 else f"{len(faults)} faults are"
        super().__init__("\n  ".join([f"'{scorecard}' may not be published; {count} in its way:", *faults]))


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


class ContactsBarredError(CredenceError):
    """A live scorecard looks at what somebody's contacts scored, which only the laboratory may."""

    code = "contacts_barred"

    def __init__(self, scorecard: str, column: str, rule: str) -> None:
        """Name the scorecard and the rule, and say what to do."""
        super().__init__(
            f"The live scorecard '{scorecard}' looks at '{column}', which tells what others scored. {rule} "
            "Take that characteristic out; with 'setting: lab' it may stay, for synthetic people alone."
        )


class DialectError(CredenceError):
    """A scorecard needs something that cannot be said in a database's SQL, and no guess is made."""

    code = "dialect"

    def __init__(self, scorecard: str, database: str, what: str) -> None:
        """Say what has no counterpart, and what can be done instead."""
        super().__init__(
            f"'{scorecard}' cannot be written for {database}: {what}. "
            "Write it for duckdb, or score with 'credence score'."
        )
