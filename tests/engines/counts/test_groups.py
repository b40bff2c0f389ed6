"""People by group: every count is what counting people one by one gives, and no row of a table is kept."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.engines.counts.groups import COLUMNS_MOST, GROUPS_MOST, Asked, Count, check_groups, group_counts
from credence.engines.scored import Scores
from credence.errors import IntakeError, SourceNotFoundError
from credence.scorecards.load import load_text
from tests.scorecards.cards import lab

CARD = load_text(lab(), "small")
# Whom a table does not know, its score, and its groups: a person may be in the table and in no group.
Person = tuple[bool, int | None, str | None, str | None]
names = st.sampled_from([None, "north", 'it\'s "south"', "25-34", "æ 北"])
people = st.lists(st.tuples(st.booleans(), st.none() | st.integers(300, 900), names, names), max_size=40)


def scores(folder: Path, found: Mapping[str, int | None], name: str = "scores") -> Scores:
    """A folder of two files of scores, as a run writes them."""
    place = folder / name
    place.mkdir()
    for number in (0, 1):
        rows = [(one, score) for n, (one, score) in enumerate(found.items()) if n % 2 == number]
        written(place / f"0000{number}.parquet", ("person_id VARCHAR", "score INTEGER"), rows)
    return Scores(place, CARD)


def written(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    form = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows ({', '.join(columns)})")
        if rows:
            connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(columns))})", rows)
        connection.execute(f"COPY rows TO '{path}' ({form})")
    return path


def counted(everybody: Sequence[Person], column: int, cut_offs: Sequence[int]) -> tuple[Count, ...]:
    """The same, counted by plain Python."""
    found: dict[str | None, list[int | None]] = {}
    for known, score, *groups in everybody:
        found.setdefault(groups[column] if known else None, []).append(score)
    order = sorted(found, key=lambda name: (name is None, name or ""))
    made = []
    for name in order:
        have = [score for score in found[name] if score is not None]
        reaching = tuple(sum(score >= cut_off for score in have) for cut_off in cut_offs)
        made.append(Count(name, len(found[name]), len(have), sum(have), reaching))
    return tuple(made)


@settings(max_examples=25, deadline=None)
@given(people, st.lists(st.integers(250, 950), max_size=3), st.sampled_from(["groups.csv", "groups.parquet"]))
def test_every_count_is_what_counting_one_by_one_gives(
    everybody: list[Person], cut_offs: list[int], file: str
) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        asked = Asked(scores(folder, {f"p{n}": one[1] for n, one in enumerate(everybody)}), tuple(cut_offs))
        rows = [(f"p{n}", *one[2:]) for n, one in enumerate(everybody) if one[0]]
        columns = ("person_id VARCHAR", "sex VARCHAR", '"band of ""age""" VARCHAR')
        table = written(folder / file, columns, [*rows, ("stranger", "north", "north")])
        (found,) = group_counts(table, [asked])
        assert list(found) == ["sex", 'band of "age"']
        assert [found[name] for name in found] == [counted(everybody, n, cut_offs) for n in (0, 1)]


def test_every_scorecard_is_counted_at_its_own_scores(tmp_path: Path) -> None:
    table = written(tmp_path / "groups.csv", ("person_id TEXT", "region TEXT"), [("a", "x"), ("b", "y")])
    first = Asked(scores(tmp_path, {"a": 500, "b": 700}, "first"), (600,))
    second = Asked(scores(tmp_path, {"b": 40, "c": None}, "second"), (40, 41))
    assert group_counts(table, [first, second]) == [
        {"region": (Count("x", 1, 1, 500, (0,)), Count("y", 1, 1, 700, (1,)))},
        {"region": (Count("y", 1, 1, 40, (1, 0)), Count(None, 1, 0, 0, (0, 0)))},
    ]


def test_groups_of_numbers_are_named_as_they_are_written(tmp_path: Path) -> None:
    table = written(tmp_path / "groups.parquet", ("person_id INTEGER", "region INTEGER"), [(7, 3)])
    (found,) = group_counts(table, [Asked(scores(tmp_path, {"7": 500}), ())])
    assert found == {"region": (Count("3", 1, 1, 500, ()),)}


MANY = "\n".join(f"p{n},{n}" for n in range(GROUPS_MOST + 1))
ENOUGH = "\n".join(f"p{n},{n}" for n in range(GROUPS_MOST))
WIDE = ",".join(f"c{n}" for n in range(COLUMNS_MOST + 1))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name,sex\nana,f\n", "it has no column 'person_id'. Columns needed: person_id."),
        ("person_id\nana\n", "it has no column beside person_id. Add one of groups, such as region."),
        (f"person_id,{WIDE}\n", "it has 21 columns of groups. Give at most 20."),
        (
            "person_id,sex\nana,f\nben,m\nana,m\n",
            "person 'ana' stands there twice; a table of groups has one",
        ),
        ("person_id,sex\n,f\n", "a row has no person_id."),
        (f"person_id,pay\n{MANY}\n", "column 'pay' has 101 values, and a column of groups has at most 100."),
    ],
)
def test_what_is_no_table_of_groups_is_told(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "groups.csv"
    path.write_text(text, encoding="utf-8")
    for ask in (check_groups, lambda table: group_counts(table, [])):
        with pytest.raises(IntakeError) as caught:
            ask(path)
        assert f"groups.csv: {fault}" in str(caught.value)


def test_a_table_that_is_not_there_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        check_groups(tmp_path / "none.csv")
    (tmp_path / "groups.parquet").write_text("no Parquet", encoding="utf-8")
    with pytest.raises(IntakeError, match="cannot be read"):
        check_groups(tmp_path / "groups.parquet")
    with pytest.raises(IntakeError, match=r"read from CSV \(\.csv\) or Parquet \(\.parquet\)"):
        check_groups(written(tmp_path / "groups.txt", ("person_id TEXT", "sex TEXT"), []))


def test_a_good_table_is_taken_and_nothing_is_left_of_it(tmp_path: Path) -> None:
    table = tmp_path / "groups.csv"
    table.write_text(f"person_id,region\n{ENOUGH}\n", encoding="utf-8")
    found = scores(tmp_path, {"p1": 500})
    check_groups(table)
    group_counts(table, [Asked(found, (400,))])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["groups.csv", "scores"]
    assert sorted(path.name for path in found.file.iterdir()) == ["00000.parquet", "00001.parquet"]
