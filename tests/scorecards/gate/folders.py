"""A trained scorecard in a folder, to be changed and brought to the gate."""

import json
from pathlib import Path

from credence.events.vocabulary import shipped
from credence.scorecards.gate.figures import CARD, FIGURES, HASH, required
from credence.scorecards.gate.passing import at_the_gate
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.load import load_scorecard
from tests.scorecards.cards import write

TRAINED = """
name: trained
version: 1
title: Learnt from a table
setting: lab
points_base: 400
reasons: {income_low: Your income is small, job_kind_1: You have no job, job_unknown: We know no job}
characteristics:
  income:
    question: What is the income?
    monotone: rising
    measure: {column: Income, context: payments}
    attributes:
      - {below: 1000, points: 0, reason: income_low}
      - {points: 30}
    missing: {points: 30}
  job:
    question: What is the job?
    measure: {column: job, type: text, context: payments}
    attributes:
      - {equals: none, points: 5, reason: job_kind_1}
      - {points: 9}
    missing: {points: 2, reason: job_unknown}
"""


def folder_of(folder: Path, text: str = TRAINED) -> Path:
    """The scorecard with figures of its points, and a model card that says everything."""
    write(folder, text)
    asked = required()["figures"] | required()["learning"]
    figures = {name: [1] if name in {"calibration", "frontier"} else 0.5 for name in asked}
    facts = figures | {HASH: points_hash(load_scorecard(folder)), "directions_stated": {"income": "rising"}}
    (folder / FIGURES).write_text(json.dumps(facts, indent=2), encoding="utf-8")
    chapters = [f"## {name}" for name in required()["chapters"]]
    rows = [f"| {name} | said |" for name in required()["rows"]]
    (folder / CARD).write_text("\n".join([*chapters, *rows]), encoding="utf-8")
    return folder


def in_its_way(folder: Path) -> list[str]:
    """What the gate says, each with its file and line."""
    found = at_the_gate(str(folder), shipped()).faults
    return [f"{path.name}:{fault.line} {fault.path}: {fault.sentence}" for path, fault in found]


def changed(folder: Path, old: str, new: str) -> Path:
    """The folder with a part of its scorecard changed, its figures as they were."""
    path = folder / "scorecard.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder
