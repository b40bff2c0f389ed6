"""PMML in and out, beside a program that is not ours: PMML4S (Apache-2.0), where Java and pypmml are."""

import json
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from credence import score_people
from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.scorecards import reasons
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml import write_pmml
from credence.scorecards.pmml.attributes import NO_REASON
from tests.scorecards.pmml.random_cards import (
    Entry,
    columns_of,
    random_card,
    random_document,
    random_people,
)
from tests.scorecards.pmml.samples import loaded, row
from tests.world import AS_OF, NOW

PEOPLE = 10_000
FEWER = 1_000


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    """The evaluator's class of models; its Java machine ends with the tests of this file."""
    if shutil.which("java") is None:
        pytest.skip("There is no Java here.")
    pypmml = pytest.importorskip("pypmml")
    yield pypmml.Model
    pypmml.PMMLContext.shutdown()


def theirs(models: Any, text: str, people: list[Entry]) -> list[dict[str, Any]]:  # noqa: ANN401 - it has no types
    """What the evaluator says of everybody; its scores that are no number are None."""
    columns = list(people[0])
    data = [[person[name] for name in columns] for person in people]
    out = json.loads(models.fromString(text).predict(json.dumps({"columns": columns, "data": data})))
    return [dict(zip(out["columns"], values, strict=True)) for values in out["data"]]


def without_reasons(text: str) -> str:
    """The evaluator stops where reasons are asked of a person without a score."""
    return text.replace('useReasonCodes="true"', 'useReasonCodes="false"')


def ours(card: Scorecard, people: list[Entry], folder: Path) -> list[int | None]:
    """The scores of a table of people."""
    table, scores = folder / "people.parquet", folder / "scores.parquet"
    lines = "\n".join(json.dumps({"person_id": f"{n:06}"} | p) for n, p in enumerate(people))
    (folder / "people.jsonl").write_text(lines, encoding="utf-8")
    types = {"person_id": "VARCHAR"} | {
        n: "VARCHAR" if text else "DOUBLE" for n, text in columns_of(card).items()
    }
    source = f"read_json('{folder / 'people.jsonl'}', columns={types})"
    duckdb.execute(f"COPY (FROM {source}) TO '{table}'")
    score_people(card, table, Moment(AS_OF, NOW), scores)
    return [
        score for (score,) in duckdb.execute(f"SELECT score FROM '{scores}' ORDER BY person_id").fetchall()
    ]


def told(card: Scorecard, said: Row) -> list[str] | None:
    """The four reasons of a row; None where two of them stand for as many points, in either order."""
    got = {line.characteristic: (line.points or 0, line.reason) for line in said.lines}
    ranked = reasons.rank(card, reasons.usual(card), got)
    tied = len({reason.points for reason in ranked}) < len(ranked)
    return None if tied else [reason.code for reason in ranked[: reasons.REASONS_MOST]]


def told_there(said: dict[str, Any]) -> list[str]:
    """The reasons of the evaluator, which repeats the last one up to four."""
    return [code for code, _again in groupby(said[f"reason_{rank}"] for rank in range(1, 5)) if code]


@pytest.mark.parametrize("seed", range(10))
def test_a_scorecard_written_as_pmml_scores_everybody_alike(models: Any, tmp_path: Path, seed: int) -> None:  # noqa: ANN401
    chance = Random(seed)
    card = random_card(chance, tmp_path)
    people = random_people(chance, columns_of(card), PEOPLE)
    there = theirs(models, without_reasons(write_pmml(card)), people)
    scores = ours(card, people, tmp_path)
    assert [said["score"] for said in there] == scores
    assert len(set(scores)) > 1


@pytest.mark.parametrize("seed", range(10))
def test_a_scorecard_written_as_pmml_tells_the_same_reasons(models: Any, tmp_path: Path, seed: int) -> None:  # noqa: ANN401
    chance = Random(seed)
    card = random_card(chance, tmp_path)
    rows = [(person, row(card, **person)) for person in random_people(chance, columns_of(card), FEWER)]
    scored = [(person, said) for person, said in rows if said.score is not None]
    there = theirs(models, write_pmml(card), [person for person, _said in scored])
    for (person, said), other in zip(scored, there, strict=True):
        mine, codes = told(card, said), told_there(other)
        known = [code for code in codes if code != NO_REASON]
        # Where rows without a reason are told, too, there may be no place left for the last of ours.
        assert mine is None or known == mine[: len(known) if NO_REASON in codes else None], person


@pytest.mark.parametrize("seed", range(10))
def test_a_scorecard_of_others_scores_everybody_alike(models: Any, tmp_path: Path, seed: int) -> None:  # noqa: ANN401
    chance = Random(seed)
    text = random_document(chance)
    card = loaded(tmp_path, text)
    people = random_people(chance, columns_of(card), FEWER)
    there = theirs(models, text, people)
    assert [said["predicted"] for said in there] == [row(card, **person).score for person in people]
