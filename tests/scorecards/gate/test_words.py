from pathlib import Path

from tests.scorecards.gate.folders import TRAINED, changed, folder_of, in_its_way


def test_an_attribute_below_the_best_has_a_reason(tmp_path: Path) -> None:
    text = TRAINED.replace(", reason: income_low", "").replace(
        "{points: 2, reason: job_unknown}", "{points: 2}"
    )
    income, job = in_its_way(folder_of(tmp_path, text))
    costs = "costs points and needs a 'reason'."
    assert (
        income
        == f"scorecard.yaml:14 characteristics.income.attributes[1]: The attribute 'below 1000' {costs}"
    )
    assert job == f"scorecard.yaml:23 characteristics.job.missing: The attribute 'missing' {costs}"


def test_points_for_each_event_have_a_reason_where_they_cost_some(tmp_path: Path) -> None:
    bills = "  bills:\n    measure: {count: {kind: bill.unpaid}}\n    points_each: {points: -5, cap: -50}\n"
    (told,) = in_its_way(folder_of(tmp_path, TRAINED + bills))
    assert told.startswith("scorecard.yaml:26 characteristics.bills.points_each: The attribute 'each' costs")


def test_points_that_go_another_way_than_the_scorecard_says_are_in_its_way(tmp_path: Path) -> None:
    text = TRAINED.replace("monotone: rising", "monotone: falling")
    folder = folder_of(tmp_path, text)
    assert in_its_way(folder) == [
        "scorecard.yaml:11 characteristics.income.monotone: Points are said to be falling, and are 0, 30."
    ]


def test_people_without_a_score_need_no_reason_but_words(tmp_path: Path) -> None:
    text = TRAINED.replace("{points: 2, reason: job_unknown}", "{unscorable: job_unknown}")
    assert in_its_way(folder_of(tmp_path, text)) == []


def test_a_scorecard_without_any_reason_is_told_of_each(tmp_path: Path) -> None:
    reasons = TRAINED[TRAINED.index("reasons:") : TRAINED.index("characteristics:")]
    bare = TRAINED.replace(reasons, "")
    for code in ("income_low", "job_kind_1", "job_unknown"):
        bare = bare.replace(f", reason: {code}", "")
    assert len(in_its_way(changed(folder_of(tmp_path, bare), "title", "title"))) == 3
