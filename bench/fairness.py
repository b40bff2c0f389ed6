"""What a family of less discriminatory scorecards costs: `python -m bench.fairness`.

30,000 made-up people with 23 columns of numbers, two groups and three. The family is 20 scorecards, each
learnt on five folds and all rows, cut to whole points, and compared by group with intervals of 200 draws.
The plain fit, from which it starts, is not counted.

Measured in CPU seconds of one thread, on two cores that were busy with other work:

| groups | the family | the look at the plain scorecard |
|---|---|---|
| 1 column, 2 groups | 8.0 to 10.2 | 0.2 |
| 2 columns, 5 groups | 10.5 to 10.7 | 0.4 |
"""

import os
from dataclasses import replace
from pathlib import Path
from time import process_time

# Before NumPy is loaded: more threads are slower on matrices this small.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from credence.training.columns import Column, Table
from credence.training.evidence import Evidence
from credence.training.fairness.frontier import Alternative, alternatives
from credence.training.fairness.look import fairness
from credence.training.fit import Wishes, fit
from credence.training.order import Looks, Order
from credence.training.table import Source, folds_of

ROWS, COLUMNS = 30_000, 23
# Of one group, the first columns lie this much higher.
APART, SHIFT = 6, 0.4


def people(seed: int = 1) -> Table:
    """People of whom some columns differ between groups, and more of whom are bad where they are higher."""
    chance = np.random.Generator(np.random.PCG64(seed))
    woman = chance.random(ROWS) < 0.4
    values = chance.normal(size=(ROWS, COLUMNS))
    values[:, :APART] += SHIFT * woman[:, None]
    values[:, 3] = np.round(values[:, 3])
    values[:, 8] = np.exp(values[:, 8])
    values[:, 9] = np.floor(3 * values[:, 9])
    values[chance.random((ROWS, COLUMNS)) < 0.02] = np.nan
    weights = chance.normal(size=COLUMNS) * 0.3
    weights[:APART] = np.abs(weights[:APART])
    logits = np.nan_to_num(np.tanh(values)) @ weights * 1.5 - 1.5 + 0.2 * woman
    bad = (chance.random(ROWS) < 1 / (1 + np.exp(-logits))).astype(np.float64)
    beside = {
        "sex": Column("sex", texts=np.where(woman, "woman", "man").astype(object)),
        "region": Column("region", texts=chance.choice(["north", "south", "west"], ROWS).astype(object)),
    }
    columns = tuple(Column(f"x{number}", values[:, number].copy()) for number in range(COLUMNS))
    return Table(columns, bad, folds_of(bad), 0, beside)


def said(each: Alternative) -> str:
    """A scorecard of the family in a line."""
    (figures,) = [one.figures for one in each.groups if one.column == "sex"]
    smd, gap = (figures[name].value or 0.0 for name in ("standardised_mean_difference", "calibration_gap"))
    return (
        f"{each.method:>8}{each.strength:>9g}{each.auc.value or 0.0:>9.4f}{each.log_loss.value or 0.0:>9.4f}"
        f"{each.least('sex'):>7.3f}{smd:>8.3f}{gap:>8.3f}{each.lines:>7.0f}"
    )


def main() -> None:
    """Print the family of one column of groups, then what each part cost."""
    table = people()
    started = process_time()
    found = fit(table, Wishes(method="fused"))
    fitted = process_time() - started
    for columns in (("sex",), ("sex", "region")):
        order = Order(Source(Path("people.csv"), "bad"), looks=Looks(groups=columns))
        evidence = Evidence(
            order, replace(table, beside={name: table.beside[name] for name in columns}), found
        )
        started = process_time()
        family = alternatives(evidence)
        of_family = process_time() - started
        started = process_time()
        fairness(evidence)
        of_look = process_time() - started
        if len(columns) == 1:
            print("  method strength      AUC log-loss    AIR     SMD     gap  lines")
            print("\n".join(map(said, family)))
        print(f"{'+'.join(columns)}: {len(family)} scorecards {of_family:.1f} CPU s, the look {of_look:.1f}")
    print(f"{ROWS:,} rows x {COLUMNS}; the plain fit took {fitted:.1f} CPU s", flush=True)


if __name__ == "__main__":
    main()
