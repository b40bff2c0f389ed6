"""Days on pages: in words, and shorter where there is little room."""

from datetime import date

from credence.server.web.forms import brief, day

DAY = date(2026, 11, 6)


def test_a_day_is_shorter_where_there_is_little_room() -> None:
    assert (day(DAY), brief(DAY)) == ("6 November 2026", "6 Nov 2026")
    assert day(DAY, "zh") == brief(DAY, "zh") == "2026年11月6日"
