from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from credence.scorecards.load import load_scorecard
from credence.training.fairness.look import fairness, figures_of_groups
from credence.training.order import Looks, Order
from credence.training.report.section import Section
from credence.training.run import run
from credence.training.splits import BY_CHANCE
from credence.training.table import Source
from tests.training.fairness.grouped import evidence, parted, sexes, without_groups
from tests.training.tables import answers, people, texts, write_csv


def section_of(found: Section | None) -> Section:
    assert found is not None
    return found


def test_groups_are_compared_out_of_fold_at_the_cut_off() -> None:
    seen = evidence()
    found = section_of(fairness(seen))
    facts = msgspec.to_builtins(found.facts)
    assert facts["cut_off"] == seen.cut_off
    (sex,) = facts["out_of_fold"]
    women = seen.table.beside["sex"].texts == "woman"
    (figures,) = [group["figures"] for group in sex["groups"] if group["name"] == "woman"]
    share = float((seen.scores >= seen.cut_off)[women].mean())
    assert figures["accepted"]["value"] == pytest.approx(share, abs=1e-6)
    gap = float((seen.chances - seen.table.bad)[women].mean())
    assert figures["calibration_gap"]["value"] == pytest.approx(gap, abs=1e-6)
    assert "out_of_time" not in facts


def test_a_cut_off_that_is_asked_for_is_the_one() -> None:
    assert msgspec.to_builtins(section_of(fairness(evidence("fused", 470))).facts)["cut_off"] == 470


def test_what_carries_the_gap_is_told_first() -> None:
    found = section_of(fairness(evidence()))
    facts = msgspec.to_builtins(found.facts)
    assert facts["carried"]["sex"][0]["characteristic"] == "age"
    assert any(line.startswith("sex: 'woman' has -") and "carried by age -" in line for line in found.says)
    assert [grid.title for grid in found.grids][3:] == ["sex: what carries the gap in mean points to 'man'"]


def test_rows_held_out_by_time_are_compared_beside() -> None:
    found = section_of(fairness(parted()))
    facts = msgspec.to_builtins(found.facts)
    assert sum(group["rows"] for group in facts["out_of_time"][0]["groups"]) == 400
    assert sum(group["rows"] for group in facts["out_of_fold"][0]["groups"]) == 800
    assert any(line.startswith("Out of time, sex: ") for line in found.says)
    assert [grid.title.partition(":")[0] for grid in found.grids[::3]] == [
        "sex, out of fold",
        "sex, out of time",
        "sex",
    ]


def test_a_column_without_groups_to_compare_is_told_of() -> None:
    seen = evidence()
    table = replace(seen.table, beside={"side": texts("side", ["a"] * 1200)})
    looks = Looks(groups=("side",))
    found = section_of(fairness(replace(without_groups(looks), table=table)))
    assert "Out of fold, side: nothing is compared, for fewer than two groups have enough rows." in found.says
    assert (found.grids, msgspec.to_builtins(found.facts)["carried"]) == ((), {})


def test_without_groups_there_is_nothing_to_look_at() -> None:
    assert fairness(without_groups(Looks())) is None
    assert figures_of_groups(without_groups(Looks())) is None


def test_every_figure_is_told_with_what_it_does_not_show() -> None:
    found = section_of(figures_of_groups(evidence()))
    figures = msgspec.to_builtins(section_of(fairness(evidence())).facts)["out_of_fold"][0]["groups"][0][
        "figures"
    ]
    assert len(found.says) == len(figures)
    assert set(msgspec.to_builtins(found.facts)) == set(figures)


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def test_groups_are_no_input_and_the_scorecard_is_the_same_to_the_byte_without_them(tmp_path: Path) -> None:
    people: dict[str, list[object]] = {"person_id": [f"p{number}" for number in range(600)]}
    made = people | {name: values[:600] for name, values in answers().items()}
    sex: list[object] = ["man" if number % 3 else "woman" for number in range(600)]
    source = Source(write_csv(tmp_path / "people.csv", made | {"sex": sex}), "ended", splitting=BY_CHANCE)
    other = write_csv(tmp_path / "groups.csv", people | {"sex": sex})
    orders = {
        "without": Order(replace(source, leave_out=("sex",))),
        "with": Order(replace(source, beside=("sex",)), looks=Looks(groups=("sex",))),
        "beside": Order(replace(source, leave_out=("sex",)), looks=Looks(people=other)),
    }
    found = {}
    for name, order in orders.items():
        made_of = run(replace(order, out=tmp_path / name / "card"), silent)
        found[name] = [
            (tmp_path / name / "card" / file).read_bytes() for file in ("scorecard.yaml", "cases.yaml")
        ]
        assert ("fairness" in {section.name for section in made_of.sections}) == (name != "without")
    assert found["without"] == found["with"] == found["beside"]


def test_a_scorecard_that_draws_groups_together_says_so_and_asks_no_more(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "people.csv", answers() | {"sex": sexes(people()).texts.tolist()})  # type: ignore[union-attr]
    source = Source(table, "ended", beside=("sex",), splitting=BY_CHANCE)
    made = run(Order(source, looks=Looks(groups=("sex",), fairer=0.47), out=tmp_path / "card"), silent)
    card = load_scorecard(tmp_path / "card")
    assert "sex" not in {bins.column for bins in made.fit.bins}
    assert {each.measure.answer.name for each in card.characteristics} <= {"Debt", "age", "purpose", "late"}  # type: ignore[union-attr]
    text = (tmp_path / "card" / "README.md").read_text(encoding="utf-8")
    assert "| groups drawn together | `sex`, with strength 0.47: a penalty" in text
    assert "--groups sex --fairer 0.47" in text
