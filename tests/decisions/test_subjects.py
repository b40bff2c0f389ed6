from pathlib import Path

from credence.decisions.subjects import codes_of, subjects_of
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from tests.characteristics.reading import words
from tests.decisions.policies import CARDS
from tests.scorecards.cards import card, lab, of


def small() -> Scorecard:
    return load_scorecard(CARDS / "small.yaml", words())


def test_codes_are_those_of_the_rules_and_then_of_the_attributes() -> None:
    assert codes_of(small()) == ("nothing", "no_state")


def test_scores_lie_within_the_range_or_what_points_can_add_up_to(tmp_path: Path) -> None:
    def limits(scorecard: Scorecard) -> tuple[int | None, int | None]:
        score = subjects_of(scorecard, None, None).score
        return score.least, score.most

    assert limits(small()) == (0, 100)
    assert limits(load_scorecard(CARDS / "plain.yaml", words())) == (1, 20)
    each = "\none:\n  measure: {count: {kind: bill.paid}}\n  points_each: {points: 5}\n"
    assert limits(card(tmp_path, lab(each))) == (0, None)


def test_an_answer_is_known_for_what_it_is(tmp_path: Path) -> None:
    answers = subjects_of(small(), None, None).answers
    assert set(answers) == {"bills_on_time", "unpaid", "state"}
    assert (answers["unpaid"].whole, answers["unpaid"].least, answers["unpaid"].always) == (True, 0, True)
    assert (answers["bills_on_time"].whole, answers["bills_on_time"].always) == (False, False)
    assert answers["state"].text
    column = of("{column: risk}", "[{points: 1}]", "missing: {points: 0}")
    (asked,) = subjects_of(card(tmp_path, lab(column)), None, None).answers.values()
    assert (asked.whole, asked.least) == (False, None)


def test_months_are_never_fewer_than_none(tmp_path: Path) -> None:
    months = of("{months_with: {kind: bill.paid}}", "[{points: 1}]", "months: 12")
    (asked,) = subjects_of(card(tmp_path, lab(months)), None, None).answers.values()
    assert (asked.least, asked.always, asked.whole) == (0, True, True)
