from dataclasses import replace

import numpy as np
import pytest

from credence.training.evidence import Evidence
from credence.training.report.segments_section import Segment, segments_section, valued
from tests.training.tables import numbers, texts


def test_without_segments_there_is_nothing_to_look_at(by_chance: Evidence) -> None:
    assert segments_section(by_chance) is None


def test_every_value_of_a_segment_is_looked_at(by_time: Evidence) -> None:
    section = segments_section(by_time)
    assert section is not None
    assert isinstance(section.facts, dict)
    found: list[Segment] = section.facts["segments"]
    assert [one.value for one in found if one.column == "region"] == ["north", "south", "west"]
    assert sum(one.rows for one in found if one.column == "region") == len(by_time.headline.bad)
    assert [grid.title for grid in section.grids] == ["By region", "By age"]
    assert len([one for one in found if one.column == "age"]) == 4
    for one in found:
        assert one.low <= one.seen <= one.high
        assert one.auc is not None


def test_segments_whose_chances_are_off_are_named_and_many_of_them_warn(by_time: Evidence) -> None:
    found = replace(by_time)
    held = by_time.headline
    found.__dict__["held"] = replace(held, chances=np.full(len(held.bad), 0.99))
    section = segments_section(found)
    assert section is not None
    assert section.warns
    assert "the chances of 7 are off: region north" in section.says[0]
    assert "north (off)" in [row[0] for row in section.grids[0].rows]
    found.__dict__["held"] = replace(held, chances=held.bad)
    calm = segments_section(found)
    assert calm is not None
    assert not calm.warns
    assert calm.says[0].endswith("the chances of 0 are off.")


def test_a_segment_with_hardly_any_bad_rows_has_no_auc(by_time: Evidence) -> None:
    found = replace(by_time)
    found.__dict__["held"] = by_time.headline.taken(np.arange(len(by_time.headline.bad)) < 25)
    section = segments_section(found)
    assert section is not None
    assert None in [row[6] for row in section.grids[0].rows]


def test_numbers_of_many_values_are_cut_in_quarters_and_those_unknown_stand_alone() -> None:
    column = numbers("x", [None, None, *[float(n) for n in range(100)]])
    found = dict(valued(column))
    assert list(found) == ["below 24.75", "24.75 to 49.5", "49.5 to 74.25", "from 74.25", "not known"]
    assert [int(rows.sum()) for rows in found.values()] == [25, 25, 25, 25, 2]


def test_of_many_texts_those_that_are_rare_are_one_segment() -> None:
    column = texts("x", [*[f"k{n:02d}" for n in range(40)], *["k39"] * 5, None])
    found = dict(valued(column))
    assert len(found) == 32
    sizes = [int(found[name].sum()) for name in ("k39", "all others", "not known")]
    assert sizes == [6, 10, 1]


@pytest.mark.parametrize("value", [1.0, 2.5])
def test_few_numbers_are_segments_by_themselves(value: float) -> None:
    assert [name for name, _ in valued(numbers("x", [value, 7.0]))] == [f"{value:g}", "7"]
