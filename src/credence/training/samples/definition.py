"""The file that says what to sample: whose questions, at which points, what makes a row good or bad."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from credence.characteristics.aggregates import aggregates_of
from credence.characteristics.filters import Reading, read_filter
from credence.engines.samples.asked import BAD, GOOD, INDETERMINATE, Asked, Outcomes, Points, Rule
from credence.engines.samples.statements import answered
from credence.events.calendar import add_months
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard
from credence.scorecards.requirements import read_alternatives
from credence.training.questions import load_questions
from credence.yaml_file import Node, read, settle

KEYS = ("performance", "bad", "indeterminate", "good", "exclude", "known_until")
WAYS = ("dates", "from", "each", "table")
BESIDE = {"dates": (), "from": ("to", "every"), "each": ("days_before",), "table": ("outcome", "columns")}
EACH = ("kind", "where", "currency")
OUTCOMES = (BAD, INDETERMINATE, GOOD)
# Windows and steps beyond a hundred years are slips of the pen.
MONTHS_MOST = 1200
DAYS_MOST = 36_500
# What a sample's columns are called beside the answers.
TAKEN = ("observed_on", "outcome")


@dataclass(frozen=True)
class _File:
    """The file's folder, where paths in it begin, and the words it may use."""

    folder: Path
    words: Vocabulary


def read_samples(path: Path, words: Vocabulary) -> Asked:
    """Read the definition of samples.

    Args:
        path: The YAML file; paths in it begin at its folder.
        words: The kinds that its rules may name: those of the log.

    Raises:
        SourceNotFoundError: There is no such file.
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: The file, or the scorecard's, has faults; all of them are told.
    """
    node, file = read(path), _File(path.parent, words)
    entries = node.keyed(["scorecard", "observation"], KEYS)
    points = _points(entries["observation"], file) if "observation" in entries else Points()
    outcomes = _by_values(node, entries) if points.outcome else _by_rules(node, entries, words)
    exclude = _rules(entries.get("exclude"), words)
    until = entries["known_until"].day() if "known_until" in entries else None
    name = entries["scorecard"].text() if "scorecard" in entries else ""
    settle(node, str(path))
    card = load_questions(file.folder / name if (file.folder / name).exists() else name, words)
    _check_names(entries, card, points)
    settle(node, str(path))
    return Asked(card, points, outcomes, exclude, until)


def _check_names(entries: dict[str, Node], card: Scorecard, points: Points) -> None:
    asked = [c.name for c in answered(card)]
    if not asked:
        sentence = f"'{card.name}' asks events nothing: all it looks at are columns of a table."
        entries["scorecard"].fault(sentence)
    for name in sorted(set(TAKEN) & {c.name for c in card.characteristics}):
        sentence = f"'{name}' is a column of every sample: call the characteristic something else."
        entries["scorecard"].fault(sentence)
    for name in dict.fromkeys(points.columns):
        if name in (*asked, *TAKEN, "person_id", "as_of") or points.columns.count(name) > 1:
            sentence = f"The sample has a column '{name}' already: keep one, or call this one something else."
            entries["observation"].fault(sentence)


def _points(node: Node, file: _File) -> Points:
    entries = node.entries()
    named = [way for way in WAYS if way in entries]
    if len(named) != 1:
        node.fault(f"Say where to look with one of: {', '.join(WAYS)}.")
        return Points()
    way = named[0]
    node.keyed(["from", "to", "every"] if way == "from" else [way], BESIDE[way])
    if way == "each":
        return _each(entries, file.words)
    if way == "table":
        outcome = entries["outcome"].text() if "outcome" in entries else None
        columns = tuple(entries["columns"].words()) if "columns" in entries else ()
        return Points(table=file.folder / entries["table"].text(), outcome=outcome, columns=columns)
    return Points(days=_dates(entries["dates"]) if way == "dates" else _grid(entries))


def _each(entries: dict[str, Node], words: Vocabulary) -> Points:
    node = entries["each"]
    events = read_filter(node.keyed(["kind"], EACH), node, Reading(words, None))
    before = entries["days_before"].integer(0, DAYS_MOST) if "days_before" in entries else 0
    return Points(each=events, days_before=before)


def _dates(node: Node) -> tuple[date, ...]:
    days = [item.day() for item in node.items()]
    if node.value == []:
        node.fault("is an empty list: name at least one date.")
    if len(set(days)) < len(days):
        node.fault("names a date twice: keep one.")
    return tuple(sorted(set(days)))


def _grid(entries: dict[str, Node]) -> tuple[date, ...]:
    if not {"to", "every"} <= entries.keys():
        return ()
    first, last = entries["from"].day(), entries["to"].day()
    every = entries["every"].integer(1, MONTHS_MOST)
    if last < first:
        entries["to"].fault(f"is {last}, before 'from', {first}.")
    found: list[date] = []
    while len(found) <= MONTHS_MOST and (day := add_months(first, every * len(found))) <= last:
        found.append(day)
    if len(found) > MONTHS_MOST:
        entries["to"].fault(f"makes more than {MONTHS_MOST:,} days: take fewer.")
    return tuple(found)


def _by_rules(node: Node, entries: dict[str, Node], words: Vocabulary) -> Outcomes:
    """Outcomes that events tell, within the performance window."""
    for key in ("performance", BAD):
        if key not in entries and isinstance(node.value, dict):
            node.fault(f"'{key}' is missing.")
    months = entries["performance"].integer(1, MONTHS_MOST) if "performance" in entries else 1
    rules = tuple((name, _rules(entries[name], words, windows=False)) for name in OUTCOMES if name in entries)
    return Outcomes(months, rules)


def _by_values(node: Node, entries: dict[str, Node]) -> Outcomes:
    """Outcomes that the table tells."""
    if "performance" in entries:
        entries["performance"].fault("belongs to rules about events, and here a table tells the outcome.")
    if BAD not in entries:
        node.fault(f"'{BAD}' is missing: which values of the table's column are bad?")
    said = tuple((name, tuple(_values(entries[name]))) for name in OUTCOMES if name in entries)
    return Outcomes(values=said)


def _values(node: Node) -> list[str]:
    """Values of a table's column, as they are compared: texts."""
    items = node.items() if isinstance(node.value, list) else [node]
    if not items:
        node.fault("is an empty list: name a value.")
    return [str(item.value).lower() if isinstance(item.value, int) else item.text() for item in items]


def _rules(node: Node | None, words: Vocabulary, *, windows: bool = True) -> tuple[Rule, ...]:
    found = []
    for child in [] if node is None else node.items():
        entries, alternatives = read_alternatives(child, ["why"], words)
        for each in alternatives:
            if each.measure.name and not aggregates_of(each.measure.answer):
                child.fault("looks at no events: a rule can only ask what happened.")
            if each.months is not None and not windows:
                child.fault("has 'months': the window is that of 'performance'.")
        found.append(Rule(entries["why"].text() if "why" in entries else "", alternatives))
    if node is not None and node.value == []:
        node.fault("is an empty list: leave it out, or write a rule.")
    return tuple(found)
