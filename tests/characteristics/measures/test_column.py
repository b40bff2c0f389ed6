"""column: a column of a table of people, a number or a text; missing where the table has none."""

from credence.characteristics.aggregates import Column, aggregates_of, can_be_missing
from tests.characteristics.reading import faults, good


def test_a_column_is_a_number_unless_it_says_text() -> None:
    assert good("{column: Age}").answer == Column("Age", text=False)
    measure = good("{column: Region, type: text, context: credit}")
    assert measure.answer == Column("Region", text=True)
    assert (measure.unit, measure.context) == ("text", "credit")


def test_a_column_looks_at_no_events_and_may_be_missing() -> None:
    answer = good("{column: Age}").answer
    assert aggregates_of(answer) == ()
    assert can_be_missing(answer)


def test_a_column_has_a_name_and_a_known_type() -> None:
    assert faults("{column: [], type: date}") == [
        "'date' is not one of: number, text.",
        "must be a text, not a list.",
    ]
