"""Questions without points: a scorecard's characteristics, or a file that has nothing but some."""

from pathlib import Path

from credence.characteristics.aggregates import Crossing
from credence.characteristics.filters import Reading
from credence.characteristics.measures import UNREADABLE, read_measure
from credence.events.vocabulary import ANYWHERE, Vocabulary
from credence.scorecards.load import find, load_scorecard
from credence.scorecards.model import RESULT_COLUMNS, WINDOW_MOST, Characteristic, Scorecard
from credence.yaml_file import Node, read, settle

# What a file of questions may say, and what makes a file a scorecard.
KEYS, OPTIONAL, POINTS = ("characteristics",), ("jurisdiction",), "points_base"


def load_questions(name: str | Path, words: Vocabulary) -> Scorecard:
    """Load a scorecard, or a file of `characteristics` with a measure each, as a scorecard without points.

    Args:
        name: A shipped name, or the path of a file or folder.
        words: The kinds that measures may name.

    Raises:
        ScorecardNotFoundError: There is no such scorecard or file.
        DefinitionError: It has faults; all of them are told.
    """
    path = find(str(name))
    node = read(path)
    if not isinstance(node.value, dict) or POINTS in node.value or "name" in node.value:
        return load_scorecard(path, words)
    entries = node.keyed(KEYS, OPTIONAL)
    children = entries["characteristics"].entries() if "characteristics" in entries else {}
    if "characteristics" in entries and not children:
        entries["characteristics"].fault("has no question: write at least one.")
    asked = tuple(_question(key, child, words) for key, child in children.items())
    places = {place for kind in words.kinds.values() for place in kind.counts_for} | {ANYWHERE}
    law = entries["jurisdiction"].choice(sorted(places)) if "jurisdiction" in entries else ANYWHERE
    settle(node, str(path))
    return Scorecard(path.stem, 1, "", "lab", 0, asked, jurisdiction=law)


def _question(name: str, node: Node, words: Vocabulary) -> Characteristic:
    if not name.isidentifier() or not name.islower():
        node.fault(f"'{name}' must be lower_snake: results use it as a column.")
    if name in RESULT_COLUMNS:
        node.fault(f"'{name}' is a column of every result: call the question something else.")
    entries = node.keyed(["measure"], ["question", "months"])
    months = entries["months"].integer(1, WINDOW_MOST) if "months" in entries else None
    measure = read_measure(entries["measure"], Reading(words, months)) if "measure" in entries else UNREADABLE
    if isinstance(measure.answer, Crossing):
        node.fault("A crossing has no answer of its own: ask the questions that it crosses.")
    question = entries["question"].text() if "question" in entries else name
    return Characteristic(name, None, question, months, measure)
