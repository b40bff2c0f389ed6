from pathlib import Path

import numpy as np
import pytest

from credence.engines.outcomes import COPIES, OUTCOME, column_kinds, read_columns
from credence.errors import IntakeError, SourceNotFoundError, TrainingTableError
from credence.training.columns import Split
from credence.training.splits import BY_CHANCE, Splitting
from credence.training.table import FOLDS, Source, folds_of, read_table
from tests.training.tables import answers, dated, write_csv, write_parquet

CELLS = "number,text,mixed,empty,end\n1.5,a,1,,yes\n,b,x,,no\n-2e3,,3,,\n1.5,a,1,,yes\n"


def faults(source: Source) -> str:
    with pytest.raises(TrainingTableError) as refused:
        read_table(source)
    return str(refused.value)


def ends(path: Path, values: list[object]) -> Source:
    """A table of one question and these outcomes."""
    return Source(write_csv(path / "t.csv", {"x": [n % 7 for n in range(len(values))], "end": values}), "end")


def test_the_columns_of_a_csv_file_are_numbers_or_texts(tmp_path: Path) -> None:
    table = read_table(Source(write_csv(tmp_path / "t.csv", answers()), "ended"))
    assert [column.name for column in table.columns] == ["Debt", "age", "purpose", "late"]
    assert [column.numbers is None for column in table.columns] == [False, False, True, False]
    made = answers()
    assert table.bad.sum() == made["ended"].count("bad")
    assert table.columns[0].missing.sum() == made["Debt"].count(None)


def test_any_order_of_rows_is_the_same_table(tmp_path: Path) -> None:
    made = answers()
    order = np.random.Generator(np.random.PCG64(1)).permutation(len(made["age"])).tolist()
    one = read_table(Source(write_csv(tmp_path / "a.csv", made), "ended"))
    other = read_table(Source(write_csv(tmp_path / "b.csv", made, order), "ended"))
    assert one.bad.tolist() == other.bad.tolist()
    for column, same in zip(one.columns, other.columns, strict=True):
        assert column.numbered()[1].tolist() == same.numbered()[1].tolist()


def test_another_seed_deals_the_rows_out_otherwise(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", answers())
    one, other = (read_table(Source(path, "ended", seed=seed)) for seed in (1, 2))
    assert one.columns[1].numbered()[1].tolist() != other.columns[1].numbered()[1].tolist()


def test_good_and_bad_rows_are_dealt_out_alike() -> None:
    bad = np.array([1.0] * 53 + [0.0] * 501)
    folds = folds_of(bad)
    assert set(np.bincount(folds[bad == 1], minlength=FOLDS).tolist()) == {10, 11}
    assert set(np.bincount(folds[bad == 0], minlength=FOLDS).tolist()) == {100, 101}


def test_a_parquet_file_has_types_of_its_own_and_a_person_is_not_asked(tmp_path: Path) -> None:
    query = """
        SELECT range AS person_id, range % 2 = 0 AS end, (range % 11)::SMALLINT AS a, (range % 7) / 4 AS b,
        CASE WHEN range % 3 > 0 THEN 'kind ' || range % 4 END AS c, range % 13 = 0 AS d FROM range(300)
    """
    table = read_table(Source(write_parquet(tmp_path / "t.parquet", query), "end"))
    assert [(c.name, c.numbers is None) for c in table.columns] == [
        ("a", False), ("b", False), ("c", True), ("d", False),
    ]  # fmt: skip
    assert table.bad.sum() == 150
    assert table.columns[2].missing.sum() == 100


def test_what_is_neither_number_nor_text_is_a_fault(tmp_path: Path) -> None:
    query = "SELECT range % 2 AS end, range % 7 AS a, DATE '2020-01-01' + range::INT AS d FROM range(300)"
    assert "'d' holds neither numbers nor texts." in faults(
        Source(write_parquet(tmp_path / "t.parquet", query), "end")
    )


def test_rows_that_repeat_another_are_counted(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {"x": [1, 2, 3] * 100, "end": [0, 1, 0, 1, 1, 0] * 50}
    assert read_table(Source(write_csv(tmp_path / "t.csv", columns), "end")).duplicates == 300 - 4


def test_a_table_without_the_outcome_or_a_column_to_leave_out_says_which_there_are(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", answers())
    told = faults(Source(path, "endde", leave_out=("agee",)))
    assert "has 3 faults:" in told
    assert "There is no column 'endde'. Did you mean 'ended'?" in told
    assert "There is no column 'agee'. Did you mean 'age'?" in told
    assert "Columns: Debt, age, purpose, late, ended." in told


def test_a_table_of_the_outcome_alone_has_nothing_to_learn_from(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", {"end": [0, 1] * 100})
    assert "There is no column but the outcome's to learn from." in faults(Source(path, "end"))


@pytest.mark.parametrize(
    ("values", "bad", "sentence"),
    [
        ([0] * 200, None, "'end' is one of: 0. Say which is bad: --bad VALUE."),
        ([1] * 200, None, "'end' has 0 good rows: at least 30 are needed."),
        (["good", "bad"] * 20, None, "'end' has 20 bad and 20 good rows: at least 30 are needed."),
        (["a", "b"] * 100, None, "'end' is one of: a, b. Say which is bad: --bad VALUE."),
        (["a", "b"] * 100, "c", "'end' is never 'c', but: a, b."),
        ([n % 9 for n in range(200)], None, "'end' is one of: 0, 1, 2, 3, 4, .... Say which is bad"),
        (["bad", "1"] * 100, None, "'end' is one of: 1, bad. Say which is bad: --bad VALUE."),
        ([0, 1, None, 1] * 60, None, "'end' is empty in 60 rows, to be taken out."),
        ([0, 1] * 60 + [None], None, "'end' is empty in 1 row, to be taken out."),
    ],
)
def test_outcomes_that_cannot_be_learnt_from_are_told(
    tmp_path: Path, values: list[object], bad: str | None, sentence: str
) -> None:
    source = ends(tmp_path, values)
    assert sentence in faults(Source(source.path, "end", bad))


@pytest.mark.parametrize(
    ("values", "bad", "many"),
    [
        (["Good", "Bad", "Bad"] * 60, None, 120),
        (["false", "true"] * 60, None, 60),
        (["1.0", "0.0", "0.0"] * 60, None, 60),
        ([0, 1, 2] * 60, "2.0", 60),
        (["paid", "late", "lost"] * 60, "lost", 60),
    ],
)
def test_a_bad_outcome_is_what_it_is_usually_called_or_what_is_said(
    tmp_path: Path, values: list[object], bad: str | None, many: int
) -> None:
    source = ends(tmp_path, values)
    assert read_table(Source(source.path, "end", bad)).bad.sum() == many


def test_faults_of_columns_end_with_what_to_leave_out(tmp_path: Path) -> None:
    columns = answers() | {"one": [1] * 1200, "name": [f"person {n}" for n in range(1200)]}
    told = faults(Source(write_csv(tmp_path / "t.csv", columns), "ended", leave_out=("late",)))
    assert "'one' is '1' in every row." in told
    assert "'name' has 1,200 different texts" in told
    assert told.endswith("leave them out with --leave-out late,one,name.")


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        read_table(Source(tmp_path / "none.csv", "end"))


@pytest.fixture
def cells(tmp_path: Path) -> Path:
    """A small table with holes, of which two rows are alike."""
    path = tmp_path / "t.csv"
    path.write_text(CELLS, encoding="utf-8")
    return path


def test_a_column_of_csv_is_numbers_if_every_cell_is_one_or_empty(cells: Path) -> None:
    kinds = column_kinds(cells)
    assert kinds == {"number": "number", "text": "text", "mixed": "text", "empty": "number", "end": "text"}


def test_a_column_of_parquet_is_what_its_type_says(tmp_path: Path) -> None:
    numbers = "1::UTINYINT a, 1.5::DECIMAL(9,2) b, 'x' c, true d"
    query = f"SELECT {numbers}, DATE '2020-01-01' e, [1] f, 'x'::ENUM('x') g"
    kinds = column_kinds(write_parquet(tmp_path / "t.parquet", query))
    assert list(kinds.values()) == ["number", "number", "text", "number", "other", "other", "text"]


def test_rows_come_in_an_order_of_their_content_with_copies_counted(cells: Path) -> None:
    wanted = {"number": "number", "text": "text"}
    found = read_columns(cells, (wanted, {}), "end", 1)
    rows = zip(found["number"].tolist(), found["text"].tolist(), found[OUTCOME].tolist(), strict=True)
    assert sorted(map(str, rows)) == [
        "(-2000.0, None, None)", "(1.5, 'a', 'yes')", "(1.5, 'a', 'yes')", "(nan, 'b', 'no')",
    ]  # fmt: skip
    assert sorted(found[COPIES].tolist()) == [1, 1, 1, 2]
    lines = CELLS.splitlines()
    cells.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", encoding="utf-8")
    again = read_columns(cells, (wanted, {}), "end", 1)
    assert all(str(found[name].tolist()) == str(again[name].tolist()) for name in found)


def test_what_is_kept_beside_is_not_asked_and_moves_neither_order_nor_folds(tmp_path: Path) -> None:
    columns = answers()
    codes: list[object] = [f"p{number}" for number in range(len(columns["age"]))]
    plain = read_table(Source(write_csv(tmp_path / "plain.csv", columns), "ended"))
    wide = write_csv(tmp_path / "wide.csv", {"region": list(reversed(codes)), **columns, "person_id": codes})
    found = read_table(Source(wide, "ended", beside=("region",)))
    assert [column.name for column in found.columns] == [column.name for column in plain.columns]
    assert found.bad.tolist() == plain.bad.tolist()
    assert found.folds.tolist() == plain.folds.tolist()
    assert sorted(found.beside) == ["person_id", "region"]
    people, regions = found.beside["person_id"].texts, found.beside["region"].texts
    assert people is not None
    assert regions is not None
    together = [int(one[1:]) + int(other[1:]) for one, other in zip(people, regions, strict=True)]
    assert set(together) == {len(codes) - 1}


def test_a_table_whose_rows_are_broken_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"{n},{n}\n" for n in range(30_000))
    path.write_text("a,b\n" + rows + 'x,"never closed\n1,2,3,4,5\n', encoding="utf-8")
    with pytest.raises(IntakeError, match="it cannot be read"):
        column_kinds(path)


def test_later_rows_are_held_out_and_people_stay_together(tmp_path: Path) -> None:
    table = read_table(Source(write_csv(tmp_path / "t.csv", dated()), "ended", beside=("region",)))
    assert table.later is not None
    assert [column.name for column in table.columns] == ["Debt", "age", "purpose", "late"]
    assert len(table.bad) + len(table.later.bad) == 1200
    assert set(table.later.beside["observed_on"].numbered()[0]) == {
        f"2022-{n:02d}-01" for n in (8, 9, 10, 11, 12)
    }
    assert (
        max(table.beside["observed_on"].numbered()[0])
        == table.beside["observed_on"].numbered()[0][-1]
        == "2022-07-01"
    )
    people = table.beside["person_id"].numbered()[1]
    assert all(len(set(table.folds[people == person].tolist())) == 1 for person in range(people.max() + 1))
    assert table.split == Split(
        "observed_on", "2021-01-01", "2022-08-01", "2022-12-01", "person_id", people.max() + 1, 1
    )
    assert table.split.says == [
        (
            "Rows from 2022-08-01 to 2022-12-01 by 'observed_on' were held out: nothing was learnt from "
            "them. The others go back to 2021-01-01."
        ),
        f"Rows with the same 'person_id' are in one fold ({people.max() + 1:,} different ones).",
    ]


def test_any_order_of_rows_is_held_out_and_grouped_alike(tmp_path: Path) -> None:
    made = dated()
    order = np.random.Generator(np.random.PCG64(1)).permutation(1200).tolist()
    one = read_table(Source(write_csv(tmp_path / "a.csv", made), "ended"))
    other = read_table(Source(write_csv(tmp_path / "b.csv", made, order), "ended"))
    assert one.folds.tolist() == other.folds.tolist()
    assert one.later is not None
    assert other.later is not None
    assert one.later.bad.tolist() == other.later.bad.tolist()


def test_chance_parts_the_rows_where_it_is_asked_for_or_nothing_else_can(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", dated())
    table = read_table(Source(path, "ended", leave_out=("region",), splitting=BY_CHANCE))
    assert (table.later, table.split.by_chance, len(table.bad)) == (None, True, 1200)
    assert table.split.says[0].startswith("Folds were cut by chance")
    columns = answers() | {"person_id": list(range(1200))}
    assert read_table(Source(write_csv(tmp_path / "u.csv", columns), "ended")).split.by_chance


def test_a_time_or_a_group_is_a_column_by_name_and_never_asked(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", dated())
    by_age = read_table(
        Source(path, "ended", splitting=Splitting(time="age", group="purpose"), beside=("region",))
    )
    assert [column.name for column in by_age.columns] == ["Debt", "late"]
    assert (by_age.split.time, by_age.split.group, by_age.split.groups) == ("age", "purpose", 3)
    assert "There is no column 'agee'." in faults(Source(path, "ended", splitting=Splitting(time="agee")))
    assert "There is no column 'x'." in faults(Source(path, "ended", splitting=Splitting(group="x")))


def test_faults_of_the_time_are_told_with_those_of_columns(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", answers() | {"one": [1] * 1200})
    told = faults(Source(path, "ended", splitting=Splitting(time="purpose")))
    assert "'purpose' has 'car', which is neither a date" in told
    assert "'one' is '1' in every row." in told
    told = faults(
        Source(path, "ended", leave_out=("one",), splitting=Splitting(time="age", out_of_time="200"))
    )
    assert "No row is from 200 or later" in told
    told = faults(Source(path, "ended", leave_out=("one",), splitting=Splitting(out_of_time="200")))
    assert "--out-of-time needs the column of the time: --time COLUMN." in told


def test_an_empty_file_and_one_without_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("", encoding="utf-8")
    assert "The file is empty." in faults(Source(path, "end"))
    path.write_text("a,end\n", encoding="utf-8")
    assert "It has no rows." in faults(Source(path, "end"))
