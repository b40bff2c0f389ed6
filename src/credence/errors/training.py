"""Errors of training: a table that no scorecard can be learnt from, and packages that are missing."""

from pathlib import Path

from credence.errors.base import CredenceError


class TrainExtraMissingError(CredenceError):
    """The packages of training are not installed."""

    code = "train_extra_missing"

    def __init__(self, package: str) -> None:
        """Name one of them, and what to do."""
        super().__init__(
            f"Training needs a package that is not installed ('{package}'). "
            "Install it with: pip install 'credence[train]'."
        )


class CeilingExtraMissingError(CredenceError):
    """The package that grows boosted trees is not installed, or cannot be loaded."""

    code = "ceiling_extra_missing"

    def __init__(self, why: str) -> None:
        """Say why, and what to do."""
        super().__init__(
            f"--ceiling grows boosted trees with LightGBM, which cannot be loaded here ({why}). "
            "Install it with: pip install 'credence[ceiling]'; it needs the system's libgomp, too "
            "(on Debian: apt-get install libgomp1)."
        )


class TrainingTableError(CredenceError):
    """A table has faults that keep a scorecard from being learnt; all of them are told at once."""

    code = "training_table"

    def __init__(self, path: Path, faults: list[str], to_leave_out: list[str]) -> None:
        """Tell every fault, and which columns to leave out."""
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        names = ",".join(to_leave_out)
        advice = [f"Mend them, or leave them out with --leave-out {names}."] if names else []
        super().__init__("\n  ".join([f"{path} has {count}:", *faults, *advice]))
