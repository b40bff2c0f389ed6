"""Models of other tools made into scorecards, and the scores of the sample's people."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from credence.engines.flat import TIMELESS, score_points
from credence.errors import DefinitionError
from credence.scorecards.importing.folder import Imported, import_model
from credence.scorecards.importing.wishes import Wishes
from credence.scorecards.scale import Scale

SAMPLES = Path(__file__).parent / "samples"
SCALE = Scale(600, 50, 20)
USUAL = Wishes(SCALE)


def imported(folder: Path, name: str, tool: str, wishes: Wishes = USUAL) -> Imported:
    """A sample as a scorecard in a folder `card`."""
    return import_model(SAMPLES / name, tool, wishes, folder / "card")


def of_text(folder: Path, text: str, tool: str, wishes: Wishes = USUAL) -> Imported:
    """A text as a scorecard in a folder `card`."""
    (folder / "model").write_text(text, encoding="utf-8")
    return import_model(folder / "model", tool, wishes, folder / "card")


def faults(folder: Path, text: str, tool: str, wishes: Wishes = USUAL) -> list[str]:
    """What is wrong with a text."""
    with pytest.raises(DefinitionError) as caught:
        of_text(folder, text, tool, wishes)
    return [f"{fault.path}: {fault.sentence}" for fault in caught.value.faults]


def scores(folder: Path, made: Imported, people: Path = SAMPLES / "people.csv") -> dict[str, int | None]:
    """The score of everybody in a table."""
    out = folder / "scores.parquet"
    score_points(made.scorecard, TIMELESS, people, out)
    return dict(duckdb.execute(f"SELECT person_id, score FROM '{out}'").fetchall())


def score_of(folder: Path, made: Imported, **answers: str | float | None) -> int | None:
    """The score of one person, by the answers in the table's columns."""
    return _scored(folder, made, list(answers), [list(answers.values())])[0]


def scores_of(folder: Path, made: Imported, answers: Sequence[str | float | None]) -> list[int | None]:
    """The scores of people who differ in their answers in the column `x`."""
    return _scored(folder, made, ["x"], [[answer] for answer in answers])


def _scored(
    folder: Path, made: Imported, names: list[str], rows: list[list[str | float | None]]
) -> list[int | None]:
    people = folder / "people.csv"
    with people.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["person_id", *names], *([str(n), *row] for n, row in enumerate(rows))])
    found = scores(folder, made, people)
    return [found[str(number)] for number in range(len(rows))]


def predicted(name: str) -> dict[str, float]:
    """What a tool itself says of everybody."""
    with (SAMPLES / "predicted.csv").open(encoding="utf-8") as file:
        return {row["person_id"]: float(row[name]) for row in csv.DictReader(file)}
