from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import AS_OF, Credence, refused
from tests.scorecards.cards import lab, of, write

RISK = of("{column: risk}", "[{below: 50, points: 5}, {points: 20}]", "missing: {points: 1}")


def rows(path: Path, columns: str = "person_id, score") -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT {columns} FROM '{path}' ORDER BY ALL").fetchall()


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A scorecard that looks at a column of a table of people."""
    return write(tmp_path, lab(RISK))


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table of three people."""
    path = tmp_path / "people.csv"
    path.write_text("person_id,risk\nana,10\nben,60\nlin,\n", encoding="utf-8")
    return path


def test_everybody_in_a_log_has_a_row(credence: Credence, town: Path, tmp_path: Path) -> None:
    ran = credence("score", "everyday", "--log", town / "log", *AS_OF, "--out", "out.parquet")
    assert ran.code == 0
    assert ran.out.startswith("63 people: 57 with a score, on average ")
    assert ran.out.endswith("One row for each is in out.parquet.\n")
    assert len(rows(tmp_path / "out.parquet")) == 63


def test_with_json_the_summary_counts_every_row(credence: Credence, town: Path) -> None:
    facts = credence("score", "everyday", "--log", town / "log", *AS_OF, "--out", "o.parquet", "--json").facts
    assert set(facts) == {"out", "rows", "mean", "bands", "unscorable"}
    assert sum(facts["bands"].values()) + sum(facts["unscorable"].values()) == facts["rows"] == 63


def test_a_table_of_moments_gives_a_row_for_each(credence: Credence, town: Path, tmp_path: Path) -> None:
    (tmp_path / "at.csv").write_text(
        "person_id,as_of,known_at\n"
        "hu,2026-10-06,2026-10-06T00:00:00Z\nhu,2026-10-06,2026-11-06T00:00:00Z\nana,2026-11-06,\n",
        encoding="utf-8",
    )
    ran = credence("score", "everyday", "--log", town / "log", "--at", "at.csv", "--out", "out.parquet")
    assert ran.out.startswith("3 moments: 3 with a score")
    assert rows(tmp_path / "out.parquet", "person_id, CAST(as_of AS VARCHAR), score") == [
        ("ana", "2026-11-06", 910),
        ("hu", "2026-10-06", 825),
        ("hu", "2026-10-06", 860),
    ]


def test_known_at_holds_where_a_table_of_moments_does_not_say_it(
    credence: Credence, town: Path, tmp_path: Path
) -> None:
    (tmp_path / "at.csv").write_text("person_id,as_of\nhu,2026-10-06\n", encoding="utf-8")
    words = ("score", "everyday", "--log", town / "log", "--at", "at.csv", "--out", "out.parquet")
    credence(*words, "--known-at", "2026-10-06T00:00:00Z")
    assert rows(tmp_path / "out.parquet") == [("hu", 825)]
    credence(*words, "--known-at", "2026-11-06T00:00:00Z")
    assert rows(tmp_path / "out.parquet") == [("hu", 860)]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_of_people_is_scored_without_a_log(
    credence: Credence, card: Path, people: Path, tmp_path: Path, suffix: str
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM '{people}') TO '{tmp_path / 'people.parquet'}' (FORMAT parquet)")
    ran = credence("score", card, "--people", f"people.{suffix}", *AS_OF, "--out", "out.parquet")
    assert ran.out.startswith("3 people: 3 with a score, on average 8.7, 0 without.")
    assert rows(tmp_path / "out.parquet") == [("ana", 5), ("ben", 20), ("lin", 1)]


def test_a_table_of_people_stands_beside_a_log(
    credence: Credence, card: Path, people: Path, town: Path, tmp_path: Path
) -> None:
    words = ("score", card, "--log", town / "log", "--people", people, *AS_OF, "--out", "out.parquet")
    assert credence(*words).code == 0
    found = {person: score for person, score in rows(tmp_path / "out.parquet")}  # noqa: C416
    assert (found["ana"], found["lin"], found["hu"]) == (5, 1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("person_id,risk\nana,1\nana,2\n", "person 'ana' stands there twice"),
        ("person_id,risk\nana,1\n,2\n", "a row has no person_id"),
        ("person_id\nana\n", "it has no column 'risk'"),
    ],
)
def test_a_table_with_a_person_twice_or_nobody_is_refused(
    credence: Credence, card: Path, people: Path, text: str, sentence: str
) -> None:
    people.write_text(text, encoding="utf-8")
    said = refused(credence("score", card, "--people", "people.csv", *AS_OF, "--out", "out.parquet"))
    assert said.startswith("people.csv: " + sentence)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([*AS_OF], "Say whom to score"),
        (["--log", "log"], "Say when"),
        (["--log", "log", *AS_OF, "--at", "at.csv"], "Say when"),
        (["--people", "people.csv", "--at", "at.csv"], "Say when"),
        (["--people", "people.csv", "--as-of", "soon"], "--as-of is 'soon'"),
        (
            ["--people", "people.csv", *AS_OF, "--known-at", "2026-11-06T10:00"],
            "--known-at is '2026-11-06T10:00'",
        ),
        (["--people", "out.parquet", *AS_OF], "--out is out.parquet, which is read, too"),
        (["--people", "none.csv", *AS_OF], "There is no file at none.csv"),
        (["--people", "people.txt", *AS_OF], "people.txt: a table is read from CSV"),
        (["--log", "none", *AS_OF], "There is no event log at none"),
    ],
)
def test_what_is_not_complete_or_contradicts_itself_is_refused(
    credence: Credence, card: Path, people: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    people.with_suffix(".txt").touch()
    assert refused(credence("score", card, *words, "--out", "out.parquet")).startswith(sentence)
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("out", ["none/out.parquet", "."])
def test_a_result_that_cannot_be_written_is_refused_before_scoring(
    credence: Credence, card: Path, people: Path, out: str
) -> None:
    said = refused(credence("score", card, "--people", people, *AS_OF, "--out", out))
    assert said.startswith(f"--out is {out}, ")


def test_a_scorecard_over_a_table_asks_for_it(credence: Credence, card: Path, town: Path) -> None:
    said = refused(credence("score", card, "--log", town / "log", *AS_OF, "--out", "out.parquet"))
    assert said == "'small' looks at columns of a table (risk): give it with --people TABLE."


def test_points_alone_are_written_of_a_table(
    credence: Credence, card: Path, people: Path, tmp_path: Path
) -> None:
    ran = credence("score", card, "--people", people, *AS_OF, "--out", "points.parquet", "--points-only")
    assert ran.out.startswith("3 people: 3 with a score")
    assert rows(tmp_path / "points.parquet", "person_id, score, one") == [
        ("ana", 5, 5),
        ("ben", 20, 20),
        ("lin", 1, 1),
    ]


def test_points_alone_are_not_written_of_a_log(credence: Credence, card: Path, town: Path) -> None:
    words = ("score", card, "--log", town / "log", *AS_OF, "--out", "points.parquet", "--points-only")
    assert refused(credence(*words)).startswith("--points-only is for a table of people")
