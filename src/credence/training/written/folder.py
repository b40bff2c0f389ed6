"""The folder of a trained scorecard: definition, cases, model card, figures, report."""

from pathlib import Path

import msgspec

from credence.errors import LogExistsError
from credence.scorecards.gate.figures import HASH, STATED
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.load import load_text
from credence.scorecards.written import yaml_text
from credence.training.directions import EITHER
from credence.training.fit import Fit
from credence.training.report.page import report_page
from credence.training.report.section import Section
from credence.training.validation import Validation
from credence.training.written.answers import cases
from credence.training.written.card import card
from credence.training.written.definition import Asked, asked, definition, snake
from credence.training.written.origin import Origin


def write_folder(
    folder: Path,
    fit: Fit,
    found: tuple[Validation, tuple[Section, ...]],
    made: list[tuple[str, str]],
    origin: Origin | None = None,
) -> None:
    """Write scorecard.yaml, cases.yaml, README.md, validation.json and report.html into a new folder.

    Raises:
        LogExistsError: The folder exists already.
    """
    check_new(folder)
    points = fit.points
    questions = asked(fit, points, origin)
    name = snake(folder.resolve().name, set())
    title = f"Learnt from {made[0][1]}"
    text = yaml_text(definition(name, title, points, questions, origin))
    texts = {
        "scorecard.yaml": text,
        "cases.yaml": yaml_text(cases(points.base, questions)),
        "README.md": card(title, made, found, questions),
        "validation.json": _json(_facts(*found) | _belongs_to(text, fit, questions, origin)),
        "report.html": report_page(title, *found, made),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")


def _facts(found: Validation, sections: tuple[Section, ...]) -> dict[str, object]:
    return {**msgspec.to_builtins(found), **{section.name: section.facts for section in sections}}


def _belongs_to(text: str, fit: Fit, questions: list[Asked], origin: Origin | None) -> dict[str, object]:
    """What the gate compares the scorecard with: the points that the figures are of, directions stated."""
    stated = {q.name: q.direction for q in questions if q.bins.column in fit.wishes.stated}
    directions = {name: direction for name, direction in stated.items() if direction != EITHER}
    words = origin.words if origin else None
    return {HASH: points_hash(load_text(text, "the scorecard", words)), STATED: directions}


def _json(facts: dict[str, object]) -> str:
    return msgspec.json.format(msgspec.json.encode(facts), indent=2).decode() + "\n"


def check_new(folder: Path) -> None:
    """Make sure that a folder is new, or empty.

    Raises:
        LogExistsError: It is not.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LogExistsError(folder)
