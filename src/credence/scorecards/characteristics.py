"""Reading the characteristics of a scorecard, each with its measure and its points."""

from credence.characteristics.aggregates import Crossing, can_be_missing
from credence.characteristics.filters import Reading
from credence.characteristics.measure import Measure
from credence.characteristics.measures import UNREADABLE, read_measure
from credence.events.vocabulary import Vocabulary
from credence.scorecards.attributes import read_attributes, read_each, read_missing
from credence.scorecards.model import RESULT_COLUMNS, WINDOW_MOST, Attribute, Characteristic, PointsEach
from credence.yaml_file import Node

OPTIONAL = (
    "category", "question", "months", "attributes", "points_each", "missing", "monotone", "advice",
)  # fmt: skip
DIRECTIONS = ("rising", "falling")


def read_characteristics(node: Node | None, words: Vocabulary) -> tuple[Characteristic, ...]:
    """Read the characteristics in document order; a crossing names some that stand above it."""
    read_ones: dict[str, Characteristic] = {}
    for name, child in ({} if node is None else node.entries()).items():
        if not name.isidentifier() or not name.islower():
            child.fault(f"'{name}' must be lower_snake: results use it as a column.")
        if name in RESULT_COLUMNS:
            child.fault(f"'{name}' is a column of every result: call the characteristic something else.")
        read_ones[name] = _characteristic(name, child, words, read_ones)
    if node is not None and node.value == {}:
        node.fault("A scorecard needs at least one characteristic.")
    return tuple(read_ones.values())


def _characteristic(
    name: str, node: Node, words: Vocabulary, above: dict[str, Characteristic]
) -> Characteristic:
    entries = node.keyed(["measure"], OPTIONAL)
    months = entries["months"].integer(1, WINDOW_MOST) if "months" in entries else None
    measure = read_measure(entries["measure"], Reading(words, months)) if "measure" in entries else UNREADABLE
    _check_crossed(node, measure, above)
    crossed = {other: characteristic.measure for other, characteristic in above.items()}
    attributes = read_attributes(entries["attributes"], measure, crossed) if "attributes" in entries else ()
    return Characteristic(
        name=name,
        category=entries["category"].text() if "category" in entries else None,
        question=entries["question"].text() if "question" in entries else name,
        months=months,
        measure=measure,
        attributes=attributes,
        missing=_missing(node, entries, measure),
        each=_each(node, entries, measure),
        monotone=entries["monotone"].choice(DIRECTIONS) if "monotone" in entries else None,
        advice=entries["advice"].flag() if "advice" in entries else True,
    )


def _check_crossed(node: Node, measure: Measure, above: dict[str, Characteristic]) -> None:
    names = measure.answer.names if isinstance(measure.answer, Crossing) else ()
    for name in filter(None, names):
        if name not in above or isinstance(above[name].measure.answer, Crossing):
            node.fault(f"'cross' names '{name}', which is no plain characteristic above it.")


def _each(node: Node, entries: dict[str, Node], measure: Measure) -> PointsEach | None:
    if ("attributes" in entries) == ("points_each" in entries) and isinstance(node.value, dict):
        node.fault("A characteristic has either 'attributes' or 'points_each'.")
    if "points_each" not in entries:
        return None
    if measure is not UNREADABLE and measure.unit != "events":
        node.fault("'points_each' counts events: use it with the measure 'count'.")
    return read_each(entries["points_each"])


def _missing(node: Node, entries: dict[str, Node], measure: Measure) -> Attribute | None:
    """The attribute of those without an answer: needed where that can be, and left aside elsewhere."""
    missing = read_missing(entries["missing"]) if "missing" in entries else None
    if measure is UNREADABLE:
        return missing
    if missing is None and can_be_missing(measure.answer):
        node.fault("'missing' is missing: which points does a person get about whom this is not known?")
    return missing if can_be_missing(measure.answer) else None
