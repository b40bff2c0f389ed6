"""What the parts of a scorecard must agree on; test_load.py has the words of each fault."""

from pathlib import Path

from tests.scorecards.cards import card, faults, lab, of


def test_points_may_reach_both_ends_of_the_range(tmp_path: Path) -> None:
    assert card(tmp_path, lab(more="range: [0, 10]")).range == (0, 10)


def test_points_one_beyond_an_end_are_a_fault(tmp_path: Path) -> None:
    for limits, words in (("[1, 10]", "1 to 10"), ("[0, 9]", "0 to 9")):
        assert faults(tmp_path, lab(more=f"range: {limits}")) == [
            f"range: Scores can reach 0 to 10, beyond the range of {words}."
        ]


def test_the_base_counts_towards_the_range(tmp_path: Path) -> None:
    text = lab(more="range: [0, 10]").replace("points_base: 0", "points_base: 5")
    assert faults(tmp_path, text) == ["range: Scores can reach 5 to 15, beyond the range of 0 to 10."]


def test_a_characteristic_without_rows_adds_nothing(tmp_path: Path) -> None:
    text = lab(of("{count: {}}", "[]"), "range: [0, 10]")
    assert [told.split(": ")[0] for told in faults(tmp_path, text)] == ["characteristics.one.attributes"]


def test_without_a_range_points_may_be_anything(tmp_path: Path) -> None:
    one = "\none:\n  measure: {count: {}}\n  points_each: {points: -30}\n"
    assert card(tmp_path, lab(one, "bands: [{below: -900, name: low}, {name: high}]")).range is None


def test_a_reason_is_asked_for_once_a_characteristic(tmp_path: Path) -> None:
    attributes = "[{below: 1, points: 1, reason: R}, {below: 2, points: 2, reason: R}, {points: 3}]"
    assert faults(tmp_path, lab(of("{count: {}}", attributes))) == [
        "characteristics.one: The reason 'R' has no sentence under 'reasons'."
    ]


def test_there_are_no_more_reasons_than_the_sql_can_tell_apart(tmp_path: Path) -> None:
    many = ", ".join(f"R{number}: A reason" for number in range(1_024))
    assert faults(tmp_path, lab(more=f"reasons: {{{many}}}"))[-1].endswith(
        "There are more than 1,023 reasons."
    )
