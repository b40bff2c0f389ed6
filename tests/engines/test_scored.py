"""Scores on disk: a file or a folder of files, scored with the scorecard that is named."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from credence import Moment, load_scorecard, score_people
from credence.engines.compared import compare
from credence.engines.scored import Scores, check, source
from credence.errors import IntakeError, SourceNotFoundError
from credence.events.log import connect
from tests.world import AS_OF, LATER

CARD = """
name: small
version: 1
title: Small
setting: lab
points_base: 0
characteristics:
  a:
    measure: {column: a}
    attributes: [{below: 5, points: 0}, {points: 10}]
    missing: {points: 1}
"""


@pytest.fixture
def scores(tmp_path: Path) -> Scores:
    """Three people's scores in one file."""
    (tmp_path / "card.yaml").write_text(CARD, encoding="utf-8")
    (tmp_path / "people.csv").write_text("person_id,a\nana,1\nben,7\ncho,\n", encoding="utf-8")
    card = load_scorecard(tmp_path / "card.yaml")
    score_people(card, tmp_path / "people.csv", Moment(AS_OF, LATER), tmp_path / "scores.parquet")
    return Scores(tmp_path / "scores.parquet", card)


def in_parts(scores: Scores, folder: Path) -> Scores:
    """The same people in a file each."""
    folder.mkdir(parents=True)
    for number in range(3):
        part = f"SELECT * FROM '{scores.file}' ORDER BY person_id LIMIT 1 OFFSET {number}"
        duckdb.execute(f"COPY ({part}) TO '{folder}/{number:05d}.parquet'")
    return Scores(folder, scores.scorecard)


def people(scores: Scores) -> list[tuple[object, ...]]:
    with connect() as connection:
        return connection.execute(f"SELECT * FROM {source(scores)} ORDER BY person_id").fetchall()


@pytest.mark.parametrize("name", ["parts", "part[s]", "all*", "day=2026-11-06", "it's"])
def test_a_folder_of_files_is_read_as_one_whatever_its_name(
    scores: Scores, tmp_path: Path, name: str
) -> None:
    (tmp_path / "source").mkdir()
    parts = in_parts(scores, tmp_path / "made")
    parts.file.rename(tmp_path / "source" / name)
    moved = Scores(tmp_path / "source" / name, scores.scorecard)
    assert people(moved) == people(scores)
    found = compare(scores, moved)
    assert (found.moves.scored, found.moves.up, found.moves.down) == (3, 0, 0)


def test_a_scorecard_read_again_is_the_same_with_the_hash_that_was_kept(scores: Scores) -> None:
    again = replace(scores.scorecard, definition_hash="otherwise")
    with connect() as connection:
        with pytest.raises(IntakeError, match="3 of its rows were not scored with this small@1"):
            check(connection, Scores(scores.file, again))
        kept = replace(again, definition_hash=scores.scorecard.definition_hash)
        check(connection, Scores(scores.file, kept))


def test_an_empty_folder_and_one_that_is_not_there_hold_no_scores(scores: Scores, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with connect() as connection:
        with pytest.raises(IntakeError, match="it is no file of scores"):
            check(connection, Scores(tmp_path / "empty", scores.scorecard))
        with pytest.raises(SourceNotFoundError):
            check(connection, Scores(tmp_path / "none", scores.scorecard))


def test_a_person_in_two_files_of_a_folder_is_told(scores: Scores, tmp_path: Path) -> None:
    parts = in_parts(scores, tmp_path / "parts")
    (parts.file / "00003.parquet").write_bytes((parts.file / "00000.parquet").read_bytes())
    with connect() as connection, pytest.raises(IntakeError, match="it has a person twice"):
        check(connection, parts)
