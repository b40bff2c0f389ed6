"""The folder of a trained scorecard: definition, cases, model card, figures."""

from pathlib import Path

import msgspec

from credence.errors import LogExistsError
from credence.scorecards.written import yaml_text
from credence.training.fit import Fit
from credence.training.report.section import Section
from credence.training.validation import Validation
from credence.training.written.answers import cases
from credence.training.written.card import card
from credence.training.written.definition import asked, definition, snake


def write_folder(
    folder: Path, fit: Fit, found: tuple[Validation, tuple[Section, ...]], made: list[tuple[str, str]]
) -> None:
    """Write scorecard.yaml, cases.yaml, README.md and validation.json into a new folder.

    Raises:
        LogExistsError: The folder exists already.
    """
    check_new(folder)
    points = fit.points
    questions = asked(fit, points)
    name = snake(folder.resolve().name, set())
    title = f"Learnt from {made[0][1]}"
    texts = {
        "scorecard.yaml": yaml_text(definition(name, title, points, questions)),
        "cases.yaml": yaml_text(cases(points.base, questions)),
        "README.md": card(title, made, found[0], questions),
        "validation.json": _facts(*found),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")


def _facts(found: Validation, sections: tuple[Section, ...]) -> str:
    facts = msgspec.to_builtins(found) | {section.name: section.facts for section in sections}
    return msgspec.json.format(msgspec.json.encode(facts), indent=2).decode() + "\n"


def check_new(folder: Path) -> None:
    """Make sure that a folder is new, or empty.

    Raises:
        LogExistsError: It is not.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LogExistsError(folder)
