from fractions import Fraction
from pathlib import Path

import pytest

from credence.scorecards.importing.wishes import Wishes
from tests.scorecards.importing.scored import SAMPLES, SCALE, USUAL, faults, of_text, score_of, scores_of

HEAD = "Variable,Bin,Points\n"
USABLE = "x,Special,1\nx,Missing,2\n"


def detailed(name: str = "optbinning_points.csv") -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def test_values_are_read_as_texts_in_quotes_and_as_numbers_without(tmp_path: Path) -> None:
    for number, (bins, answer) in enumerate([("['a' \"b's\"]", "b's"), ("[1 2.5]", "2.5")]):
        (tmp_path / str(number)).mkdir()
        text = f'{HEAD}x,"{bins.replace(chr(34), chr(34) * 2)}",9\n{USABLE}'
        made = of_text(tmp_path / str(number), text, "optbinning")
        assert scores_of(tmp_path, made, (answer, "3", None)) == [9, 1, 2]


def test_codes_have_the_points_of_special_answers(tmp_path: Path) -> None:
    text = f'{HEAD}x,"(-inf, 5.00)",9\nx,"[5.00, inf)",4\n{USABLE}'
    made = of_text(tmp_path, text, "optbinning", Wishes(SCALE, specials=(Fraction(-9), Fraction(-8))))
    assert scores_of(tmp_path, made, (-9.0, -8.0, -7.0, 5.0)) == [1, 1, 9, 4]


def test_codes_that_had_rows_and_are_not_named_are_told(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, detailed(), "optbinning")
    assert told.startswith("late_payments: ")
    assert told.endswith("rows had special codes, and the table does not name them: give --special.")


def test_without_a_missing_row_a_missing_answer_has_no_score(tmp_path: Path) -> None:
    made = of_text(tmp_path, f'{HEAD}x,"(-inf, 5)",9\nx,"[5, inf)",4\n', "optbinning")
    assert score_of(tmp_path, made, x=None) is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "optbinning_log_odds.csv",
            ": The points are log odds (the table was not scaled), and what everyone",
        ),
        ("optbinning_based.csv", ": The least points of every variable are 0, as with intercept_based=True"),
    ],
)
def test_what_everyone_starts_with_is_asked_for(tmp_path: Path, name: str, sentence: str) -> None:
    assert faults(tmp_path, detailed(name), "optbinning")[0].startswith(sentence)


def test_points_that_rise_with_what_is_bad_are_refused(tmp_path: Path) -> None:
    specials = (Fraction(0),)
    told = faults(tmp_path, detailed(), "optbinning", Wishes(SCALE, "good", specials=specials))
    assert told[0].startswith("Points: More points stand for")
    assert "Fit with reverse_scorecard=True, or say --event bad." in told[0]
    text = (
        "Variable,Bin,WoE,Coefficient,Points\n"
        'x,"(-inf, 5)",1,1,9\nx,"[5, inf)",-1,1,4\nx,Special,0,1,5\nx,Missing,0,1,5\n'
    )
    assert "Fit with reverse_scorecard=False, or say --event good." in faults(tmp_path, text, "optbinning")[0]
    flat = text.replace('5)",1,1', '5)",0,1').replace('inf)",-1', 'inf)",0')
    assert of_text(tmp_path, flat, "optbinning", USUAL).scorecard.points_base == 0


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            "x,never,9\n",
            "x, never: This row cannot be read: it is neither an interval nor all values of a bin.",
        ),
        ("x,\"['a' ... 'z']\",9\n", "x, ['a' ... 'z']: This row cannot be read: it is neither"),
        ('x,"(-inf, inf)",x\n', "x, (-inf, inf): This row cannot be read: could not convert string to float"),
        ('x,"(-inf, y)",1\n', "x, (-inf, y): This row cannot be read: could not convert string to float"),
        (
            'x,"(-inf, 5.00)",1\nx,"[6.00, inf)",2\n',
            "x: The bins of 'x' leave out what is between 5.0 and 6.0",
        ),
        (
            'x,"(-inf, 5.00)",1\nx,"[5.00, 5.00)",2\nx,"[5.00, inf)",2\n',
            "x: The bins of 'x' leave out what is between 5.0 and 5.0, as they are written.",
        ),
        ('x,"[0, inf)",1\n', "x: The bins of 'x' leave out what is between no limit and 0.0, as they are"),
        ('x,"(-inf, 5.00)",1\n', "x: The bins of 'x' leave out"),
        (
            'x,"(-inf, inf)",3\n',
            ": No answer moves the score by a whole point: there is nothing to be asked.",
        ),
    ],
)
def test_rows_that_cannot_be_read_are_told(tmp_path: Path, rows: str, sentence: str) -> None:
    assert faults(tmp_path, HEAD + rows, "optbinning")[0].startswith(sentence)


def test_parts_of_the_odds_that_are_no_numbers_are_told(tmp_path: Path) -> None:
    text = 'Variable,Bin,WoE,Coefficient,Points\nx,"(-inf, inf)",1,much,9\nx,"[\'a\n\']",,,1\n'
    told = faults(tmp_path, text, "optbinning")
    assert [line.partition(":")[0] for line in told] == ["x, (-inf, inf)", "x, ['a ']"]


def test_a_table_of_another_kind_is_told_by_its_columns(tmp_path: Path) -> None:
    told = faults(tmp_path, "Variable,bin\nx,y\n", "optbinning")
    assert told == [": The table has no column 'Bin', 'Points'; it has: Variable, bin."]
