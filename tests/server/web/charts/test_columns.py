"""Columns of how many stand where."""

from credence.server.web.charts.columns import columns


def test_the_highest_column_is_as_high_as_the_picture_and_before_is_a_line() -> None:
    drawn = str(columns(["a", "b"], [1, 4], [2, 2]))
    assert 'height="142.0"' in drawn
    assert 'class="earlier"' in drawn
    assert drawn.count("<rect") == 2


def test_nothing_to_show_is_an_empty_picture() -> None:
    assert "<rect" not in str(columns([], []))
