"""Two months of some people's scores from tables, and the report of the second."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from credence import Moment, load_scorecard, score_people
from credence.engines.scored import Scores
from credence.runs.report.make import Earlier, report_on
from credence.runs.report.model import CardReport, Furnisher, Report

OCTOBER, NOVEMBER = date(2026, 10, 6), date(2026, 11, 6)
BEFORE, NOW = datetime(2026, 10, 7), datetime(2026, 11, 7)  # noqa: DTZ001 - instants are UTC without a zone
HEAD = "name: small\nversion: 1\ntitle: Small\nsetting: lab\n"
CARD = """
points_base: 10
range: [0, 50]
bands: [{below: 15, name: low}, {below: 30, name: middle}, {name: high}]
scorable_when: [{measure: {column: b}, at_least: 0, code: no_b, sentence: Nothing of b is known}]
reasons: {N: Nothing of a is known}
characteristics:
  a:
    question: What is a?
    measure: {column: a}
    attributes: [{below: 5, points: 0}, {below: 7, points: 10}, {points: 20}]
    missing: {unscorable: N}
  b:
    measure: {column: b}
    attributes:
      - {below: 1, points: 0}
      - {points: {times: 1, plus: 1, rounding: floor, at_least: 0, at_most: 10}}
    missing: {points: 0}
"""
# Before: ana 10, ben 20, cho 33, dee without a score, eve 32. Now: ana 30, ben 20, cho 13, fay 10, and
# dee and eve without one.
PEOPLE = {
    OCTOBER: "ana,1,0\nben,5,0\ncho,7,2\ndee,,2\neve,9,1\n",
    NOVEMBER: "ana,8,0\nben,5,0\ncho,1,2\ndee,2,\neve,,1\nfay,2,0\n",
}
POWER = Furnisher("power", 90, date(2026, 11, 1), NOW, 4, 40)
PHONE = Furnisher("phone", 70, date(2026, 11, 5), NOW, 35, 33)


def scored(folder: Path, day: date, people: str, text: str = CARD) -> Scores:
    """A scorecard and what it gives to the people of a day."""
    place = folder / str(day)
    place.mkdir(exist_ok=True)
    card, table, out = place / "card.yaml", place / "people.csv", place / "scores.parquet"
    card.write_text(HEAD + text, encoding="utf-8")
    table.write_text("person_id,a,b\n" + people, encoding="utf-8")
    scorecard = load_scorecard(card)
    score_people(scorecard, table, Moment(day, NOW), out)
    return Scores(out, scorecard)


def earlier(folder: Path, people: str = PEOPLE[OCTOBER], text: str = CARD) -> dict[str, Earlier]:
    """The last month's run."""
    return {"small": Earlier("october", OCTOBER, BEFORE, scored(folder, OCTOBER, people, text))}


def reported(
    folder: Path, people: Mapping[date, str] | None = None, now: str = CARD, before: str = CARD
) -> Report:
    """The report of November beside October, or of November alone where October has no people."""
    said = PEOPLE if people is None else people
    last = earlier(folder, said[OCTOBER], before) if OCTOBER in said else {}
    moment = Moment(NOVEMBER, NOW, 3)
    return report_on(
        "november", moment, [scored(folder, NOVEMBER, said[NOVEMBER], now)], last, [POWER, PHONE]
    )


def first_card(report: Report) -> CardReport:
    """The report's first scorecard."""
    return report.cards[0]
