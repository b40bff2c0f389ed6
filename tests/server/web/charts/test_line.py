"""Lines over time."""

from credence.server.web.charts.line import Point, line, spark


def test_a_history_shows_its_ends_its_middle_and_where_something_happened() -> None:
    points = [Point("Sep", 640), Point("Oct", 655, "A bill was paid"), Point("Nov", 663)]
    drawn = str(line(points, (650, 700)))
    for said in ("Sep", "Oct", "Nov", "<title>A bill was paid</title>", ">650<"):
        assert said in drawn
    assert ">700<" not in drawn, "a guide above what is shown is not drawn"


def test_what_happened_is_text_and_never_markup() -> None:
    drawn = str(line([Point("<b>", 1), Point("b", 2, "<script>")]))
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_equal_values_are_a_level_line() -> None:
    assert "H" not in str(spark([3, 3, 3]))
    assert 'class="limit"' in str(spark([1, 2], 5))
