"""A scorecard learnt from samples asks events: every row gets the points of the fit, on both evaluators."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

import duckdb
import numpy as np
import pytest

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.person import evaluate
from credence.engines.tables import Tables
from credence.errors import ScorecardNotFoundError, TrainingTableError
from credence.events.vocabulary import extended, shipped
from credence.scorecards.check import warnings
from credence.scorecards.load import find
from credence.scoring.cases import load_cases, run_cases
from credence.training.columns import Column
from credence.training.order import Order
from credence.training.questions import load_questions
from credence.training.run import Trained, run
from credence.training.samples.run import sample
from credence.training.solver.design import Design
from credence.training.splits import Splitting
from credence.training.table import Source
from credence.training.written.origin import Origin, read_origin
from tests.training.samples.borrowers import PEOPLE, bank
from tests.training.tables import numbers, texts, write_csv


@dataclass(frozen=True)
class World:
    """A bank, the samples of it, and what was learnt from them."""

    folder: Path
    log: EventLog
    trained: Trained

    @property
    def rows(self) -> dict[str, list[object]]:
        """The columns of the samples."""
        cursor = duckdb.execute(f"SELECT * FROM '{self.folder / 'samples.parquet'}'")
        names = [column[0] for column in cursor.description or ()]
        return dict(zip(names, map(list, zip(*cursor.fetchall(), strict=True)), strict=True))

    def wanted(self) -> list[int]:
        """The score that the fit gives to each row."""
        fit, rows = self.trained.fit, self.rows
        columns = [
            texts(b.column, rows[b.column]) if b.text else numbers(b.column, rows[b.column])  # type: ignore[arg-type]
            for b in fit.bins
        ]
        codes = tuple(bins.codes(column) for bins, column in zip(fit.bins, columns, strict=True))
        design = Design(codes, fit.design.shapes, np.zeros(len(rows["outcome"]), dtype=np.intp))
        found: list[int] = fit.points.scores(design).tolist()
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A bank whose borrowers were sampled and learnt from."""
    folder = tmp_path_factory.mktemp("bank")
    log = bank(folder)
    made = sample(folder / "samples.yaml", log, folder / "samples.parquet")
    assert made.good + made.bad == 2 * (PEOPLE + 1) - sum(reason.rows for reason in made.left_out)
    order = Order(
        Source(folder / "samples.parquet", "outcome", splitting=Splitting(random=True)),
        out=folder / "card",
        characteristics=str(folder / "questions.yaml"),
    )
    return World(folder, log, run(order, lambda _done, _total: None))


def test_it_asks_events_with_the_questions_of_its_origin(world: World) -> None:
    card = load_scorecard(world.folder / "card")
    asked = {c.name: c for c in load_questions(world.folder / "questions.yaml", shipped()).characteristics}
    assert len(card.characteristics) > 4
    for characteristic in card.characteristics:
        origin = asked[characteristic.name]
        assert (characteristic.measure, characteristic.months) == (origin.measure, origin.months)
        assert characteristic.question == origin.question
    assert warnings(card) == []


def test_every_row_gets_the_points_of_the_fit_from_the_log(world: World) -> None:
    rows, card = world.rows, load_scorecard(world.folder / "card")
    moments = zip(rows["person_id"], rows["observed_on"], strict=True)
    lines = [f"{who},{day},{day}" for who, day in moments]
    (world.folder / "at.csv").write_text("\n".join(["person_id,as_of,known_at", *lines]), encoding="utf-8")
    now = Moment(datetime(2025, 6, 30).date(), datetime(2025, 6, 30))  # noqa: DTZ001 - as the log keeps instants
    out = world.folder / "scores.parquet"
    score_people(card, world.log, now, out, Tables(at=world.folder / "at.csv"))
    query = f"SELECT score, unscorable FROM '{out}' ORDER BY person_id, as_of"
    scores = [row[0] for row in duckdb.execute(query).fetchall()]
    assert len(set(scores)) > 50
    assert scores == world.wanted()


def test_a_person_gets_them_in_python(world: World) -> None:
    rows, card, wanted = world.rows, load_scorecard(world.folder / "card"), world.wanted()
    for number in range(0, len(wanted), 40):
        day = rows["observed_on"][number]
        known_at = datetime.combine(day, time())  # type: ignore[arg-type]
        events = world.log.events_of(str(rows["person_id"][number]), known_at)
        moment = Moment(day, known_at)  # type: ignore[arg-type]
        assert evaluate(card, world.log.vocabulary, events, moment).score == wanted[number]


def test_its_worked_case_is_of_somebody_to_whom_nothing_happened(world: World) -> None:
    cases = load_cases(world.folder / "card" / "cases.yaml")
    assert [case.sentence for case in cases] == ["Somebody to whom nothing ever happened"]
    assert run_cases(load_scorecard(world.folder / "card"), cases) == []


def test_the_model_card_says_how_to_make_it_again(world: World) -> None:
    text = (world.folder / "card" / "README.md").read_text(encoding="utf-8")
    assert "--characteristics" in text


def test_a_live_origin_names_the_kinds_that_it_counts() -> None:
    words = shipped()
    everyday = load_questions("everyday", words)
    origin = Origin(everyday, words)
    oldest = next(m for m, _ in everyday.measures() if m.name == "age_of_oldest" and not kinds_of(m.answer))
    asked = replace(everyday.characteristics[0], measure=oldest)
    named = origin.measure(asked)["age_of_oldest"]["kind"]  # type: ignore[index]
    assert set(named) == set(words.counted()) - set(everyday.barred_kinds)
    assert set(everyday.barred_kinds) & set(words.counted())
    assert "kind" not in Origin(replace(everyday, barred_kinds=()), words).measure(asked)["age_of_oldest"]  # type: ignore[operator]


def kinds_of(answer: object) -> tuple[str, ...]:
    found: tuple[str, ...] = answer.aggregate.events.kinds  # type: ignore[attr-defined]
    return found


def test_the_kinds_that_are_named_have_the_fields_that_are_looked_at(tmp_path: Path) -> None:
    words = shipped()
    (tmp_path / "c.yaml").write_text(
        "characteristics:\n"
        "  a: {measure: {sum: {field: amount, currency: EUR, where: {counterparty: {present: true}}}}}\n",
        encoding="utf-8",
    )
    card = replace(load_questions(tmp_path / "c.yaml", words), barred_kinds=("payment.settled",))
    named = Origin(card, words).measure(card.characteristics[0])["sum"]["kind"]  # type: ignore[index]
    assert "payment.received" in named
    assert all({"amount", "counterparty"} <= set(words.kinds[kind].fields) for kind in named)
    assert "payment.settled" not in named


def test_columns_and_characteristics_must_agree(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    fitting = [numbers("times_over_limit", [1.0]), Column("other", texts=np.array(["x"], dtype=object))]
    order = Order(Source(table, "end"), characteristics="everyday")
    assert read_origin(order, fitting).of("times_over_limit") is not None
    assert read_origin(order, fitting).of("other") is None
    with pytest.raises(TrainingTableError) as refused:
        read_origin(order, [texts("times_over_limit", ["often"])])
    assert "'times_over_limit' holds texts, and in 'everyday' its answer is numbers." in str(refused.value)
    with pytest.raises(TrainingTableError) as refused:
        read_origin(order, [numbers("other", [1.0])])
    assert "No column is called like a characteristic of 'everyday': paid_on_time, " in str(refused.value)
    with pytest.raises(ScorecardNotFoundError):
        read_origin(replace(order, characteristics="nowhere"), fitting)


def test_what_a_live_origin_asks_of_events_that_say_nothing_must_name_kinds(tmp_path: Path) -> None:
    text = find("everyday").read_text(encoding="utf-8")
    unsaid = "count: {where: {counterparty: {present: false}}}"
    assert "count: {kind: identity.verified}" in text
    path = tmp_path / "scorecard.yaml"
    path.write_text(text.replace("count: {kind: identity.verified}", unsaid), encoding="utf-8")
    order = Order(Source(tmp_path / "t.csv", "end"), characteristics=str(path))
    assert read_origin(order, [numbers("reachable", [1.0])]).of("reachable") is not None
    with pytest.raises(TrainingTableError) as refused:
        read_origin(order, [numbers("identity_verified", [1.0])])
    assert refused.value.faults == [
        "'identity_verified' asks for events of any kind that do not say something: name kinds in 'everyday'."
    ]
    path.write_text(path.read_text(encoding="utf-8").replace("present: false", "present: true"), "utf-8")
    assert read_origin(order, [numbers("identity_verified", [1.0])]).of("identity_verified") is not None


def test_an_origin_may_name_kinds_of_your_own(tmp_path: Path) -> None:
    (tmp_path / "kinds.yaml").write_text(
        "version: 1\nkinds:\n  visit.made: {title: A visit, context: payments, speaks: neither}\n",
        encoding="utf-8",
    )
    (tmp_path / "q.yaml").write_text(
        "characteristics: {visits: {measure: {count: {kind: visit.made}}}}", encoding="utf-8"
    )
    chance = np.random.Generator(np.random.PCG64(3))
    visits = chance.integers(0, 9, 300).tolist()
    bad = (chance.random(300) < [0.1 + visit / 10 for visit in visits]).astype(int).tolist()
    table = write_csv(tmp_path / "t.csv", {"visits": visits, "end": bad})
    source, kinds = Source(table, "end", splitting=Splitting(random=True)), tmp_path / "kinds.yaml"
    asked = str(tmp_path / "q.yaml")
    run(Order(source, out=tmp_path / "card", characteristics=asked, vocabulary=kinds), lambda _, __: None)
    card = load_scorecard(tmp_path / "card", extended(shipped(), kinds))
    assert kinds_of(card.characteristics[0].measure.answer) == ("visit.made",)
    assert "--vocabulary kinds.yaml" in (tmp_path / "card" / "README.md").read_text(encoding="utf-8")
