"""Which rows there are: how they were parted, and which of them are alike or far too near to each other."""

from credence.scoring.words import counted
from credence.training.chance.copies import ALIKE_MOST
from credence.training.chance.twins import Twins, twins_of
from credence.training.evidence import Evidence
from credence.training.report.ranges import Spread
from credence.training.report.section import Cell, Grid, Section

# More rows than this part that repeat another are named first.
REPEATS_MOST = 0.02
# So many rows held out of a group that was learnt from are named first.
BOTH_MOST = 0.01
FLATTER = "Where such two lie in different folds, they flatter the figures."
KEPT = "They are kept in one fold; rows held out by time may still be near to some that were learnt from."
SOME = f"Where at most {ALIKE_MOST} are alike they are kept in one fold; more than that are no copies."

UNSCORED = "{} no score: an answer is missing that no row learnt from missed. They count in no figure."


def rows_section(evidence: Evidence) -> Section:
    """How the rows were parted, and how many are alike."""
    table, held = evidence.table, evidence.held
    twins = twins_of(table, evidence.order.source.seed)
    warned = [*_repeats(evidence), *_near(twins, kept=table.split.twins > 0), *_both(evidence)]
    says = [*warned, *table.split.says]
    if not warned and twins is not None:
        says.append("No more rows are far nearer to one other row than to the rest than chance makes.")
    kinds: list[tuple[Cell, ...]] = [("learnt from, in folds", *_counts(len(table.bad), table.bad.sum()))]
    unscored = 0
    if table.later is not None and held is not None:
        kinds.append(("held out by time", *_counts(len(table.later.bad), table.later.bad.sum())))
        unscored = len(table.later.bad) - len(held.bad)
    if unscored:
        have = f"{counted(unscored, 'row')} held out {'has' if unscored == 1 else 'have'}"
        says.append(UNSCORED.format(have))
    facts = {
        **vars(table.split),
        "duplicates": table.duplicates,
        "twins": twins,
        "unscored": unscored,
        "scores": Spread.of(evidence.written),
    }
    grid = Grid("Rows and outcomes", ("Rows", "In all", "Bad", "Bad, %"), tuple(kinds))
    return Section("split", "The rows", tuple(says), facts, (grid,), warns=bool(warned))


def _counts(rows: int, bad: float) -> tuple[Cell, ...]:
    return rows, int(bad), round(100 * float(bad) / rows, 1)


def _repeats(evidence: Evidence) -> list[str]:
    table = evidence.table
    rows = len(table.bad) + table.split.knowing + (0 if table.later is None else len(table.later.bad))
    if table.duplicates <= REPEATS_MOST * rows:
        return []
    told = f"{table.duplicates:,} of {rows:,} rows repeat another in every answer and the outcome."
    return [f"{told} {FLATTER if table.split.group else SOME}"]


def _near(twins: Twins | None, *, kept: bool) -> list[str]:
    if twins is None or not twins.many:
        return []
    rates = [twins.bad_near, twins.bad_others]
    near, others = ("-" if rate is None else f"{100 * rate:.1f} %" for rate in rates)
    return [
        (
            f"Of {twins.looked_at:,} rows looked at, {twins.near:,} are far nearer to one other row than to "
            f"the rest (by chance about {twins.by_chance:.0f}), as copies are whose numbers were moved: "
            f"{near} of these are bad, and {others} of the others. "
            f"{KEPT if kept else FLATTER} Ask where the table comes from."
        )
    ]


def _both(evidence: Evidence) -> list[str]:
    split, later = evidence.table.split, evidence.table.later
    if later is None or split.both <= BOTH_MOST * len(later.bad):
        return []
    return [
        (
            f"{split.both:,} of {len(later.bad):,} rows held out have a '{split.group}' that was learnt from "
            "too: how it does on new ones stands under Figures."
        )
    ]
