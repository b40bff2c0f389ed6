"""The format of scorecards as JSON Schema (draft 2020-12): for checking, and for completion in editors.

It describes what stands where. What the parts must agree on (limits that rise, reasons with a sentence,
what live bars) only loading a scorecard tells.
"""

from collections.abc import Iterable, Mapping

from credence.characteristics.filters import CURRENCY, NUMBER_TESTS
from credence.characteristics.measures import READERS
from credence.characteristics.measures.of_columns import COLUMNS
from credence.events.vocabulary import Vocabulary
from credence.scorecards import load
from credence.scorecards.baselines import METHODS, SIDES
from credence.scorecards.characteristics import DIRECTIONS
from credence.scorecards.crossing import NUMBER_TESTS as CROSSED_TESTS
from credence.scorecards.lines import ROUNDINGS
from credence.scorecards.live import purposes
from credence.scorecards.model import POINTS_MOST, WINDOW_MOST
from credence.scorecards.requirements import TESTS as REQUIRED_TESTS
from credence.yaml_file import NUMBER_MOST

Schema = dict[str, object]
DIALECT, NAME = "https://json-schema.org/draft/2020-12/schema", "urn:credence:scorecard:1"
TEXT: Schema = {"type": "string", "pattern": "\\S"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number", "minimum": -NUMBER_MOST, "maximum": NUMBER_MOST}
WHOLE: Schema = {"type": "integer", "minimum": -NUMBER_MOST, "maximum": NUMBER_MOST}
POINTS: Schema = {"type": "integer", "minimum": -POINTS_MOST, "maximum": POINTS_MOST}
WINDOW: Schema = {"type": "integer", "minimum": 1, "maximum": WINDOW_MOST}
VALUE: Schema = {"type": ["string", "number"]}


def schema(words: Vocabulary) -> Schema:
    """The schema of a scorecard that may name the kinds and fields of a vocabulary."""
    defs = {
        "kind": _choice(words.counted()),
        "field": _choice(words.fields),
        "condition": _condition(),
        "measure": _measure(),
        "requirement": _requirement(),
        "points": _points(),
        "cell": _cell(),
        "attribute": _attribute(),
        "characteristic": _characteristic(),
    }
    head = {"$schema": DIALECT, "$id": NAME, "title": "A scorecard of Credence"}
    return head | _whole(words) | {"$defs": defs}


def _whole(words: Vocabulary) -> Schema:
    places = sorted({place for kind in words.kinds.values() for place in kind.counts_for} | {"any"})
    parts: dict[str, Schema] = {
        "name": _said(TEXT, "its name, by which a shipped scorecard is found"),
        "version": _said(
            {"type": "integer", "minimum": 1}, "stepped with every change that can move a score"
        ),
        "title": _said(TEXT, "what people call it"),
        "setting": _said(_choice(load.SETTINGS), "live, or lab for simulations on synthetic people"),
        "purpose": _said(_one_or_some(_choice(purposes())), "what a live scorecard may be used for"),
        "range": _said(
            {**_list(WHOLE), "minItems": 2, "maxItems": 2}, "the lowest and highest score possible"
        ),
        "points_base": _said(POINTS, "what everyone starts with"),
        "scorable_when": _list({"$ref": "#/$defs/requirement"}, least=0),
        "reasons": _said(_named(TEXT), "the sentence of every reason code"),
        "bands": _list(_object({"name": TEXT, "below": WHOLE}, ["name"]), least=0),
        "categories": _named(_object({"title": TEXT, "meaning": TEXT}, ["title", "meaning"])),
        "jurisdiction": _said(_choice(places), "whose law says how long an event counts"),
        "evaluated_on_day": {"type": "integer", "minimum": 1, "maximum": 31},
        "baseline": _object({"method": _choice(METHODS), "points": _named(NUMBER)}, ["method", "points"]),
        "reason_points": _choice(SIDES),
        "reasons_always": _list(TEXT),
        "characteristics": {
            **_named({"$ref": "#/$defs/characteristic"}),
            "minProperties": 1,
            "propertyNames": {"pattern": "^[^\\W\\dA-Z][^\\WA-Z]*$"},
        },
    }
    return _object(parts, list(load.REQUIRED))


def _characteristic() -> Schema:
    each = _object({"points": POINTS, "cap": POINTS, "reason": TEXT, "label": TEXT}, ["points"])
    parts: dict[str, Schema] = {
        "category": TEXT,
        "question": _said(TEXT, "what people are shown"),
        "months": _said(
            WINDOW, "how many months before the date of the score are looked at; all if left out"
        ),
        "measure": {"$ref": "#/$defs/measure"},
        "attributes": _list({"$ref": "#/$defs/attribute"}),
        "points_each": _said(each, "points for each event, up to a cap"),
        "missing": _gives({"reason": TEXT}),
        "monotone": _choice(DIRECTIONS),
        "advice": _said(FLAG, "false where nobody should be advised to change it"),
    }
    either = [{"required": [name]} for name in ("attributes", "points_each")]
    return _object(parts, ["measure"]) | {"oneOf": either}


def _attribute() -> Schema:
    tests: dict[str, Schema] = {
        "below": NUMBER,
        "up_to": NUMBER,
        "in": _one_or_some(VALUE),
        "equals": _one_or_some(VALUE),
        "when": {**_named({"$ref": "#/$defs/cell"}), "minProperties": 1},
    }
    pairs = [{"required": [a, b]} for a in tests for b in tests if a < b]
    return _gives({**tests, "reason": TEXT, "label": TEXT}) | {"not": {"anyOf": pairs}}


def _gives(parts: dict[str, Schema]) -> Schema:
    """Either points, or the code of why there is no score."""
    either = [{"required": [name]} for name in ("points", "unscorable")]
    return _object({**parts, "points": {"$ref": "#/$defs/points"}, "unscorable": TEXT}, []) | {
        "oneOf": either
    }


def _points() -> Schema:
    factor: Schema = {"type": "number", "minimum": -POINTS_MOST, "maximum": POINTS_MOST}
    parts = {
        "times": factor,
        "plus": factor,
        "rounding": _choice(ROUNDINGS),
        "at_least": POINTS,
        "at_most": POINTS,
    }
    return {"anyOf": [POINTS, _object(parts, ["times", "plus", "rounding"])]}


def _cell() -> Schema:
    tests = dict.fromkeys(CROSSED_TESTS, NUMBER) | {"in": _one_or_some(VALUE), "equals": _one_or_some(VALUE)}
    alone = {"required": ["missing"], "maxProperties": 1}
    both = {"required": ["in", "equals"]}
    known = {"not": {"anyOf": [{"required": ["missing"], "properties": {"missing": {"const": True}}}, both]}}
    return _object({**tests, "missing": FLAG}, []) | {"minProperties": 1, "anyOf": [alone, known]}


def _requirement() -> Schema:
    asked: dict[str, Schema] = {"measure": {"$ref": "#/$defs/measure"}, "months": WINDOW}
    asked |= dict.fromkeys(REQUIRED_TESTS, NUMBER)
    one = {"oneOf": [{"required": [test]} for test in REQUIRED_TESTS]}
    told = {"code": TEXT, "sentence": TEXT}
    alone = _object({**asked, **told}, ["measure", "code", "sentence"]) | one
    some = {"any": _list(_object(asked, ["measure"]) | one), **told}
    return {"anyOf": [alone, _object(some, ["any", "code", "sentence"])]}


def _measure() -> Schema:
    """One measure by its name, with the keys that may stand beside it."""
    filtered, summed = _body({}), _body({"field": {"$ref": "#/$defs/field"}})
    named = _body({"field": {"$ref": "#/$defs/field"}}, ["field"])
    dated = _body({"date": {"$ref": "#/$defs/field"}, "unit": _choice(["days", "months"])})
    crossed = {**_list(TEXT), "minItems": 2, "maxItems": 3, "uniqueItems": True}
    columns = {
        **_list(TEXT), "minItems": COLUMNS[0], "maxItems": COLUMNS[-1], "uniqueItems": True
    }  # fmt: skip
    bodies: dict[str, Schema] = {
        "column": TEXT,
        "ratio": TEXT,
        **dict.fromkeys(("greatest_of", "least_of", "average_of"), columns),
        "count": filtered,
        "cross": crossed,
        "share": summed,
        "trend": summed,
        "net_flow": _object({"in": named, "out": named}, ["in", "out"]),
        **dict.fromkeys(("distinct", "last_value", "sum", "average", "greatest", "least"), named),
        **dict.fromkeys(("days_since", "age_of_oldest"), dated),
        **dict.fromkeys(("months_with", "longest_run"), filtered),
    }
    beside: dict[str, Schema] = {
        "context": TEXT,
        "type": _choice(["number", "text"]),
        "of": summed,
        "to": TEXT,
        "recent": {"type": "integer", "minimum": 1, "maximum": WINDOW_MOST},
    }
    needed = {"ratio": ["to"], "share": ["of"], "trend": ["recent"]}
    return {
        "oneOf": [
            _object(
                {name: body, **{key: beside[key] for key in READERS[name].BESIDE}},
                [name, *needed.get(name, [])],
            )
            for name, body in bodies.items()
        ]
    }


def _body(more: dict[str, Schema], needed: Iterable[str] = ()) -> Schema:
    """The body of a measure: which events it looks at, and what is its own."""
    where = {
        "propertyNames": {"$ref": "#/$defs/field"},
        "additionalProperties": {"$ref": "#/$defs/condition"},
    }
    events: dict[str, Schema] = {
        "kind": _one_or_some({"$ref": "#/$defs/kind"}),
        "where": {"type": "object", **where},
        "currency": {"type": "string", "pattern": f"^{CURRENCY.pattern}$"},
        "latest": {"$ref": "#/$defs/field"},
    }
    return _object(events | more, needed)


def _condition() -> Schema:
    value: Schema = {"type": ["string", "integer", "boolean"]}
    tests = dict.fromkeys(NUMBER_TESTS, WHOLE) | {"equals": _one_or_some(value), "in": _one_or_some(value)}
    asked = _object({**tests, "present": FLAG}, []) | {"minProperties": 1}
    return {"anyOf": [_one_or_some(value), asked]}


def _object(parts: Mapping[str, Schema], needed: Iterable[str]) -> Schema:
    required: Schema = {"required": list(needed)} if needed else {}
    return {"type": "object", "properties": dict(parts), **required, "additionalProperties": False}


def _named(item: Schema) -> Schema:
    """Names of one's own, each with such a value."""
    return {"type": "object", "additionalProperties": item}


def _list(item: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": item} | ({"minItems": least} if least else {})


def _one_or_some(item: Schema) -> Schema:
    return {"anyOf": [item, _list(item)]}


def _choice(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _said(part: Schema, description: str) -> Schema:
    """A part with what an editor shows beside it."""
    return {**part, "description": description}
