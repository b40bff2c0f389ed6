"""Errors of the cluster that a run is handed to."""

from credence.errors.base import CredenceError


class SparkMissingError(CredenceError):
    """Something that Spark needs is not installed here."""

    code = "spark_missing"

    def __init__(self, what: str, remedy: str) -> None:
        """Say what to install."""
        super().__init__(f"Spark needs {what}, which is not here. {remedy}")


class SparkError(CredenceError):
    """Spark could not take a run, or not carry it to the end."""

    code = "spark"

    def __init__(self, master: str, sentence: str) -> None:
        """Name the master, and say what is wrong with it."""
        super().__init__(f"Spark at '{master}' cannot carry out this run: {sentence}")
