"""The figures and the model card beside a scorecard: whether they are all there, and of these points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from credence.errors import DefinitionError, Fault, SourceNotFoundError
from credence.scorecards.check import not_monotone
from credence.scorecards.gate.points_hash import points_hash
from credence.scorecards.model import Scorecard
from credence.yaml_file import Node, parse, read

FIGURES, CARD = "validation.json", "README.md"
HASH, STATED = "points_hash", "directions_stated"
# What stands in the figures of a scorecard that was judged as it stands: its name and version.
VALIDATED = "validated"
# A row of a table in Markdown: its first cell and its second, which must say something.
ROW = re.compile(r"\|\s*`?([^|`]+?)`?\s*\|\s*([^|]*[^|\s])\s*\|.*")
CHAPTER = re.compile(r"#+\s+(.+?)\s*")
NONE = (
    "There is no such file. Figures lie beside a scorecard: train it again with --out, or judge it as it "
    "stands with 'credence validate'."
)
OTHER_POINTS = (
    "The figures are of other points than those of the scorecard. Take back what was changed, train it "
    "again, or judge it as it stands with 'credence validate'; only words may change."
)


@cache
def required() -> dict[str, dict[str, str]]:
    """What must be told: figures, rows and chapters, each with what it is."""
    node = parse(files(__package__).joinpath("required.yaml").read_text(encoding="utf-8"), "required.yaml")
    parts = node.entries()
    return {name: {key: child.text() for key, child in parts[name].entries().items()} for name in parts}


def faults_of_figures(folder: Path, scorecard: Scorecard) -> Iterator[tuple[Path, Fault]]:
    """What is wrong with the figures beside a scorecard."""
    path = folder / FIGURES
    try:
        node = read(path)
    except SourceNotFoundError:
        yield path, Fault(1, "", NONE)
        return
    except DefinitionError as error:
        yield from ((path, fault) for fault in error.faults)
        return
    yield from ((path, fault) for fault in _of_figures(node, scorecard))


def _of_figures(node: Node, scorecard: Scorecard) -> Iterator[Fault]:
    given = node.entries()
    asked = required()["figures"] | ({} if VALIDATED in given else required()["learning"])
    for name, what in asked.items():
        if name not in given:
            yield Fault(node.line, name, f"It is missing: {what}.")
        elif not _is_figure(given[name].value):
            yield Fault(given[name].line, name, f"It tells nothing: {what}.")
    if HASH not in given:
        yield Fault(node.line, HASH, "It is missing, so that nobody knows which points the figures are of.")
    elif given[HASH].value != points_hash(scorecard):
        yield Fault(given[HASH].line, HASH, OTHER_POINTS)
    if STATED in given:
        yield from _against(given[STATED], scorecard)


def _is_figure(value: object) -> bool:
    """Whether something is a number, or holds something."""
    return bool(value) if isinstance(value, list | dict) else isinstance(value, int | Decimal)


def _against(node: Node, scorecard: Scorecard) -> Iterator[Fault]:
    """Directions that were stated, and points that go another way."""
    characteristics = {c.name: c for c in scorecard.characteristics}
    for name, child in node.entries().items():
        said = not_monotone(characteristics[name], str(child.value)) if name in characteristics else None
        if said is not None:
            yield Fault(child.line, child.path, f"As stated for the training, {said}")


def faults_of_card(folder: Path) -> Iterator[tuple[Path, Fault]]:
    """What the model card beside a scorecard leaves out."""
    path = folder / CARD
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield (
            path,
            Fault(1, "", "There is no such file in UTF-8: a scorecard that is published has a model card."),
        )
        return
    told = {
        "rows": {found[1] for line in lines if (found := ROW.fullmatch(line.strip()))},
        "chapters": {found[1] for line in lines if (found := CHAPTER.fullmatch(line))},
    }
    places = {"rows": "row of a table", "chapters": "chapter"}
    for part, place in places.items():
        for name, what in required()[part].items():
            if name not in told[part]:
                yield path, Fault(len(lines) or 1, name, f"This {place} is missing: {what}.")
