"""Two versions of a scorecard in words: what changed, one sentence each, complete."""

from collections.abc import Iterator
from dataclasses import dataclass

from credence.scorecards.exchange.points_table import EACH, TESTS, Cells, to_rows, value_text
from credence.scorecards.model import MISSING, Characteristic, Scorecard
from credence.scorecards.written import definition_of

Values = dict[str, object]
# What is said of a part of the file, in place of its key.
CALLED = {
    "name": "The name",
    "version": "The version",
    "title": "The title",
    "setting": "The setting",
    "purpose": "The purposes",
    "range": "The range",
    "points_base": "What everyone starts with",
    "jurisdiction": "The jurisdiction",
    "evaluated_on_day": "The day of the month on which scores are made",
    "reason_points": "The side of the baseline on which reasons are told",
    "reasons_always": "The reasons that are always told",
    "baseline": "The baseline",
    "category": "the category",
    "question": "the question",
    "months": "the window in months",
    "measure": "the measure",
    "monotone": "the direction said of the points",
    "advice": "whether it may be advised",
}
NAMED = {"reasons": "reason", "categories": "category"}
# What a row of points gives, and what it is called.
GIVEN = {"points": "points", "cap": "the most points", "reason": "reason", "unscorable": "no score"}
NOTHING = "nothing"


@dataclass(frozen=True)
class Change:
    """Something that is not the same: its place in the file, and a sentence with old -> new."""

    place: str
    sentence: str


def changes(old: Scorecard, new: Scorecard) -> list[Change]:
    """Every difference between two scorecards' files, in the order of the file; none if they say the same."""
    before, after = definition_of(old), definition_of(new)
    plain = [key for key in CALLED if key in before or key in after]
    found = [change for key in plain for change in _part(key, CALLED[key], before.get(key), after.get(key))]
    found += _rules(before.get("scorable_when"), after.get("scorable_when"))
    found += _entries("bands", "band", _limits(old), _limits(new))
    for key, what in NAMED.items():
        found += _entries(key, what, before.get(key), after.get(key))
    return [*found, *_characteristics(old, new)]


def _part(place: str, called: str, old: object, new: object) -> Iterator[Change]:
    if old != new:
        sentence = f"{called}: {_said(old)} -> {_said(new)}"
        yield Change(place, sentence if sentence.endswith(("?", ".")) else f"{sentence}.")


def _said(value: object) -> str:
    return NOTHING if value is None else value_text(value)


def _mapping(value: object) -> Values:
    return value if isinstance(value, dict) else {}


def _entries(place: str, what: str, old: object, new: object) -> Iterator[Change]:
    before, after = _mapping(old), _mapping(new)
    for name in dict.fromkeys([*before, *after]):
        here = f"{place}.{name}"
        if name not in after:
            yield Change(here, f"The {what} '{name}' is gone: {_said(before[name])}.")
        elif name not in before:
            yield Change(here, f"The {what} '{name}' is new: {_said(after[name])}.")
        else:
            yield from _part(here, f"The {what} '{name}'", before[name], after[name])
    if before.keys() == after.keys() and list(before) != list(after):
        yield Change(place, f"The order of '{place}': {', '.join(before)} -> {', '.join(after)}.")


def _limits(card: Scorecard) -> Values:
    """The bands by name: what lies below their upper limit, and the rest."""
    return {band.name: "the rest" if band.below is None else {"below": band.below} for band in card.bands}


def _rules(old: object, new: object) -> Iterator[Change]:
    """Rules of who is given a score: part by part where a code has one rule before and after."""
    before, after = _by_code(old), _by_code(new)
    single = [code for code in before if len(before[code]) == len(after.get(code, ())) == 1]
    for code in single:
        was, now = before.pop(code)[0], after.pop(code)[0]
        for key in dict.fromkeys([*was, *now]):
            yield from _part(f"scorable_when.{code}", f"The rule '{code}', {key}", was.get(key), now.get(key))
    yield from _entries("scorable_when", "rule", before, after)
    orders = [[str(rule["code"]) for rule in rules] for rules in (_list(old), _list(new))]
    if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
        yield Change(
            "scorable_when", f"The order of rules: {', '.join(orders[0])} -> {', '.join(orders[1])}."
        )


def _by_code(rules: object) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    for rule in _list(rules):
        told = {key: value for key, value in rule.items() if key != "code"}
        found.setdefault(str(rule["code"]), []).append(told)
    return found


def _list(rules: object) -> list[Values]:
    return rules if isinstance(rules, list) else []


def _characteristics(old: Scorecard, new: Scorecard) -> Iterator[Change]:
    before = {c.name: c for c in old.characteristics}
    after = {c.name: c for c in new.characteristics}
    of_old, of_new = (_mapping(definition_of(card)["characteristics"]) for card in (old, new))
    rows_old, rows_new = _rows(old), _rows(new)
    for name in dict.fromkeys([*before, *after]):
        place = f"characteristics.{name}"
        if name not in after:
            yield Change(place, f"{name} is gone: {before[name].question} {_worth(before[name])}")
        elif name not in before:
            yield Change(place, f"{name} is new: {after[name].question} {_worth(after[name])}")
        else:
            yield from _characteristic(place, name, _mapping(of_old[name]), _mapping(of_new[name]))
            yield from _table(place, name, rows_old[name], rows_new[name])
    kept = [[name for name in names if name in before and name in after] for names in (before, after)]
    if kept[0] != kept[1]:
        yield Change(
            "characteristics", f"The order of questions: {', '.join(kept[0])} -> {', '.join(kept[1])}."
        )


def _worth(c: Characteristic) -> str:
    if c.points_most is None:
        return "(points without a limit)"
    return f"(up to {c.points_most} points)"


def _characteristic(place: str, name: str, old: Values, new: Values) -> Iterator[Change]:
    for key in [key for key in CALLED if key in old or key in new]:
        yield from _part(f"{place}.{key}", f"{name}: {CALLED[key]}", old.get(key), new.get(key))


def _rows(card: Scorecard) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for cells in to_rows(card):
        found.setdefault(cells["characteristic"], []).append(cells)
    return found


def _table(place: str, name: str, old: list[Cells], new: list[Cells]) -> Iterator[Change]:
    """Rows of points: as many as before are compared one by one, else those of the same name."""
    by_place = len(old) == len(new)
    before, after = _keyed(old, by_place=by_place), _keyed(new, by_place=by_place)
    for key in dict.fromkeys([*before, *after]):
        if key not in after:
            yield Change(
                place, f"{name}: the row '{before[key]['attribute']}' is gone: {_gives(before[key])}."
            )
        elif key not in before:
            yield Change(place, f"{name}: the row '{after[key]['attribute']}' is new: {_gives(after[key])}.")
        else:
            yield from _row(place, name, before[key], after[key])


def _keyed(rows: list[Cells], *, by_place: bool) -> dict[str, Cells]:
    """Rows by what they are paired by: special ones, and the last, which takes the rest, with their like."""
    special = {key: cells for cells in rows for key in (MISSING, EACH) if key in cells}
    plain = [cells for cells in rows if MISSING not in cells and EACH not in cells]
    names = [str(n) if by_place else f"'{cells['attribute']}'" for n, cells in enumerate(plain)]
    return dict(zip([*names[:-1], "rest"], plain, strict=bool(plain))) | special


def _gives(cells: Cells) -> str:
    return ", ".join(f"{called} {cells[key]}" for key, called in GIVEN.items() if key in cells)


def _row(place: str, name: str, old: Cells, new: Cells) -> Iterator[Change]:
    asked = [[cells.get(key) for key in (*TESTS, "label")] for cells in (old, new)]
    if asked[0] != asked[1]:
        yield Change(place, f"{name}: the row {_row_said(old)} -> {_row_said(new)}.")
    for key, called in GIVEN.items():
        if old.get(key) != new.get(key):
            was, now = old.get(key, NOTHING), new.get(key, NOTHING)
            yield Change(place, f"{name}, '{new['attribute']}': {called} {was} -> {now}.")


def _row_said(cells: Cells) -> str:
    """A row by its name in results, and its test where the name is one's own."""
    tests = "".join(f" ({key} {cells[key]})" for key in TESTS if key in cells and "label" in cells)
    return f"'{cells['attribute']}'{tests}"
