import json
from dataclasses import replace
from pathlib import Path

import pytest

from credence.errors import LogExistsError, TrainingTableError
from credence.events.vocabulary import shipped
from credence.scorecards.gate.passing import at_the_gate
from credence.scorecards.scale import Scale
from credence.training.order import Looks
from credence.training.run import run
from credence.training.splits import Splitting
from credence.training.validating.run import validate
from tests.training.against.worlds import OLD, order_of
from tests.training.tables import answers, write_csv
from tests.training.validating.standings import asked, by_time, card, validated

UNHEARD = "{in: [car, home, study], points: 0}"


def test_a_scorecard_by_hand_is_judged_as_it_stands(tmp_path: Path) -> None:
    found = validated(tmp_path)
    assert (found.figures.rows, found.figures.unscored) == (600, 0)
    assert found.evidence.scale == Scale(500, 2, 20)
    assert found.figures.auc > 0.6
    assert found.lines == sum(len(question.answers) for question in found.evidence.questions)
    names = [section.name for section in found.sections]
    assert names == [
        "split", "errors", "parting", "reliability", "probabilities", "cut_offs", "characteristics",
    ]  # fmt: skip


def test_rows_without_a_score_are_counted_and_left_out(tmp_path: Path) -> None:
    found = validated(tmp_path, OLD.replace("[car, home, study]", "[car, home]"))
    made = answers(600)["purpose"]
    assert found.figures.unscored == made.count("study")
    assert found.figures.rows == 600 - made.count("study")
    assert any("have no score" in said for said in found.sections[0].says)


def test_a_card_without_a_time_has_no_dates(tmp_path: Path) -> None:
    assert validated(tmp_path).evidence.dates is None


def test_all_looks_are_had_that_are_asked_for(tmp_path: Path) -> None:
    looks = Looks(520, ("region",), ("purpose",), champion=Path(card(tmp_path / "champion")))
    found = validate(by_time(tmp_path, looks))
    names = {section.name for section in found.sections}
    assert {"stability", "segments", "fairness", "figures_of_groups", "champion"} <= names
    assert found.evidence.cut_off == 520
    assert found.evidence.dates == "`observed_on` from 2021-01-01 to 2022-12-01"


def test_a_folder_is_complete_and_passes_the_gate_but_for_contexts(tmp_path: Path) -> None:
    order = replace(by_time(tmp_path, Looks()).order, out=tmp_path / "out")
    (tmp_path / "old" / "cases.yaml").write_text("cases: []\n", encoding="utf-8")
    (tmp_path / "old" / "private.txt").write_text("not part of it", encoding="utf-8")
    validate(replace(asked(tmp_path), order=order))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "README.md", "cases.yaml", "report.html", "scorecard.yaml", "validation.json",
    }  # fmt: skip
    faults = at_the_gate(str(tmp_path / "out"), shipped()).faults
    assert all("add 'context' beside 'column'" in fault.sentence for _, fault in faults)
    facts = json.loads((tmp_path / "out" / "validation.json").read_text(encoding="utf-8"))
    assert facts["validated"] == "old@3"
    with pytest.raises(LogExistsError):
        validate(replace(asked(tmp_path), order=order))


def test_a_trained_one_knows_its_scale_and_whom_it_was_learnt_from(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "then.csv", answers(800))
    run(replace(order_of(path, Looks()), out=tmp_path / "card", scale=Scale(700, 10, 30)), lambda *_: None)
    now = asked(tmp_path, scale=None)
    found = validate(replace(now, scorecard=str(tmp_path / "card")))
    assert not found.evidence.fitted
    assert found.evidence.scale == Scale(700, 10, 30)
    drift = next(section for section in found.sections if section.name == "drift")
    assert set(drift.facts["csi"]) <= {"Debt", "age", "purpose", "late"}  # type: ignore[index]
    then = replace(now.order, source=replace(now.order.source, path=path))
    same = validate(replace(now, scorecard=str(tmp_path / "card"), order=then))
    warned = [section.says[0] for section in same.sections if section.warns]
    assert warned[0].startswith("Scores and answers are spread exactly as those that it was learnt from")


def test_without_any_scale_one_is_read_off_the_rows_and_said(tmp_path: Path) -> None:
    found = validated(tmp_path, scale=None)
    assert found.evidence.fitted
    assert any(
        said.startswith("Nothing says which score stands for which odds") for said in found.sections[0].says
    )
    predicted = found.evidence.whole.chances.mean()
    assert predicted == pytest.approx(found.evidence.table.bad.mean(), abs=0.01)


def test_the_scale_in_a_model_card_is_taken(tmp_path: Path) -> None:
    now = asked(tmp_path, scale=None)
    row = f"| scale | {Scale(640, 12.5, 25)} |\n| made by | `somebody` |\n"
    (tmp_path / "old" / "README.md").write_text(row, encoding="utf-8")
    assert validate(now).evidence.scale == Scale(640, 12.5, 25)


def test_scores_that_do_not_rise_need_a_scale(tmp_path: Path) -> None:
    wrong = OLD.replace("points: 40}", "points: 0}").replace(
        "{points: 0, reason: debt_high}", "{points: 90, reason: debt_high}"
    )
    with pytest.raises(TrainingTableError, match="do not rise with the odds of a good outcome"):
        validated(tmp_path, wrong, scale=None)
    assert validated(tmp_path, wrong).figures.auc < 0.5


def test_what_keeps_a_table_from_judging_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingTableError, match="'old' has a score for 0 of 600 rows, of which 0 are bad"):
        validated(tmp_path, OLD.replace("[car, home, study]", "[boat]"))
    now = asked(tmp_path, looks=Looks(cut_off=9999))
    with pytest.raises(TrainingTableError, match="A cut-off of 9999 accepts nobody: scores go from"):
        validate(now)
    with pytest.raises(TrainingTableError, match="A cut-off of 1 accepts everybody"):
        validate(asked(tmp_path, looks=Looks(cut_off=1)))
    source = replace(now.order.source, splitting=Splitting(time="purpose"))
    with pytest.raises(TrainingTableError, match="'purpose' has 'car', which is neither a date"):
        validate(asked(tmp_path, source=source))
    (tmp_path / "people.csv").write_text("", encoding="utf-8")
    with pytest.raises(TrainingTableError, match=r"The file is empty\."):
        validate(now)
