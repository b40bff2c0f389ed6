import json
from pathlib import Path

from tests.scorecards.importing.scored import faults, of_text, scores_of


def test_a_missing_number_is_taken_for_minus_one_where_no_row_is_for_it(tmp_path: Path) -> None:
    card = {"x": {"[-inf ~ -2)": 1.0, "[-2 ~ 0)": 5.0, "[0 ~ inf)": 9.0}, "empty": {}}
    made = of_text(tmp_path, json.dumps(card), "toad")
    assert scores_of(tmp_path, made, (-3.0, -1.0, 0.0, None)) == [1, 5, 9, 5]


def test_a_text_that_no_row_names_gets_the_fewest_points_or_those_of_else(tmp_path: Path) -> None:
    for number, (more, unseen) in enumerate([({}, 3), ({"else": 6.0}, 6)]):
        (tmp_path / str(number)).mkdir()
        card = {"x": {"a,b": 8.0, "c": 3.0, "nan": 4.0, **more}}
        made = of_text(tmp_path / str(number), json.dumps(card), "toad")
        assert scores_of(tmp_path, made, ("a", "b", "c", "z", None)) == [8, 8, 3, unseen, 4]


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert faults(tmp_path, '{"x": {"[-inf ~ y)": 1.0}}', "toad") == [
        "x: These points cannot be read: could not convert string to float: 'y'."
    ]
    assert faults(tmp_path, '{"x": {"[-inf ~ inf)": "many"}}', "toad") == [
        "[...][...]: This is not a file of that tool: Expected `float`, got `str`."
    ]
    assert faults(tmp_path, "name,value,score\nx,a,many\n", "toad") == ["x: 'many' is no number of points."]
