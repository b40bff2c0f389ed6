"""What the made-up people's scorecard is judged by."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from credence.training.evidence import Evidence
from credence.training.fit import Wishes, fit
from credence.training.order import Looks, Order
from credence.training.splits import BY_CHANCE
from credence.training.table import Source, read_table
from tests.training.tables import answers, dated, write_csv

SPECIALS = (Fraction(-9),)


def judged(source: Source, looks: Looks) -> Evidence:
    """What a fit to a table is judged by."""
    table = read_table(replace(source, beside=looks.beside))
    order = Order(source, specials=SPECIALS, looks=looks)
    return Evidence(order, table, fit(table, Wishes(specials=SPECIALS, method="fused")))


def by_chance_in(folder: Path) -> Evidence:
    """Folds cut by chance, and a cut-off that nobody named."""
    path = write_csv(folder / "people.csv", answers())
    return judged(Source(path, "ended", splitting=BY_CHANCE), Looks())


def by_time_in(folder: Path) -> Evidence:
    """The last months held out; one answer is missing there that nobody missed before."""
    made = dated()
    made["late"][-1] = None
    source = Source(write_csv(folder / "people.csv", made), "ended")
    return judged(source, Looks(cut_off=480, segments=("region", "age")))
