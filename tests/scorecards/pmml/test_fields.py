"""Fields: what the model sees in place of missing, invalid and outlying answers."""

from fractions import Fraction
from pathlib import Path

import pytest

from credence.scorecards.pmml.fields import Fields, Interval, PmmlField, Special, Value
from credence.scorecards.pmml.reading import Reading
from credence.xml_file import parse_xml

NUMBER = 'optype="continuous" dataType="double"'
TEXT = 'optype="categorical" dataType="string"'


def field(kind: str, inside: str = "", mining: str = "") -> PmmlField:
    """A field x that is told without faults."""
    data = parse_xml(f'<DataField name="x" {kind}>{inside}</DataField>'.encode(), "it")
    used = parse_xml(f'<MiningField name="x" {mining}/>'.encode(), "it")
    reading = Reading()
    found = Fields(reading, {"x": data}, {"x": used}, {}).field(data, "x")
    assert reading.faults == []
    assert found is not None
    return found


def seen(asked: PmmlField, *answers: object) -> list[Value | Special]:
    """What the model sees in place of answers."""
    return [asked.treated(a if a is None or isinstance(a, str) else Fraction(str(a))) for a in answers]


def test_answers_are_seen_as_they_are() -> None:
    assert seen(field(NUMBER), 1, None) == [1, None]
    assert seen(field(TEXT), "law", None) == ["law", None]


def test_a_value_can_stand_for_missing_or_be_invalid() -> None:
    values = '<Value value="-9" property="missing"/><Value value="-1" property="invalid"/>'
    assert seen(field(NUMBER, values), -9, -1, 0) == [None, Special.INVALID, 0]


@pytest.mark.parametrize(
    ("treatment", "outside"),
    [
        ("", Special.INVALID),
        ('invalidValueTreatment="returnInvalid"', Special.INVALID),
        ('invalidValueTreatment="asIs"', "law"),
        ('invalidValueTreatment="asMissing"', None),
        ('invalidValueTreatment="asMissing" missingValueReplacement="b"', "b"),
        ('invalidValueTreatment="asValue" invalidValueReplacement="a"', "a"),
    ],
)
def test_a_value_that_is_not_listed_is_treated_as_the_schema_says(treatment: str, outside: Value) -> None:
    listed = field(TEXT, '<Value value="a"/><Value value="b"/>', treatment)
    assert seen(listed, "a", "law") == ["a", outside]


def test_numbers_are_valid_inside_their_intervals_and_where_they_are_listed() -> None:
    low = '<Interval closure="closedOpen" leftMargin="0" rightMargin="10"/>'
    high = '<Interval closure="openOpen" leftMargin="20"/>'
    inside = field(NUMBER, f'{low}{high}<Value value="15"/>')
    assert seen(inside, -1, 0, 9, 10, 15, 20, 21) == [
        Special.INVALID, 0, 9, Special.INVALID, 15, Special.INVALID, 21,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("closure", "low", "high"),
    [
        ("openOpen", False, False),
        ("openClosed", False, True),
        ("closedOpen", True, False),
        ("closedClosed", True, True),
    ],
)
def test_an_interval_holds_its_margins_or_not(closure: str, low: bool, high: bool) -> None:  # noqa: FBT001
    interval = Interval(Fraction(1), Fraction(2), closure)
    assert [interval.holds(Fraction(n)) for n in (1, 2)] == [low, high]
    assert Interval(None, None, closure).holds(Fraction(1))


def test_outliers_are_kept_lost_or_brought_to_the_edge() -> None:
    edges = 'lowValue="0" highValue="10"'
    assert seen(field(NUMBER, "", edges), -1, 11) == [-1, 11]
    assert seen(field(NUMBER, "", f'{edges} outliers="asMissingValues"'), -1, 0, 11) == [None, 0, None]
    assert seen(field(NUMBER, "", f'{edges} outliers="asExtremeValues"'), -1, 5, 11) == [0, 5, 10]
    assert seen(field(NUMBER, "", 'outliers="asExtremeValues"'), -1) == [-1]


def test_a_missing_answer_is_replaced_or_makes_the_result_invalid() -> None:
    assert seen(field(NUMBER, "", 'missingValueReplacement="3" missingValueTreatment="asMean"'), None) == [3]
    assert seen(field(NUMBER, "", 'missingValueTreatment="returnInvalid"'), None, 1) == [Special.INVALID, 1]


def test_ranks_of_ones_own_are_no_numbers_to_compare() -> None:
    assert not field('optype="ordinal" dataType="integer"', '<Value value="3"/><Value value="1"/>').ordered
    assert field('optype="ordinal" dataType="integer"').ordered
    assert not field(TEXT).ordered


def test_a_field_is_read_once(tmp_path: Path) -> None:
    data = parse_xml(b'<DataField name="x" dataType="boolean"/>', "it")
    reading = Reading()
    fields = Fields(reading, {"x": data}, {"x": data}, {})
    assert [fields.field(data, "x"), fields.field(data, "x")] == [None, None]
    assert len(reading.faults) == 1
