"""credence scorecards check --gate: whether a trained scorecard may be published."""

from pathlib import Path

from typer import Exit

from credence.cli.output import say
from credence.errors import Fault, GateError
from credence.scorecards.gate.passing import Found


def facts(found: Found) -> dict[str, object]:
    """The same for programs."""
    return {"passed": not found.faults, "faults": _listed(found.faults), "told": _listed(found.told)}


def _listed(faults: tuple[tuple[Path, Fault], ...]) -> list[dict[str, object]]:
    return [
        {"file": str(path), "line": fault.line, "path": fault.path, "sentence": fault.sentence}
        for path, fault in faults
    ]


def tell(scorecard: str, found: Found, *, as_json: bool) -> None:
    """Print that nothing is in the way, and what to look at before it is live.

    Raises:
        GateError: Something is in the way.
        Exit: The same, for programs, which were told already.
    """
    if found.faults and as_json:
        raise Exit(2)
    if found.faults:
        raise GateError(scorecard, [f"{path}, {fault}" for path, fault in found.faults])
    if not as_json:
        say("The gate: nothing is in its way.")
        for path, fault in found.told:
            say(f"- before it is live, {path}, {fault}")
