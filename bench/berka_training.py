"""A scorecard learnt from what a Czech bank knew of borrowers: how it ranks loans that it has not seen.

Run: `python -m bench.berka_training FOLDER`, with the bank's tables in FOLDER.

From events: the 392 loans whose earlier events are all known; of each owner examples/bank is asked as of the
loan's date, as known then, with the terms of the loan, and folds by chance judge what is learnt. Only 38 are
of 1993-96, too few to learn from by themselves. So that a later time can judge an earlier one, all 682
loans are learnt from aggregates of the whole books that students made: 1993-96 teach, 1997-98 judge.
"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

# Before NumPy is loaded: more threads are slower on matrices this small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import duckdb

from credence import EventLog, Moment, explain, load_scorecard, score_people
from credence.cli.receipt import receipt
from credence.engines.people import read_person
from credence.engines.tables import Tables
from credence.events.data_sets.take import import_data_set
from credence.scoring.statement import Statement
from credence.training.order import Order
from credence.training.run import Trained, run
from credence.training.samples.run import Samples, sample
from credence.training.splits import Splitting
from credence.training.table import Source

EXAMPLE = Path(__file__).parents[1] / "examples" / "bank"
# Of the students' columns: names, the outcome and the time under other names, a repetition, and a sex.
NOT_ASKED = ("loan_id", "account_id", "status", "period", "salary_from_month_records", "owner_gender")
LATER = date(1997, 1, 1)


@dataclass(frozen=True)
class Learnt:
    """What was learnt from events: the samples, the scorecard, a good loan's statement and a bad one's."""

    samples: Samples
    trained: Trained
    accepted: Statement
    refused: Statement


def from_events(bank: Path, folder: Path) -> Learnt:
    """Sample the borrowers and learn a scorecard; state the best who paid, and the worst who did not."""
    log = EventLog.create(folder / "log")
    import_data_set(log, "berka", bank, datetime.now(UTC))
    for name in ("questions.yaml", "loans.yaml"):
        (folder / name).write_text((EXAMPLE / name).read_text(encoding="utf-8"), encoding="utf-8")
    loans = (
        "SELECT 'client-' || client_id AS person_id, date AS as_of, amount, duration, payments, status "
        f"FROM '{bank}/loan.parquet' AS loan JOIN '{bank}/disp.parquet' AS disp USING (account_id) "
        "WHERE disp.type = 'OWNER' AND events LIKE 'full_pre_loan%'"
    )
    duckdb.execute(f"COPY ({loans}) TO '{folder}/loans.parquet'")
    samples = sample(folder / "loans.yaml", log, folder / "samples.parquet")
    source = Source(folder / "samples.parquet", "outcome", splitting=Splitting(random=True))
    order = Order(source, out=folder / "card", characteristics=str(folder / "questions.yaml"))
    trained = run(order, lambda _done, _total: None)
    rows = scored(log, folder)
    best = next(row for row in reversed(rows) if row[3] == "good")
    worst = next(row for row in rows if row[3] == "bad")
    statements = [stated(log, folder, who, day) for _, who, day, _ in (best, worst)]
    return Learnt(samples, trained, *statements)


def scored(log: EventLog, folder: Path) -> list[tuple[int, str, date, str]]:
    """Score and outcome of every borrower, as of the loan's date and as known then, the worst first."""
    moments = "SELECT person_id, as_of, CAST(as_of AS TIMESTAMP) AS known_at"
    duckdb.execute(f"COPY ({moments} FROM '{folder}/loans.parquet') TO '{folder}/at.parquet'")
    tables = Tables(folder / "at.parquet", folder / "loans.parquet")
    card, moment = load_scorecard(folder / "card", log.vocabulary), Moment(LATER, midnight(LATER))
    score_people(card, log, moment, folder / "scores.parquet", tables)
    return duckdb.execute(
        f"SELECT score, person_id, as_of, outcome FROM '{folder}/scores.parquet' AS scores JOIN "
        f"'{folder}/samples.parquet' AS samples USING (person_id) "
        "WHERE as_of = observed_on AND score IS NOT NULL ORDER BY ALL"
    ).fetchall()


def midnight(day: date) -> datetime:
    """The first moment of a day, in UTC as the log keeps instants."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def stated(log: EventLog, folder: Path, who: str, day: date) -> Statement:
    """The statement of somebody as of a day, as known then."""
    card = load_scorecard(folder / "card", log.vocabulary)
    columns = read_person(folder / "loans.parquet", card, who)
    return explain(card, log, who, Moment(day, midnight(day)), columns=columns)


def out_of_time(bank: Path, folder: Path) -> Trained:
    """Learn from the loans of 1993-96, and judge by those of 1997-98."""
    features = f"SELECT * EXCLUDE ({', '.join(NOT_ASKED)}) FROM '{bank}/loan_features.parquet'"
    duckdb.execute(f"COPY ({features}) TO '{folder}/features.parquet'")
    splitting = Splitting(time="date", out_of_time=str(LATER))
    source = Source(folder / "features.parquet", "bad", splitting=splitting)
    return run(Order(source), lambda _done, _total: None)


def main(bank: Path) -> None:
    """Print AUC with its error both ways, and the statements of one accepted and one refused loan."""
    with TemporaryDirectory() as name:
        learnt = from_events(bank, Path(name))
    with TemporaryDirectory() as name:
        later = out_of_time(bank, Path(name)).figures
    made, figures = learnt.samples, learnt.trained.figures
    print(f"From events: {made.good + made.bad} loans ({made.bad} bad), {figures.lines} lines of points,")
    print(f"  folds by chance: AUC {figures.auc:.3f} +/- {figures.auc_error:.3f}")
    held = later.out_of_time
    assert held is not None, "the loans from 1997 on are held out"
    print(f"From aggregates: learnt from {later.rows} loans of 1993-96, {later.lines} lines of points,")
    print(f"  the {held.rows} of 1997-98 ({held.bad} bad): AUC {held.auc:.3f} +/- {held.auc_error:.3f}")
    for title, statement in (("Accepted", learnt.accepted), ("Refused", learnt.refused)):
        print(f"\n{title}:\n{receipt(statement)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
