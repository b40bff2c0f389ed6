"""Scorecards in and out of PMML from the command line."""

from pathlib import Path

from credence.scorecards.load import load_scorecard
from tests.cli.commands import Credence, refused
from tests.scorecards.cards import card, lab, of
from tests.scorecards.pmml.samples import AGE, COMPLEX_INCOME, DEPARTMENT, document


def test_a_scorecard_goes_out_and_comes_back(credence: Credence, tmp_path: Path) -> None:
    out = credence("scorecards", "export-pmml", "everyday")
    (tmp_path / "card.pmml").write_text(out.out, encoding="utf-8")
    back = credence("scorecards", "import-pmml", "card.pmml")
    (tmp_path / "scorecard.yaml").write_text(back.out, encoding="utf-8")
    assert (out.code, back.code) == (0, 0)
    assert load_scorecard(tmp_path) == load_scorecard("everyday")


def test_a_rounding_is_declared_for_points_that_can_be_fractions(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "card.pmml").write_text(document(DEPARTMENT + AGE + COMPLEX_INCOME), encoding="utf-8")
    assert "Say how they are rounded with --rounding" in refused(
        credence("scorecards", "import-pmml", "card.pmml")
    )
    ran = credence("scorecards", "import-pmml", "card.pmml", "--rounding", "half_up")
    assert "points: {times: 0.03, plus: 11, rounding: half_up}" in ran.out
    assert refused(credence("scorecards", "import-pmml", "card.pmml", "--rounding", "up")) == (
        "--rounding is 'up', which is not one of: floor, ceiling, half_up."
    )


def test_kinds_of_ones_own_are_given_with_the_vocabulary(credence: Credence, tmp_path: Path) -> None:
    kinds = "version: 1\nkinds:\n  gym.paid: {title: Paid, context: payments, speaks: for}\n"
    (tmp_path / "kinds.yaml").write_text(kinds, encoding="utf-8")
    text = lab(of("{count: {kind: gym.paid}}", "[{points: 1}]"))
    (tmp_path / "scorecard.yaml").write_text(text, encoding="utf-8")
    words = ("--vocabulary", "kinds.yaml")
    (tmp_path / "card.pmml").write_text(
        credence("scorecards", "export-pmml", ".", *words).out, encoding="utf-8"
    )
    assert "kind: gym.paid" in credence("scorecards", "import-pmml", "card.pmml", *words).out


def test_a_file_that_cannot_be_read_and_a_scorecard_that_cannot_be_written(
    credence: Credence, tmp_path: Path
) -> None:
    assert "There is no file at nothing.pmml" in refused(
        credence("scorecards", "import-pmml", "nothing.pmml")
    )
    one = of("{column: x}", "[{points: 1}]", "missing: {points: 0}")
    card(tmp_path, lab(one + one.replace("one:", "two:").replace("x}", "x, type: text}")))
    assert refused(credence("scorecards", "export-pmml", ".")).startswith(
        "This scorecard cannot be written as PMML"
    )
