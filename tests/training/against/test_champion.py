from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from credence.scorecards.load import load_scorecard
from credence.training import figures
from credence.training.against.champion import Compared, champion, lines
from credence.training.against.parcelling import by_column
from credence.training.against.standing import scores_of
from credence.training.applied import questions_of
from credence.training.evidence import Evidence
from credence.training.order import Looks
from tests.training.against.worlds import OLD, evidence_of, looking, old, order_of, people
from tests.training.tables import answers, write_csv


def compared(evidence: Evidence) -> Compared:
    section = champion(evidence)
    assert section is not None
    assert isinstance(section.facts, Compared)
    return section.facts


def test_where_none_is_named_nothing_is_compared(evidence: Evidence) -> None:
    assert champion(looking(evidence, Looks())) is None


def test_the_new_one_is_better_and_more_than_chance_makes(folder: Path, evidence: Evidence) -> None:
    section, found = champion(evidence), compared(evidence)
    scores = scores_of(load_scorecard(folder / "old.yaml"), evidence.table, folder)
    folds, bad = evidence.table.folds, evidence.table.bad
    areas = [figures.auc(scores[folds == fold], bad[folds == fold]) for fold in range(5)]
    assert found.auc["champion"] == pytest.approx(np.mean(areas), abs=1e-5)
    assert found.auc["challenger"] == pytest.approx(evidence.figures.auc, abs=1e-5)
    assert found.auc_difference.low > 0
    assert found.log_loss_difference.mean < 0
    assert (found.rows, found.unscored, found.sample) == (1200, 0, "out of fold")
    assert section is not None
    assert not section.warns
    assert section.says[0].endswith("beside 'old', more than chance makes.")
    assert not any("no score" in sentence for sentence in section.says)


def test_the_swap_set_has_fewer_bad_people_coming_in_than_going_out(evidence: Evidence) -> None:
    found = compared(evidence).swaps
    came, went = found.taken("refused", "accepted"), found.taken("accepted", "refused")
    assert found.challenger_cut_off == evidence.cut_off
    assert abs(found.champion_accepts - found.challenger_accepts) < 0.1
    assert came.bad_rate is not None
    assert went.bad_rate is not None
    assert came.bad_rate < went.bad_rate


def test_lines_are_those_of_both_files(evidence: Evidence) -> None:
    both = {line.column: line for line in compared(evidence).lines}
    assert (both["Debt"].champion_lines, both["Debt"].champion_points) == (4, 40)
    assert (both["late"].champion_lines, both["late"].champion_points) == (None, None)
    of_debt = next(
        mine
        for bins, mine in zip(evidence.fit.bins, evidence.points.lines, strict=True)
        if bins.column == "Debt"
    )
    assert both["Debt"].challenger_lines == len(of_debt)


def test_rows_without_a_score_are_left_out_and_told(tmp_path: Path, evidence: Evidence) -> None:
    path = old(tmp_path, OLD.replace("[car, home, study]", "[car, home]"))
    section = champion(looking(evidence, Looks(champion=path)))
    assert section is not None
    assert isinstance(section.facts, Compared)
    purposes = next(column.texts for column in evidence.table.columns if column.name == "purpose")
    assert purposes is not None
    assert section.facts.unscored == int((purposes == "study").sum())
    assert any(sentence.startswith(f"{section.facts.unscored:,} rows have no") for sentence in section.says)


def test_a_champion_that_scores_nobody_is_not_compared(tmp_path: Path, evidence: Evidence) -> None:
    path = old(tmp_path, OLD.replace("[car, home, study]", "[yacht]"))
    section = champion(looking(evidence, Looks(champion=path)))
    assert section is not None
    assert section.warns
    assert section.says == ("The champion 'old' scores 0 of these rows: too few to compare on.",)


def test_one_that_gives_everybody_the_same_tells_nobody_apart(tmp_path: Path, evidence: Evidence) -> None:
    text = OLD.replace("{below: 40, points: 0, reason: age_low}", "{points: 0, reason: age_low}")
    text = text.replace("      - {points: 10}\n", "").replace("points: 40}", "points: 0, reason: debt_high}")
    text = text.replace("points: 20, reason", "points: 0, reason").replace(
        "points: 10, reason", "points: 0, reason"
    )
    section = champion(looking(evidence, Looks(champion=old(tmp_path, text))))
    assert section is not None
    assert isinstance(section.facts, Compared)
    assert section.facts.auc["champion"] == 0.5
    assert section.facts.correlation == 0
    assert section.facts.swaps.champion_accepts == 1


def test_a_champion_that_is_better_warns(tmp_path: Path) -> None:
    """The new one is kept from asking what the old one asks."""
    looks = Looks(champion=old(tmp_path))
    made = evidence_of(order_of(people(tmp_path), looks, "Debt", "age", "purpose"))
    section = champion(made)
    assert section is not None
    assert section.warns
    assert {*made.table.beside} == {"Debt", "age", "purpose"}


CROSSED = """\
  both:
    question: How do they go together?
    measure: {cross: [debt, age]}
    attributes:
      - {when: {debt: {below: 20}, age: {below: 30}}, points: 5}
      - {points: 0, reason: age_low}
"""


def test_a_crossing_asks_no_column_and_one_that_tells_nothing_has_no_lines(
    tmp_path: Path, evidence: Evidence
) -> None:
    card, points = load_scorecard(old(tmp_path, OLD + CROSSED)), evidence.points
    without = replace(points, lines=((), *points.lines[1:]))
    found = {
        line.column: line.challenger_lines
        for line in lines(card, questions_of(evidence.fit, without, evidence.table))
    }
    assert found["Debt"] is None
    assert set(found) == {"Debt", "age", "late", "purpose"}
    assert set(by_column(evidence.fit, without, evidence.table)) == {"age", "late", "purpose"}


def test_any_order_of_rows_tells_the_same(tmp_path: Path) -> None:
    """Rows that are alike but for what the champion alone asks are in one order, too."""
    made = answers(600) | {"age": [n % 2 for n in range(600)], "late": [n % 3 for n in range(600)]}
    found = []
    for number, order in enumerate([list(range(600)), list(range(599, -1, -1))]):
        path = write_csv(tmp_path / f"{number}.csv", made, order)
        looks = Looks(champion=old(tmp_path))
        found.append(champion(evidence_of(order_of(path, looks, "Debt", "purpose"))))
    assert found[0] == found[1]
    assert found[0] is not None


def test_rows_that_were_held_out_are_compared_as_a_whole(evidence: Evidence, folder: Path) -> None:
    held = replace(evidence.table, later=evidence.table.taken(np.arange(1200) % 4 == 0))
    found = compared(Evidence(evidence.order, held, evidence.fit))
    assert (found.sample, found.rows) == ("out of time", 300)
    later = Evidence(evidence.order, held, evidence.fit).headline
    assert found.auc["challenger"] == pytest.approx(figures.auc(later.scores, later.bad), abs=1e-5)
    assert found.auc_difference.error is None
