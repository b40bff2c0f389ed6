"""Reading a scorecard's file: all faults at once, each with its path and line."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from credence.characteristics.aggregates import Crossing, can_be_missing, is_text
from credence.characteristics.filters import Reading
from credence.characteristics.measures import read_measure
from credence.errors import ScorecardNotFoundError
from credence.events.vocabulary import Vocabulary, shipped
from credence.scorecards import live, texts
from credence.scorecards.attributes import read_attributes, read_each, read_missing
from credence.scorecards.model import Band, Category, Characteristic, Requirement, Rule, Scorecard
from credence.yaml_file import Node, read, settle

SETTINGS = ("live", "lab")
REQUIRED = ("name", "version", "title", "points_base", "characteristics")
OPTIONAL = (
    "setting", "purpose", "range", "scorable_when", "reasons", "bands", "categories",
    "jurisdiction", "evaluated_on_day",
)  # fmt: skip
REQUIREMENT_TESTS = ("at_least", "at_most", "below", "above", "equals")


def shipped_names() -> list[str]:
    """The names of the scorecards that come with Credence."""
    library = Path(str(files("credence"))) / "library"
    return sorted(path.parent.name for path in library.glob("*/scorecard.yaml"))


def find(name: str) -> Path:
    """The file of a scorecard: a shipped name, a shipped name@version, a file or a folder.

    Raises:
        ScorecardNotFoundError: There is none.
    """
    library = Path(str(files("credence"))) / "library"
    plain, _, version = name.partition("@")
    candidates = [Path(name), Path(name) / "scorecard.yaml"]
    if plain in shipped_names():
        folder = library / plain
        candidates = [folder / version / "scorecard.yaml", folder / "scorecard.yaml"]
    for path in candidates:
        if path.is_file():
            return path
    raise ScorecardNotFoundError(name, shipped_names())


def load_scorecard(
    name: str | Path, vocabulary: Vocabulary | None = None, language: str | None = None
) -> Scorecard:
    """Load a scorecard by its shipped name or its path.

    Args:
        name: A shipped name (`everyday`, `everyday@1`), or the path of a file or its folder.
        vocabulary: The kinds it may name; the shipped ones by default.
        language: The language of its texts; those of the file by default.

    Raises:
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: The file has faults; all of them are told.
    """
    path = find(str(name))
    words = vocabulary or shipped()
    node = read(path)
    scorecard = _scorecard(node, words)
    settle(node, str(path))
    scorecard = replace(scorecard, definition_hash=_hash(scorecard, words))
    _, _, version = str(name).partition("@")
    if version and str(scorecard.version) != version and not path.samefile(str(name)):
        raise ScorecardNotFoundError(str(name), shipped_names())
    return texts.translated(scorecard, path, language) if language else scorecard


def _hash(scorecard: Scorecard, words: Vocabulary) -> str:
    def plain(value: object) -> str:
        return str(value)

    content = msgspec.json.encode([scorecard, words.hash], enc_hook=plain, order="sorted")
    return sha256(content).hexdigest()


def _scorecard(node: Node, words: Vocabulary) -> Scorecard:
    entries = node.keyed(REQUIRED, OPTIONAL)
    setting = entries["setting"].choice(SETTINGS) if "setting" in entries else ""
    scorecard = Scorecard(
        name=entries["name"].text() if "name" in entries else "",
        version=entries["version"].integer(1) if "version" in entries else 1,
        title=entries["title"].text() if "title" in entries else "",
        setting=setting,
        points_base=entries["points_base"].integer() if "points_base" in entries else 0,
        characteristics=_characteristics(entries.get("characteristics"), words),
        purpose=tuple(entries["purpose"].words()) if "purpose" in entries else (),
        range=_range(entries.get("range")),
        scorable_when=_rules(entries.get("scorable_when"), words),
        reasons={code: child.text() for code, child in _entries(entries.get("reasons"))},
        bands=_bands(entries.get("bands")),
        categories={name: _category(child) for name, child in _entries(entries.get("categories"))},
        jurisdiction=entries["jurisdiction"].text() if "jurisdiction" in entries else "any",
        evaluated_on_day=_day(entries.get("evaluated_on_day")),
        barred_kinds=live.barred_kinds(words) if setting == "live" else (),
    )
    _check_whole(node, entries, scorecard)
    live.check(node, entries, scorecard, words)
    return scorecard


def _entries(node: Node | None) -> list[tuple[str, Node]]:
    return [] if node is None else list(node.entries().items())


def _day(node: Node | None) -> int | None:
    return None if node is None else node.integer(1, 31)


def _range(node: Node | None) -> tuple[int, int] | None:
    if node is None:
        return None
    limits = [item.integer() for item in node.items()]
    if len(limits) != 2 or limits[0] >= limits[1]:
        node.fault("'range' is the lowest and the highest score possible, like [350, 950].")
        return None
    return limits[0], limits[1]


def _bands(node: Node | None) -> tuple[Band, ...]:
    bands: list[Band] = []
    for child in [] if node is None else node.items():
        entries = child.keyed(["name"], ["below"])
        below = entries["below"].integer() if "below" in entries else None
        before = bands[-1].below if bands else None
        if bands and (before is None or (below is not None and below <= before)):
            child.fault(
                "Bands rise: each 'below' is greater than the one above it, and only the last has none."
            )
        bands.append(Band(entries["name"].text() if "name" in entries else "", below))
    if node is not None and bands and bands[-1].below is not None:
        node.fault("The last band has no 'below': it takes the highest scores.")
    return tuple(bands)


def _category(node: Node) -> Category:
    entries = node.keyed(["title", "meaning"])
    title, meaning = (entries[key].text() if key in entries else "" for key in ("title", "meaning"))
    return Category(title, meaning)


def _rules(node: Node | None, words: Vocabulary) -> tuple[Rule, ...]:
    return tuple(_rule(child, words) for child in ([] if node is None else node.items()))


def _rule(node: Node, words: Vocabulary) -> Rule:
    grouped = isinstance(node.value, dict) and "any" in node.value
    shape = ("any",) if grouped else ("measure",)
    entries = node.keyed([*shape, "code", "sentence"], () if grouped else ("months", *REQUIREMENT_TESTS))
    code, sentence = (entries[key].text() if key in entries else "" for key in ("code", "sentence"))
    if grouped:
        members = tuple(
            _requirement(child, child.keyed(["measure"], ("months", *REQUIREMENT_TESTS)), words)
            for child in entries["any"].items()
        )
        return Rule(code, sentence, members)
    return Rule(code, sentence, (_requirement(node, entries, words),))


def _requirement(node: Node, entries: dict[str, Node], words: Vocabulary) -> Requirement:
    months = entries["months"].integer(1) if "months" in entries else None
    given = [name for name in REQUIREMENT_TESTS if name in entries]
    if len(given) != 1:
        node.fault(f"Say what is required with one of: {', '.join(REQUIREMENT_TESTS)}.")
    test = given[0] if given else "at_least"
    limit = entries[test].number() if test in entries else Fraction(0)
    blank = Node({"column": node}, node.path, node.line, [])
    measure = read_measure(entries.get("measure", blank), Reading(words, months))
    if is_text(measure.answer):
        node.fault("A requirement compares a number, and this measure's answer is a text.")
    return Requirement(measure, months, test, limit)


CHARACTERISTIC_OPTIONAL = (
    "category", "question", "months", "attributes", "points_each", "missing", "monotone", "advice",
)  # fmt: skip


def _characteristics(node: Node | None, words: Vocabulary) -> tuple[Characteristic, ...]:
    read_ones: dict[str, Characteristic] = {}
    for name, child in _entries(node):
        if not name.isidentifier() or not name.islower():
            child.fault(f"'{name}' must be lower_snake: results use it as a column.")
        characteristic = _characteristic(name, child, words)
        crossed = characteristic.measure.answer
        for other in crossed.names if isinstance(crossed, Crossing) else ():
            if other not in read_ones or isinstance(read_ones[other].measure.answer, Crossing):
                child.fault(f"'cross' names '{other}', which is no plain characteristic above it.")
        read_ones[name] = characteristic
    if node is not None and not read_ones:
        node.fault("A scorecard needs at least one characteristic.")
    return tuple(read_ones.values())


def _characteristic(name: str, node: Node, words: Vocabulary) -> Characteristic:
    entries = node.keyed(["measure"], CHARACTERISTIC_OPTIONAL)
    months = entries["months"].integer(1, 1200) if "months" in entries else None
    blank = Node({"column": Node("none", "", node.line, [])}, node.path, node.line, [])
    measure = read_measure(entries.get("measure", blank), Reading(words, months))
    if ("attributes" in entries) == ("points_each" in entries):
        node.fault("A characteristic has either 'attributes' or 'points_each'.")
    each = read_each(entries["points_each"]) if "points_each" in entries else None
    if each is not None and measure.unit != "events":
        node.fault("'points_each' counts events: use it with the measure 'count'.")
    missing = read_missing(entries["missing"]) if "missing" in entries else None
    if missing is None and can_be_missing(measure.answer):
        node.fault("'missing' is missing: which points does a person get about whom this is not known?")
    return Characteristic(
        name,
        entries["category"].text() if "category" in entries else None,
        entries["question"].text() if "question" in entries else name,
        months,
        measure,
        read_attributes(entries["attributes"], measure) if "attributes" in entries else (),
        missing if can_be_missing(measure.answer) else None,
        each,
        entries["monotone"].choice(["rising", "falling"]) if "monotone" in entries else None,
        entries["advice"].flag() if "advice" in entries else True,
    )


def _check_whole(node: Node, entries: dict[str, Node], scorecard: Scorecard) -> None:
    """Note what is wrong between the parts: reasons and categories without text, points out of range."""
    characteristics = entries["characteristics"].entries() if "characteristics" in entries else {}
    for characteristic in scorecard.characteristics:
        child = characteristics[characteristic.name]
        for code in dict.fromkeys(row.reason for row in characteristic.rows() if row.reason):
            if code not in scorecard.reasons:
                child.fault(f"The reason '{code}' has no sentence under 'reasons'.")
        if characteristic.category is not None and characteristic.category not in scorecard.categories:
            child.fault(f"The category '{characteristic.category}' is not among 'categories'.")
    if scorecard.range is not None and scorecard.characteristics:
        _check_range(entries["range"], scorecard, scorecard.range)


def _check_range(node: Node, scorecard: Scorecard, limits: tuple[int, int]) -> None:
    most = [c.points_most for c in scorecard.characteristics]
    least = [c.points_least for c in scorecard.characteristics]
    high = None if None in most else scorecard.points_base + sum(p for p in most if p is not None)
    low = None if None in least else scorecard.points_base + sum(p for p in least if p is not None)
    if low is None or high is None:
        node.fault("Points without a 'cap' can leave the range: give every 'points_each' a 'cap'.")
    elif low < limits[0] or high > limits[1]:
        node.fault(f"Scores can reach {low} to {high}, beyond the range of {limits[0]} to {limits[1]}.")
