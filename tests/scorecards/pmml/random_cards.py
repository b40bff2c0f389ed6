"""Random scorecards of columns, and random people for them: what the proofs of PMML run on."""

import json
from pathlib import Path
from random import Random

from credence.characteristics.aggregates import columns_in
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml.fields import CLOSURES
from credence.scorecards.pmml.predicates import OPERATORS
from tests.scorecards.pmml.samples import NO_REASONS, attribute, document, one, simple

CODES = "ABCDEFG"
TEXTS = ("rent", "own", "with parents", 'O\'Hara & "Sons"', "<none>", "房东", "missing", "any other")
# Those that can stand in an attribute or a list as they are.
PLAIN = ("rent", "own", "房东", "missing")
LIMITS = (-7, -0.5, 0, 0.1, 0.30000001, 1, 2.5, 33, 1000, 999_999.25)
Entry = dict[str, object]


def random_card(chance: Random, folder: Path) -> Scorecard:
    """A scorecard of columns, written to a file and loaded from it."""
    characteristics = {f"c{n}": random_characteristic(chance, n) for n in range(chance.randrange(2, 7))}
    definition: Entry = {
        "name": f"card_{chance.randrange(100)}",
        "version": chance.randrange(1, 9),
        "title": chance.choice(["A card", "卡片", "Points: 'more' \"less\" & <such>"]),
        "setting": "lab",
        "points_base": chance.randrange(-50, 600),
        "reasons": {code: f"Because of {code}" for code in (*CODES, "X")},
        "characteristics": characteristics,
    }
    if chance.random() < 0.5:
        told = [name for name in characteristics if chance.random() < 0.7]
        points = {name: chance.choice([chance.randrange(-9, 40), 12.75, -0.5]) for name in told}
        definition["baseline"] = {"method": chance.choice(["mean", "neutral", "other"]), "points": points}
    if chance.random() < 0.4:
        definition["reason_points"] = "above"
    path = folder / "card.yaml"
    path.write_text(json.dumps(definition), encoding="utf-8")
    return load_scorecard(path)


def random_characteristic(chance: Random, number: int) -> Entry:
    """A characteristic of a number or a text."""
    text = chance.random() < 0.3
    kind = {"type": "text"} if text else {}
    rows = random_texts(chance) if text else random_numbers(chance)
    measure: Entry = {"column": f"col {number}", **kind}
    return {
        "measure": measure if text or chance.random() < 0.7 else random_derived(chance),
        "attributes": [*rows, given(chance, line=not text, label="the rest", barred=bool(rows))],
        "missing": given(chance, line=False),
    }


def random_derived(chance: Random) -> Entry:
    """A number made of several columns, which no other characteristic takes for texts."""
    names = chance.sample(["part 1", "part 2", "part 3"], chance.choice([2, 3]))
    made: list[Entry] = [{f"{way}_of": names} for way in ("greatest", "least", "average")]
    return chance.choice([{"ratio": names[0], "to": names[1]}, *made])


def given(chance: Random, *, line: bool, label: str | None = None, barred: bool = True) -> Entry:
    """What an attribute gives: mostly points."""
    name: Entry = {"label": label} if label else {}
    if barred and chance.random() < 0.06:
        return name | {"unscorable": "X"}
    points: object = chance.randrange(-30, 90)
    if line and chance.random() < 0.15:
        points = {
            "times": chance.choice([0.03, -1.5, 2]),
            "plus": chance.choice([0, 11, -0.5]),
            "rounding": chance.choice(["floor", "ceiling", "half_up"]),
            "at_least": -40,
            "at_most": 60,
        }
    return name | {"points": points} | ({"reason": chance.choice(CODES)} if chance.random() < 0.9 else {})


def random_texts(chance: Random) -> list[Entry]:
    """Attributes of single texts, or of a few."""
    texts = chance.sample(TEXTS, 5)
    parts = [texts[:1], texts[1:2], texts[2:]]
    return [
        {"in": part} | given(chance, line=False, label=f"texts {n}")
        for n, part in enumerate(parts[: chance.randrange(4)])
    ]


def random_numbers(chance: Random) -> list[Entry]:
    """Attributes of special values, then of rising limits."""
    limits = sorted(chance.sample(LIMITS, chance.randrange(5)))
    special: list[Entry] = [{"in": chance.sample([0, -9, 1, 33, 0.1], 2)}] if chance.random() < 0.4 else []
    rising: list[Entry] = [{chance.choice(["below", "up_to"]): limit} for limit in limits]
    return [
        test | given(chance, line=True, label=f"numbers {n}") for n, test in enumerate([*special, *rising])
    ]


def columns_of(card: Scorecard) -> dict[str, bool]:
    """The columns that a scorecard looks at, and whether each is a text."""
    answers = [c.measure.answer for c in card.characteristics]
    return {column.name: column.text for answer in answers for column in columns_in(answer)}


def random_people(chance: Random, columns: dict[str, bool], count: int) -> list[Entry]:
    """People with an answer, or none, in every column; many at the very limits."""

    def value(*, text: bool) -> object:
        if chance.random() < 0.1:
            return None
        if text:
            return chance.choice([*TEXTS, "nobody named this"])
        near = chance.choice([*LIMITS, -9])
        return float(chance.choice([near, near, near + chance.uniform(-2, 2), chance.uniform(-50, 2000)]))

    return [{name: value(text=text) for name, text in columns.items()} for _ in range(count)]


def random_document(chance: Random) -> str:
    """A PMML document as others write it: predicates in any order, values treated on the way.

    The evaluator takes xor for something else than the specification does, and surrogate for never true.
    """
    mining, fields, written = "", "", ""
    for number in range(chance.randrange(2, 5)):
        name, text = f"f{number}", chance.random() < 0.3
        kind = 'optype="categorical" dataType="string"' if text else 'optype="continuous" dataType="double"'
        fields += f'<DataField name="{name}" {kind}>{random_bounds(chance, text=text)}</DataField>'
        mining += f'<MiningField name="{name}"{random_treatment(chance, text=text)}/>'
        rows = [random_predicate(chance, name, text=text, depth=0) for _ in range(chance.randrange(1, 6))]
        rows += ["<True/>"] if chance.random() < 0.9 else []
        written += one("".join(attribute(chance.randrange(-20, 60), row) for row in rows), name)
    return document(written, NO_REASONS, fields, mining)


def random_bounds(chance: Random, *, text: bool) -> str:
    """Which values are valid, where that is said."""
    if chance.random() < 0.7:
        return ""
    if text:
        return "".join(f'<Value value="{value}"/>' for value in PLAIN)
    closure = chance.choice(CLOSURES)
    return f'<Interval closure="{closure}" leftMargin="-0.5" rightMargin="33"/>'


def random_treatment(chance: Random, *, text: bool) -> str:
    """What becomes of invalid, missing and outlying values."""
    choice = chance.random()
    if choice < 0.3:
        # The evaluator takes a text that is not listed for a missing one.
        word = chance.choice(["asMissing", "returnInvalid", *([] if text else ["asIs"])])
        return f' invalidValueTreatment="{word}"'
    if choice < 0.6:
        return ""
    if text or chance.random() < 0.5:
        return f' missingValueReplacement="{chance.choice(PLAIN) if text else chance.choice(LIMITS)}"'
    outliers = chance.choice(["asIs", "asMissingValues", "asExtremeValues"])
    return f' outliers="{outliers}" lowValue="-0.5" highValue="33"'


def random_predicate(chance: Random, field: str, *, text: bool, depth: int) -> str:
    """A predicate on a field, and perhaps others in it."""
    choice = chance.random()
    if choice < 0.3 and depth < 3:
        parts = (
            random_predicate(chance, field, text=text, depth=depth + 1) for _ in range(chance.randrange(2, 4))
        )
        word = chance.choice(["and", "or"])
        return f'<CompoundPredicate booleanOperator="{word}">{"".join(parts)}</CompoundPredicate>'
    if choice < 0.5:
        values = chance.sample(PLAIN, 3) if text else [f"{limit}" for limit in chance.sample(LIMITS, 3)]
        array = f'<Array n="3" type="{"string" if text else "real"}">{" ".join(values)}</Array>'
        word = chance.choice(["isIn", "isNotIn"])
        return f'<SimpleSetPredicate field="{field}" booleanOperator="{word}">{array}</SimpleSetPredicate>'
    if choice < 0.6:
        return chance.choice(
            ["<False/>", simple("isMissing", None, field), simple("isNotMissing", None, field)]
        )
    words = ["equal", "notEqual"] if text else list(OPERATORS[:6])
    return simple(chance.choice(words), chance.choice(PLAIN if text else LIMITS), field)
