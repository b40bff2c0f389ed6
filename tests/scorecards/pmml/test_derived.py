"""Numbers made of several fields: what PMML says of them, written and read."""

from pathlib import Path

import pytest

from credence.characteristics.aggregates import Derived, columns_in
from credence.errors import DefinitionError
from credence.scorecards.model import Scorecard
from tests.scorecards.pmml.samples import NO_REASONS, attribute, document, loaded, one, row, simple

FIELDS = "".join(
    f'<DataField name="{name}" optype="continuous" dataType="{kind}"/>'
    for name, kind in (("a", "double"), ("b", "double"), ("n", "integer"))
)
REFS = '<FieldRef field="a"/><FieldRef field="b"/>'
ASKED = (
    '<Apply function="notEqual"><FieldRef field="b"/><Constant dataType="double">0</Constant></Apply>'
    f'<Apply function="/">{REFS}</Apply>'
)


def card(folder: Path, inside: str, mining: str = "") -> Scorecard:
    """A scorecard with one question, about the derived field `d`: 5 points below 1, else 7, unknown 3."""
    rows = attribute(3, simple("isMissing", None, "d")) + attribute(5, simple("lessThan", 1, "d"))
    told = one(rows + attribute(7, "<True/>"), "d")
    derived = f"<LocalTransformations>{inside}</LocalTransformations>"
    mined = mining or "".join(f'<MiningField name="{name}"/>' for name in "abn")
    return loaded(folder, document(told, NO_REASONS, FIELDS, mined, inside=derived))


def field(inside: str, name: str = "d", kind: str = "double") -> str:
    """A derived field."""
    return f'<DerivedField name="{name}" optype="continuous" dataType="{kind}">{inside}</DerivedField>'


def apply(function: str, inside: str = REFS, more: str = "") -> str:
    """A function of other fields."""
    return f'<Apply function="{function}"{more}>{inside}</Apply>'


@pytest.mark.parametrize(
    ("function", "way", "scores"),
    [("if", "ratio", (5, 7, 3, 3)), ("max", "greatest", (7, 7, 7, 3)), ("min", "least", (5, 7, 5, 3))],
)
def test_functions_of_two_fields_are_read(
    tmp_path: Path, function: str, way: str, scores: tuple[int, ...]
) -> None:
    found = card(tmp_path, field(apply(function, ASKED if function == "if" else REFS)))
    answer = found.characteristics[0].measure.answer
    assert isinstance(answer, Derived)
    assert answer.way == way
    people = [{"a": 0.5, "b": 2.0}, {"a": 6.0, "b": 2.0}, {"a": 3.0, "b": 0.0}, {}]
    assert tuple(row(found, **person).score for person in people) == scores


def test_an_average_is_of_what_is_known_and_fields_may_have_other_names(tmp_path: Path) -> None:
    other = field('<FieldRef field="b"/>', "other")
    inside = '<FieldRef field="a"/><FieldRef field="other"/>'
    found = card(tmp_path, other + field(apply("avg", inside)))
    assert [column.name for column in columns_in(found.characteristics[0].measure.answer)] == ["a", "b"]
    assert [row(found, a=a, b=b).score for a, b in ((0.0, 1.5), (None, 1.5), (2.0, None))] == [5, 7, 7]


@pytest.mark.parametrize(
    "inside",
    [
        field(apply("/")),
        field(apply("if", ASKED.replace(">0<", ">1<"))),
        field(apply("if", ASKED.replace('"b"', '"a"', 1))),
        field(apply("if", "")),
        field(apply("max", '<FieldRef field="a"/>')),
        field(apply("max", REFS + '<FieldRef field="a"/>')),
        field(apply("max", REFS + '<Constant dataType="double">1</Constant>')),
        field(apply("max", REFS.replace('"a"', '"a" mapMissingTo="0"'))),
        field(apply("max", REFS, ' defaultValue="0"')),
        field(apply("max"), kind="integer"),
        field(apply("max", REFS + '<FieldRef field="n"/>')),
        field(apply("max", REFS + '<FieldRef field="d"/>')),
        field(apply("max", REFS + '<FieldRef field="e"/>')) + field(apply("min"), "e"),
        field(apply("median")),
        field('<FieldRef field="a" mapMissingTo="0"/>'),
        field(REFS),
    ],
)
def test_whatever_else_is_computed_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(DefinitionError, match="'d' is computed, and read here are only"):
        card(tmp_path, inside)


def test_a_part_whose_values_are_treated_is_refused(tmp_path: Path) -> None:
    mining = '<MiningField name="a" missingValueReplacement="0"/><MiningField name="b"/>'
    with pytest.raises(DefinitionError, match="of doubles as they come"):
        card(tmp_path, field(apply("max")), mining)
