"""Inferred traits: each with its source and date, and each can be contested."""

from credence import EventLog, Moment
from credence.scorecards.load import load_scorecard
from credence.scoring.explain import explain
from credence.scoring.statement import StatementLine
from tests.world import AS_OF, LATER, Row, event, record

CARD = load_scorecard("consumer")


def trait(event_id: str, day: str, trait: str, value: str, confidence: int = 90) -> Row:
    row = event("trait.inferred", day, event_id, trait=trait, value=value, confidence=confidence)
    return row | {"furnisher": "broker"}


def line(log: EventLog, name: str) -> StatementLine:
    statement = explain(CARD, log, "ana", Moment(AS_OF, LATER))
    return next(line for line in statement.lines if line.characteristic == name)


def test_a_trait_has_its_source_and_date_in_the_statement(log: EventLog) -> None:
    record(log, trait("1", "2026-03-01", "income", "60k_to_100k"))
    (evidence,) = line(log, "income").evidence
    assert (evidence.furnisher, evidence.occurred_at, str(evidence.ends_on)) == (
        "broker",
        "2026-03-01",
        "2028-03-01",
    )


def test_the_latest_sure_inference_counts(log: EventLog) -> None:
    record(
        log,
        trait("1", "2026-03-01", "income", "60k_to_100k", 70),
        trait("2", "2026-04-01", "income", "over_175k", 69),
    )
    assert line(log, "income").answer == "60k_to_100k"


def test_a_contested_trait_counts_no_more(log: EventLog) -> None:
    record(log, trait("1", "2026-03-01", "income", "over_175k"))
    record(log, trait("2", "2026-03-02", "marital_status", "single"))
    assert line(log, "marriage").answer == "single"
    mark = event("mark.suspends", "2026-11-03", "3", target="2", target_furnisher="broker")
    record(log, mark | {"furnisher": "bureau"})
    assert line(log, "marriage").answer == "not known"


def test_age_marriage_children_education_and_labels_are_never_worth_points() -> None:
    shown = [c for c in CARD.characteristics if c.category in ("characteristics", "interests")]
    assert len(shown) == 5
    assert {row.points for c in shown for row in c.rows()} == {0}
