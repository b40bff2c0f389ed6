"""A made-up bank: borrowers whose accounts tell how they will pay, and how they did."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from credence import EventLog, import_rows
from tests.world import Row, event

PEOPLE = 260
POINTS = (date(2024, 1, 31), date(2024, 8, 31))
QUESTIONS = """characteristics:
  overdrawn:
    question: How often was the account overdrawn in the last six months?
    months: 6
    measure: {count: {kind: overdraft.charged}}
  spent:
    months: 6
    measure:
      share: {kind: cash.withdrawn, field: amount, currency: EUR}
      of: {kind: deposit.made, field: amount, currency: EUR}
  usual:
    months: 6
    measure: {average: {kind: deposit.made, field: amount, currency: EUR}}
  left:
    months: 6
    measure:
      net_flow:
        in: {kind: deposit.made, field: amount, currency: EUR}
        out: {kind: cash.withdrawn, field: amount, currency: EUR}
  lately:
    months: 6
    measure: {trend: {kind: deposit.made}, recent: 2}
  since:
    measure: {days_since: {kind: overdraft.charged}}
  active:
    months: 6
    measure: {months_with: {}}
  state:
    measure: {last_value: {kind: account.reported, field: status}}
"""
SAMPLES = """scorecard: questions.yaml
observation: {dates: [2024-01-31, 2024-08-31]}
performance: 6
bad:
  - {measure: {count: {kind: repayment.missed}}, at_least: 1, why: an instalment was missed}
"""


def on(day: date, kind: str, number: int, who: str, **said: object) -> Row:
    return event(kind, str(day), f"{who}-{number}", who, **said)


def money(chance: Random, most: int) -> Row:
    return {"amount": chance.randrange(1, most), "currency": "EUR", "account": "a"}


def life(chance: Random, who: str) -> list[Row]:
    """What happens to somebody: the more careless, the more is taken out, overdrawn and missed."""
    careless = chance.random()
    rows: list[Row] = []
    for number in range(chance.randrange(6, 14)):
        day = date(2023, 8, 1) + timedelta(days=chance.randrange(395))
        rows.append(on(day, "deposit.made", len(rows), who, **money(chance, 50_000)))
        if chance.random() < careless:
            rows.append(on(day, "cash.withdrawn", len(rows), who, **money(chance, 60_000)))
        if chance.random() < careless / 3:
            rows.append(on(day, "overdraft.charged", len(rows), who))
        if number % 4 == 0:
            status = chance.choice(
                ["late", "collection"] if chance.random() < careless else ["current", "paid"]
            )
            rows.append(on(day, "account.reported", len(rows), who, account="a", status=status))
    for point in POINTS:
        if chance.random() < careless**2:
            missed = point + timedelta(days=chance.randrange(150))
            rows.append(on(missed, "repayment.missed", len(rows), who, account="a", due_date=str(missed)))
    return rows


def bank(folder: Path) -> EventLog:
    """A folder with `log`, `questions.yaml` and `samples.yaml`; each event was recorded on its day."""
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    (folder / "samples.yaml").write_text(SAMPLES, encoding="utf-8")
    chance, log = Random(11), EventLog.create(folder / "log")
    rows = [row for number in range(PEOPLE) for row in life(chance, f"p{number}")]
    rows.append(on(date(2025, 6, 1), "deposit.made", 0, "last", **money(chance, 9)))
    for point in (*POINTS, date(2025, 6, 30)):
        now = datetime(point.year, point.month, point.day, tzinfo=UTC)
        due = [row for row in rows if str(row["occurred_at"]) < str(point)]
        rows = [row for row in rows if str(row["occurred_at"]) >= str(point)]
        report = import_rows(log, due, now)
        assert report.sentences == [], report.sentences
    return log
