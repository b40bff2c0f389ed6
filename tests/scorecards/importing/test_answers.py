import json
from pathlib import Path

from credence.scoring.cases import load_cases, run_cases
from tests.scorecards.importing.scored import of_text


def test_answers_at_either_end_are_none_that_stands_by_itself(tmp_path: Path) -> None:
    card = {
        "job": {"another": 1.0, "none": 2.0},
        "age": {"[-inf ~ 30)": 3.0, "[30 ~ inf)": 9.0},
        "late": {"nan": 4.0, "0": 6.0},
    }
    made = of_text(tmp_path, json.dumps(card), "toad")
    cases = load_cases(tmp_path / "card" / "cases.yaml")
    assert [case.columns for case in cases] == [
        {"job": "another", "age": 29, "late": "0"},
        {"job": "another one", "age": 31, "late": "another"},
        {},
    ]
    assert [case.expected["score"] for case in cases] == [10, 14, 8]
    assert run_cases(made.scorecard, cases) == []
