"""How well `everyday` ranks the 392 loans of the Czech bank whose earlier events are all known.

Run: `python -m bench.berka FOLDER`, with the bank's tables in FOLDER. Each owner is scored as of the
loan's date, as known then. The outcome is looked at only here, and nothing was fitted to it.
Errors are bootstrapped: 500 samples of the loans, seeded.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import stdev
from tempfile import TemporaryDirectory

import duckdb

from credence import EventLog, Moment, load_scorecard, score_people
from credence.engines.tables import Tables
from credence.events.data_sets.take import import_data_set

SAMPLES = 500
Scored = tuple[int, bool]


def auc(scored: list[Scored]) -> float:
    """The chance that somebody who paid has a higher score than somebody who did not; ties count half."""
    good = [score for score, bad in scored if not bad]
    poor = [score for score, bad in scored if bad]
    return sum((g > p) + (g == p) / 2 for g in good for p in poor) / (len(good) * len(poor))


def ks(scored: list[Scored]) -> float:
    """The greatest distance between the shares of both groups at or below a score."""
    bad = sum(b for _, b in scored)
    good, below_bad, below_good, most = len(scored) - bad, 0, 0, 0.0
    ordered = sorted(scored)
    for place, (score, is_bad) in enumerate(ordered):
        below_bad, below_good = below_bad + is_bad, below_good + (not is_bad)
        if place + 1 == len(ordered) or ordered[place + 1][0] != score:
            most = max(most, abs(below_bad / bad - below_good / good))
    return most


def errors(scored: list[Scored], seed: int = 1993) -> tuple[float, float]:
    """Bootstrap standard errors of AUC and KS."""
    chance = Random(seed)
    samples = [chance.choices(scored, k=len(scored)) for _ in range(SAMPLES)]
    return stdev(map(auc, samples)), stdev(map(ks, samples))


def ranked(bank: Path, folder: Path) -> tuple[list[Scored], int]:
    """The scores and outcomes of the loans, and how many owners had no score."""
    log = EventLog.create(folder / "log")
    import_data_set(log, "berka", bank, datetime.now(UTC))
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'client-' || client_id AS person_id, date AS as_of, date AS known_at, bad "
            f"FROM '{bank}/loan.parquet' AS loan JOIN '{bank}/disp.parquet' AS disp USING (account_id) "
            f"WHERE disp.type = 'OWNER' AND events LIKE 'full_pre_loan%') TO '{folder}/loans.parquet'"
        )
        card = load_scorecard("everyday", log.vocabulary)
        moment = Moment(datetime.now(UTC).date(), datetime.now(UTC).replace(tzinfo=None))
        score_people(card, log, moment, folder / "scores.parquet", Tables(at=folder / "loans.parquet"))
        rows = connection.execute(
            f"SELECT score, bad = 1 FROM '{folder}/scores.parquet' JOIN '{folder}/loans.parquet' "
            "USING (person_id, as_of)"
        ).fetchall()
    return [(score, bad) for score, bad in rows if score is not None], sum(score is None for score, _ in rows)


def main(bank: Path) -> None:
    """Print AUC and KS with their errors."""
    with TemporaryDirectory() as name:
        scored, without = ranked(bank, Path(name))
    auc_error, ks_error = errors(scored)
    bad = sum(b for _, b in scored)
    print(f"{len(scored)} loans with a score ({bad} bad), {without} without")
    print(f"AUC {auc(scored):.3f} +/- {auc_error:.3f}, KS {ks(scored):.3f} +/- {ks_error:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
