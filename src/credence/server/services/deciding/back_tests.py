"""Who would pass a policy: tried on the newest published scores, counted by band, before it is published."""

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from credence.decisions.back_test import back_test
from credence.decisions.model import Policy
from credence.engines.policies.decided import Scored
from credence.errors import CredenceError
from credence.runs.published import PublishedRun, published
from credence.server.services.deciding.definitions import Definition
from credence.server.services.deciding.reading_text import SCORECARD, stored_policy


async def dry_run(runs: Path, definition: Definition) -> dict[str, Any]:
    """What a definition would decide about everybody who has a published score; counts of people alone.

    Where it cannot be tried, `not_tried` says why.

    Args:
        runs: The folder of runs.
        definition: A policy or a scorecard.
    """
    if definition.kind == SCORECARD:
        return {"not_tried": "A scorecard is tried by the policies that decide on it."}
    policy = stored_policy(definition.named, definition.text, definition.card).policy
    if policy.decided.beside:
        names = ", ".join(subject.name for subject in policy.decided.beside)
        return {"not_tried": f"It asks for what only a partner knows: {names}."}
    return await asyncio.to_thread(_tried, runs, policy)


def _tried(runs: Path, policy: Policy) -> dict[str, Any]:
    card = policy.scorecard
    run = next((run for run in reversed(published(runs)) if _scored(run, policy)), None)
    if run is None:
        return {"not_tried": f"No run of {card.name}@{card.version} is published."}
    try:
        parts = [back_test(policy, Scored(path)) for path in sorted(run.scores(card.name).glob("*.parquet"))]
    except CredenceError as error:
        return {"not_tried": str(error)}
    counts: dict[str, Any] = {}
    for part in parts:
        counts = _added(counts, msgspec.to_builtins(part))
    return {"run": run.run, "as_of": run.as_of.isoformat()} | counts


def _added(counts: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Counts of two parts of the people, each under its name, added up."""
    found = dict(counts)
    for name, value in more.items():
        if isinstance(value, dict):
            found[name] = _added(found.get(name, {}), value)
        elif value is not None:
            found[name] = found.get(name, 0) + value
    return found


def _scored(run: PublishedRun, policy: Policy) -> bool:
    found = run.of(policy.scorecard.name)
    return found is not None and found.definition_hash == policy.scorecard.definition_hash
