"""Groups compared by scores that exist; the figures of ProPublica's tables are those it published in 2016."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from credence.errors import SourceNotFoundError, TrainingTableError
from credence.training.fairness.existing import Existing, existing
from credence.training.order import Looks
from credence.training.table import Source
from tests.training.fairness.grouped import CELLS
from tests.training.tables import write_csv

DATA = Path(os.environ.get("CREDENCE_DATA", Path(__file__).parents[4] / "shared" / "data"))
COMPAS = DATA / "compas" / "compas-scores-two-years.csv"
# Of each group: taken for good or bad (a decile of 5 or more), and what came within two years.
PUBLISHED = {
    "African-American": {(2, 0): 990, (3, 1): 532, (6, 0): 805, (8, 1): 1369},
    "Caucasian": {(2, 0): 1139, (3, 1): 461, (6, 0): 349, (8, 1): 505},
}
LOOKS = Looks(5, groups=("race",))


def counted(path: Path, cells: Sequence[tuple[object, object, object, int]] = CELLS, **more: object) -> Path:
    rows = [(group, score, bad) for group, score, bad, many in cells for _ in range(many)]
    columns = {"side": [row[0] for row in rows], "score": [row[1] for row in rows]}
    return write_csv(
        path, columns | {"bad": [row[2] for row in rows]} | {n: [v] * len(rows) for n, v in more.items()}
    )


def published(path: Path) -> Path:
    cells = [
        (group, decile, bad, many) for group, of in PUBLISHED.items() for (decile, bad), many in of.items()
    ]
    rows = [(group, decile, bad) for group, decile, bad, many in cells for _ in range(many)]
    names = "race", "decile_score", "two_year_recid"
    return write_csv(path, {name: [row[n] for row in rows] for n, name in enumerate(names)})


def figures(asked: Existing) -> dict[str, dict[str, float]]:
    """The figures of each group of the first column."""
    facts = msgspec.to_builtins(existing(asked)[0].facts)
    groups = facts["groups"][0]["groups"]
    return {group["name"]: {n: f["value"] for n, f in group["figures"].items()} for group in groups}


def by_score(path: Path, looks: Looks, **changes: object) -> Existing:
    return Existing(Source(path, "bad"), looks, "score", **changes)  # type: ignore[arg-type]


def test_figures_of_a_column_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = figures(by_score(counted(tmp_path / "t.csv"), Looks(2, groups=("side",))))
    assert found["B"]["adverse_impact_ratio"] == pytest.approx(80 / 120, abs=1e-6)
    assert found["B"]["false_positive_rate"] == pytest.approx(60 / 120, abs=1e-6)
    assert found["A"]["false_negative_rate"] == pytest.approx(20 / 60, abs=1e-6)


def test_the_published_tables_come_out_to_four_digits(tmp_path: Path) -> None:
    source = Source(published(tmp_path / "compas.csv"), "two_year_recid")
    found = figures(Existing(source, LOOKS, "decile_score", high_is_bad=True))
    black, white = found["African-American"], found["Caucasian"]
    assert [round(black[n], 4) for n in ("false_positive_rate", "false_negative_rate")] == [0.4485, 0.2799]
    assert [round(white[n], 4) for n in ("false_positive_rate", "false_negative_rate")] == [0.2345, 0.4772]
    assert [round(each["bad_among_refused"], 4) for each in (black, white)] == [0.6297, 0.5913]


@pytest.mark.skipif(not COMPAS.is_file(), reason="ProPublica's table is not here")
def test_the_published_file_gives_the_published_tables(tmp_path: Path) -> None:
    found, _ = existing(Existing(Source(COMPAS, "two_year_recid"), LOOKS, "decile_score", high_is_bad=True))
    facts = msgspec.to_builtins(found.facts)
    groups = {group["name"]: group["figures"] for group in facts["groups"][0]["groups"]}
    wanted = {"African-American": (0.4485, 0.2799), "Caucasian": (0.2345, 0.4772)}
    for name, rates in wanted.items():
        seen = [groups[name][n]["value"] for n in ("false_positive_rate", "false_negative_rate")]
        assert [round(rate, 4) for rate in seen] == list(rates)
    assert facts["rows"] == 7214
    assert round(facts["everybody"]["auc"]["value"], 4) == 0.7022
    with COMPAS.open(encoding="utf-8") as file:
        kept = [
            row
            for row in csv.DictReader(file)
            if row["days_b_screening_arrest"] and abs(int(row["days_b_screening_arrest"])) <= 30
            and row["is_recid"] != "-1" and row["c_charge_degree"] != "O" and row["score_text"] != "N/A"
        ]  # fmt: skip
    assert len(kept) == 6172


def test_rows_without_a_score_are_counted_and_left_out(tmp_path: Path) -> None:
    cells = [*CELLS, ("A", None, 1, 30)]
    found, _ = existing(by_score(counted(tmp_path / "t.csv", cells), Looks(2, groups=("side",))))
    facts = msgspec.to_builtins(found.facts)
    assert (facts["rows"], facts["unscored"]) == (400, 30)
    assert found.says[:3] == (
        "400 rows have a score, 140 of them bad (35.0 %).",
        "30 rows have none, and are left out.",
        "The cut-off is 2: rows are accepted from it on, the others taken for bad.",
    )


def test_groups_may_come_from_a_table_of_people(tmp_path: Path) -> None:
    rows = [cell for cell in CELLS for _ in range(cell[3])]
    columns: dict[str, list[object]] = {"person_id": [f"p{n}" for n in range(400)]}
    columns["score"] = [row[1] for row in rows]
    table = write_csv(tmp_path / "t.csv", columns | {"bad": [row[2] for row in rows]})
    people: dict[str, list[object]] = {"person_id": list(columns["person_id"]), "side": [r[0] for r in rows]}
    looks = Looks(2, people=write_csv(tmp_path / "people.csv", people))
    assert figures(by_score(table, looks))["B"]["adverse_impact_ratio"] == pytest.approx(2 / 3, abs=1e-6)


def test_a_table_without_persons_cannot_be_joined(tmp_path: Path) -> None:
    people = write_csv(tmp_path / "people.csv", {"person_id": ["a"], "side": ["x"]})
    with pytest.raises(TrainingTableError, match="no column 'person_id'"):
        existing(by_score(counted(tmp_path / "t.csv"), Looks(2, people=people)))


CARD = """name: card
version: 1
title: A card
setting: lab
points_base: 100
reasons: {more: More would be better}
characteristics:
  first:
    question: How many?
    measure: {column: score}
    attributes:
      - {below: 2, points: 0, reason: more}
      - {points: 10}
    missing: {unscorable: more}
  second:
    question: How late?
    measure: {column: late}
    attributes:
      - {below: 1, points: 5}
      - {points: 0, reason: more}
    missing: {points: 0, reason: more}
"""


def card(folder: Path) -> Path:
    (folder / "card").mkdir()
    (folder / "card" / "scorecard.yaml").write_text(CARD, encoding="utf-8")
    return folder / "card"


def test_a_scorecard_scores_the_rows_and_tells_what_carries_the_gap(tmp_path: Path) -> None:
    table = counted(tmp_path / "t.csv", late=0)
    asked = Existing(Source(table, "bad"), Looks(115, groups=("side",)), scorecard=card(tmp_path))
    found, _ = existing(asked)
    facts = msgspec.to_builtins(found.facts)
    assert figures(asked)["B"]["adverse_impact_ratio"] == pytest.approx(2 / 3, abs=1e-6)
    # A: 120 of 200 at 2 or more, B: 80: a gap of .2 times 10 points.
    assert facts["carried"]["side"] == [
        {"characteristic": "first", "gaps": [0.0, -2.0]},
        {"characteristic": "second", "gaps": [0.0, 0.0]},
    ]
    assert any(line.startswith("side: 'B' has -2.0 points beside 'A'") for line in found.says)
    assert "side: what carries the gap in mean points to 'A'" in [grid.title for grid in found.grids]


def test_groups_that_cannot_be_compared_are_told_of(tmp_path: Path) -> None:
    asked = by_score(counted(tmp_path / "t.csv", region="n"), Looks(2, groups=("region",)))
    found, meanings = existing(asked)
    assert meanings == ()
    assert "region: nothing is compared, for fewer than two groups have enough rows." in found.says
    assert found.grids == ()


def test_every_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    table = counted(tmp_path / "t.csv")
    with pytest.raises(TrainingTableError) as caught:
        existing(Existing(Source(table, "ended"), Looks(2, groups=("sides",)), "scores"))
    assert "There is no column 'ended'." in str(caught.value)
    assert "There is no column 'sides'. Did you mean 'side'?" in str(caught.value)
    assert "There is no column 'scores'. Did you mean 'score'?" in str(caught.value)


def test_a_score_is_a_number_and_an_outcome_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingTableError, match="'side' is the score, and holds no numbers alone"):
        existing(Existing(Source(counted(tmp_path / "t.csv"), "bad"), Looks(2, groups=("score",)), "side"))
    with pytest.raises(TrainingTableError, match="'score' is one of: 1, 2, 3"):
        existing(Existing(Source(counted(tmp_path / "t.csv"), "score"), Looks(2, groups=("side",)), "bad"))
    with pytest.raises(SourceNotFoundError):
        existing(by_score(tmp_path / "none.csv", Looks(2, groups=("side",))))


def test_any_order_of_rows_gives_the_same_figures(tmp_path: Path) -> None:
    one, other = (
        existing(by_score(counted(tmp_path / name, cells), Looks(2, groups=("side",))))[0].facts
        for name, cells in (("one.csv", CELLS), ("other.csv", CELLS[::-1]))
    )
    assert msgspec.json.encode(one) == msgspec.json.encode(other)
