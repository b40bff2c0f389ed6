from dataclasses import replace

from credence.training.evidence import Evidence
from credence.training.report.figures_section import NAMES, figures_section


def test_every_figure_stands_with_its_error_and_interval(by_chance: Evidence) -> None:
    section = figures_section(by_chance)
    assert isinstance(section.facts, dict)
    assert list(section.facts) == ["out_of_fold"]
    found = section.facts["out_of_fold"]
    assert list(found) == list(NAMES)
    for figure in ("auc", "gini", "ks", "log_loss", "brier"):
        assert found[figure].low < found[figure].value < found[figure].high
    assert [row[0] for row in section.grids[0].rows] == list(NAMES.values())
    assert section.says[0].startswith(f"AUC {found['auc'].value:.4f} out of fold")


def test_rows_held_out_come_first_and_are_compared(by_time: Evidence) -> None:
    section = figures_section(by_time)
    assert isinstance(section.facts, dict)
    assert list(section.facts) == ["out_of_time", "out_of_fold", "out_of_time_and_new"]
    assert len(section.grids[0].rows) == 3 * len(NAMES)
    assert "it parts good from bad" in section.says[1]


def test_later_rows_may_do_better_or_worse_or_as_well(by_time: Evidence) -> None:
    held = by_time.held
    assert held is not None
    ideal = replace(held, scores=1000 - 500 * held.bad)
    worst = replace(held, scores=500 * held.bad)
    alike = replace(held, table=by_time.table, scores=by_time.scores, chances=by_time.chances)
    said = []
    for sample in (ideal, worst, alike):
        evidence = replace(by_time)
        evidence.__dict__["held"] = sample
        said.append(figures_section(evidence).says[1])
    assert ["better than" in said[0], "worse than" in said[1], "as well as" in said[2]] == [True] * 3


def test_how_it_does_on_people_who_are_new_is_told_where_they_are_enough(by_time: Evidence) -> None:
    new = by_time.strangers
    assert new is not None
    told = f"{len(new.bad)} of the {len(new.bad) + 1} rows held out have a new 'person_id'"
    assert any(said.startswith(f"{told}: on these AUC is ") for said in figures_section(by_time).says)
    few = replace(by_time)
    few.__dict__["strangers"] = new.taken(new.bad == 1)
    section = figures_section(few)
    assert isinstance(section.facts, dict)
    assert "out_of_time_and_new" not in section.facts
    assert any("too few good or bad ones" in said for said in section.says)
