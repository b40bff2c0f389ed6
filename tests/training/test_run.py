from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import duckdb
import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.errors import LogExistsError, TrainingTableError
from credence.events.vocabulary import shipped
from credence.scorecards.check import warnings
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Attribute, Scorecard
from credence.scorecards.scale import Scale
from credence.scoring.cases import load_cases, run_cases
from credence.scoring.run import score_points
from credence.training.applied import applied
from credence.training.order import Looks, Order
from credence.training.run import Trained, command, run
from credence.training.solver.design import Design
from credence.training.splits import BY_CHANCE, Splitting
from credence.training.table import Source, read_table
from tests.training.tables import answers, dated, numbers, odd, people, texts, write_csv

MOMENT = Moment(date(2026, 11, 6), datetime(2026, 11, 6))  # noqa: DTZ001
FILES = ["README.md", "cases.yaml", "report.html", "scorecard.yaml", "validation.json"]
SPECIALS = (Fraction(-9),)
CODES = (Fraction(-9), Fraction(-8))


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table of the made-up people."""
    place = tmp_path_factory.mktemp("trained")
    write_csv(place / "people.csv", answers())
    return place


@pytest.fixture(scope="module")
def trained(folder: Path) -> Trained:
    """The scorecard learnt from it, written to `card`."""
    return run(
        Order(
            Source(folder / "people.csv", "ended", splitting=BY_CHANCE),
            specials=SPECIALS,
            out=folder / "card",
        ),
        silent,
    )


@pytest.fixture(scope="module")
def card(folder: Path, trained: Trained) -> Scorecard:
    """The same, as loaded from its file."""
    return load_scorecard(folder / "card")


def predicted(trained: Trained) -> dict[tuple[object, ...], int]:
    """The score that the fit gives to each different row."""
    made = answers()
    rows = list(zip(made["Debt"], made["age"], made["purpose"], made["late"], strict=True))
    columns = trained.fit.bins
    codes = tuple(bins.codes(column) for bins, column in zip(columns, people().columns, strict=True))
    design = Design(codes, trained.fit.design.shapes, np.zeros(len(rows), dtype=np.intp))
    return dict(zip(rows, trained.fit.points.scores(design).tolist(), strict=True))


def test_the_folder_has_a_scorecard_that_loads_and_needs_no_mending(
    folder: Path, trained: Trained, card: Scorecard
) -> None:
    assert sorted(path.name for path in (folder / "card").iterdir()) == FILES
    assert (card.name, card.setting, warnings(card)) == ("card", "lab", [])
    lines = [row for c in card.characteristics for row in c.rows()]
    scored = [row for row in lines if isinstance(row, Attribute) and row.unscorable is None]
    assert len(scored) == trained.fit.points.rows == trained.figures.lines


def test_its_worked_cases_hold_on_both_evaluators(folder: Path, card: Scorecard) -> None:
    cases = load_cases(folder / "card" / "cases.yaml")
    assert len(cases) == 3
    assert run_cases(card, cases) == []


def test_every_row_scores_what_the_fit_predicts_in_sql(
    folder: Path, trained: Trained, card: Scorecard
) -> None:
    made = answers()
    numbered: dict[str, list[object]] = {"person_id": [f"p{n}" for n in range(len(made["age"]))]}
    table = write_csv(folder / "scored.csv", numbered | made)
    score_points(card, table, MOMENT, folder / "scores.parquet")
    scores = dict(duckdb.execute(f"SELECT person_id, score FROM '{folder / 'scores.parquet'}'").fetchall())
    wanted = predicted(trained)
    rows: Sequence[tuple[object, ...]] = list(
        zip(made["Debt"], made["age"], made["purpose"], made["late"], strict=True)
    )
    assert [scores[f"p{n}"] for n in range(len(rows))] == [wanted[row] for row in rows]


def test_a_person_scores_what_the_fit_predicts_in_python(trained: Trained, card: Scorecard) -> None:
    wanted = predicted(trained)
    for row in list(wanted)[:150]:
        columns = dict(zip(["Debt", "age", "purpose", "late"], row, strict=True))
        assert evaluate(card, shipped(), [], MOMENT, columns).score == wanted[row]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([None, 6, 15]))
def test_whatever_the_table_both_evaluators_score_what_the_fit_predicts(
    tmp_path_factory: pytest.TempPathFactory, seed: int, most: int | None
) -> None:
    folder, columns = tmp_path_factory.mktemp("odd"), odd(seed)
    source = Source(write_csv(folder / "t.csv", columns), "end", splitting=BY_CHANCE)
    made = run(Order(source, lines_most=most, specials=CODES, out=folder / "card"), silent)
    card, points = load_scorecard(folder / "card"), made.fit.points
    numbered: dict[str, list[object]] = {"person_id": list(range(len(columns["end"])))}
    score_points(card, write_csv(folder / "p.csv", numbered | columns), MOMENT, folder / "s.parquet")
    query = f"SELECT score FROM '{folder / 's.parquet'}' ORDER BY CAST(person_id AS INTEGER)"
    scores = [row[0] for row in duckdb.execute(query).fetchall()]
    table = [
        texts(b.column, columns[b.column]) if b.text else numbers(b.column, columns[b.column])  # type: ignore[arg-type]
        for b in made.fit.bins
    ]
    codes = tuple(bins.codes(column) for bins, column in zip(made.fit.bins, table, strict=True))
    design = Design(codes, made.fit.design.shapes, np.zeros(len(scores), dtype=np.intp))
    assert scores == points.scores(design).tolist()
    for number in range(0, len(scores), 25):
        person = {name: values[number] for name, values in columns.items()}
        assert evaluate(card, shipped(), [], MOMENT, person).score == scores[number]
    assert warnings(card) == []
    assert run_cases(card, load_cases(folder / "card" / "cases.yaml")) == []
    assert most is None or points.rows <= most


def test_any_order_of_rows_writes_the_same_bytes(folder: Path, trained: Trained) -> None:
    order = np.random.Generator(np.random.PCG64(3)).permutation(1200).tolist()
    (folder / "again").mkdir()
    path = write_csv(folder / "again" / "people.csv", answers(), order)
    run(
        Order(Source(path, "ended", splitting=BY_CHANCE), specials=SPECIALS, out=folder / "again" / "card"),
        silent,
    )
    for name in FILES:
        assert (folder / "again" / "card" / name).read_bytes() == (folder / "card" / name).read_bytes()


def test_the_model_card_says_how_to_make_it_again(folder: Path, trained: Trained) -> None:
    text = (folder / "card" / "README.md").read_text(encoding="utf-8")
    assert "`credence train people.csv --random --outcome ended --special=-9 --out card`" in text
    assert f"| AUC | {trained.figures.auc:.4f} (standard error {trained.figures.auc_error:.4f}) |" in text
    assert "| rows | 1,200 |" in text
    assert "on later people it will do worse than this." in text


def test_the_report_is_a_page_with_every_section_and_its_data_stand_beside(
    folder: Path, trained: Trained
) -> None:
    page = (folder / "card" / "report.html").read_text(encoding="utf-8")
    data = msgspec.json.decode((folder / "card" / "validation.json").read_bytes())
    assert f"{trained.figures.auc:.4f}" in page
    for section in trained.sections:
        assert f'<section id="{section.name}">' in page
        assert section.name in data
    assert len({section.name for section in trained.sections}) == len(trained.sections)
    assert data["auc"] == trained.figures.auc


def test_a_fit_never_sees_the_rows_held_out(tmp_path: Path) -> None:
    made = dated()
    source = Source(write_csv(tmp_path / "one.csv", made), "ended", leave_out=("region",))
    one = run(Order(source, specials=SPECIALS, out=tmp_path / "one" / "card"), silent)
    later = [number for number, day in enumerate(made["observed_on"]) if str(day) >= "2022-08-01"]
    for number in later:
        made["ended"][number] = "good" if made["ended"][number] == "bad" else "bad"
        made["age"][number] = 18
    other = run(
        Order(
            replace(source, path=write_csv(tmp_path / "two.csv", made)),
            specials=SPECIALS,
            out=tmp_path / "two" / "card",
        ),
        silent,
    )
    assert one.fit.points == other.fit.points
    assert one.figures.auc == other.figures.auc
    assert one.figures.out_of_time != other.figures.out_of_time
    for name in ("scorecard.yaml", "cases.yaml"):
        texts = [(tmp_path / side / "card" / name).read_text(encoding="utf-8") for side in ("one", "two")]
        assert texts[0].replace("one.csv", "two.csv") == texts[1]


def test_rows_held_out_are_scored_as_the_written_scorecard_scores_them(tmp_path: Path) -> None:
    made = dated()
    made["late"][-1] = None
    source = Source(write_csv(tmp_path / "t.csv", made), "ended", leave_out=("region",))
    table = read_table(source)
    found = run(Order(source, specials=SPECIALS, out=tmp_path / "card"), silent)
    assert table.later is not None
    scores, known = applied(found.fit, found.fit.points, table.later)
    card = load_scorecard(tmp_path / "card")
    columns = {column.name: column for column in table.later.columns}
    for row in [*range(0, len(known), 20), int((~known).argmax())]:
        person: dict[str, object] = {}
        for name, column in columns.items():
            held = column.taken(np.arange(len(known)) == row).numbered()[0]
            person[name] = held[0] if held else None
        assert evaluate(card, shipped(), [], MOMENT, person).score == (
            int(scores[row]) if known[row] else None
        )
    assert int((~known).sum()) == 1


def test_rows_that_nothing_parts_need_chance_to_be_asked_for(folder: Path) -> None:
    with pytest.raises(TrainingTableError, match="ask for --random"):
        run(Order(Source(folder / "people.csv", "ended")), silent)


def test_the_command_repeats_everything_that_is_unusual() -> None:
    source = Source(Path("a b.csv"), "end", "late", ("x", "y"), 7)
    files = Path("d/p.csv"), Path("d/old"), Path("d/no.csv")
    looks = Looks(480, ("region",), ("sex", "age"), *files, ceiling=True)
    specials = Fraction(-7), Fraction(1, 2)
    order = Order(source, Scale(500, 20, 40), 30, specials, Path("d/dirs.yaml"), looks)
    assert command(order) == [
        "credence", "train", "a b.csv", "--ceiling", "--outcome", "end", "--bad", "late", "--leave-out",
        "x,y", "--directions", "dirs.yaml", "--special=-7,0.5", "--rows-most", "30", "--pdo", "40",
        "--odds", "20", "--at", "500", "--segments", "region", "--groups", "sex,age", "--people", "p.csv",
        "--cut-off", "480", "--champion", "old", "--rejects", "no.csv", "--seed", "7",
    ]  # fmt: skip


def test_the_command_repeats_how_to_learn() -> None:
    order = Order(Source(Path("t.csv"), "end"), method="woe", crossings=3, derive=2)
    learning = ["--method", "woe", "--crossings", "3", "--derive", "2"]
    assert command(order) == ["credence", "train", "t.csv", "--outcome", "end", *learning]


def test_the_command_repeats_how_rows_are_parted() -> None:
    source = Source(Path("t.csv"), "end", splitting=Splitting("on", "who", "2022-05"))
    parting = ["--time", "on", "--group", "who", "--out-of-time", "2022-05"]
    assert command(Order(source)) == ["credence", "train", "t.csv", "--outcome", "end", *parting]
    by_chance = Source(Path("t.csv"), "end", splitting=BY_CHANCE)
    assert command(Order(by_chance)) == ["credence", "train", "t.csv", "--random", "--outcome", "end"]


def test_a_scale_that_is_taken_is_not_stated_too() -> None:
    looks = Looks(decision="decided", align="rating")
    order = Order(Source(Path("p.csv"), "end", splitting=BY_CHANCE), Scale(500, 20, 40), looks=looks)
    assert command(order) == [
        "credence", "train", "p.csv", "--random", "--outcome", "end", "--align", "rating",
        "--decision", "decided",
    ]  # fmt: skip


def test_a_folder_that_is_there_is_left_alone_before_any_work(folder: Path, trained: Trained) -> None:
    with pytest.raises(LogExistsError):
        run(Order(Source(folder / "none.csv", "ended"), out=folder / "card"), silent)


def test_columns_that_tell_nothing_make_no_scorecard(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "x": [n % 4 for n in range(800)],
        "end": [n // 4 % 2 for n in range(800)],
    }
    path = write_csv(tmp_path / "t.csv", columns)
    with pytest.raises(TrainingTableError, match="No column tells good outcomes from bad ones"):
        run(Order(Source(path, "end", splitting=BY_CHANCE), out=tmp_path / "card"), silent)
    assert not (tmp_path / "card").exists()


def test_so_few_lines_that_no_column_fits_in_make_no_scorecard(tmp_path: Path) -> None:
    chance = np.random.Generator(np.random.PCG64(1))
    answered = chance.choice([-9, 1, 5], 900)
    bad = chance.random(900) < np.where(answered == 5, 0.6, 0.3)
    columns: dict[str, list[object]] = {"x": [None if n % 9 == 0 else int(x) for n, x in enumerate(answered)]}
    columns["end"] = [int(value) for value in bad]
    source = Source(write_csv(tmp_path / "t.csv", columns), "end", splitting=BY_CHANCE)
    with pytest.raises(TrainingTableError, match="from bad ones in at most 2 lines of points"):
        run(Order(source, specials=SPECIALS, lines_most=2), silent)


def test_directions_in_a_file_hold_in_what_is_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "directions.yaml").write_text("age: falling\nDebt: falling\n", encoding="utf-8")
    source = Source(folder / "people.csv", "ended", leave_out=("late",), splitting=BY_CHANCE)
    order = Order(source, directions=tmp_path / "directions.yaml", out=tmp_path / "card", lines_most=12)
    made = run(order, silent)
    card = load_scorecard(tmp_path / "card")
    assert made.stated == {"age": "falling", "Debt": "falling"}
    assert warnings(card) == []
    assert card.characteristic("debt").monotone == "falling"
    assert "late" not in [c.name for c in card.characteristics]
