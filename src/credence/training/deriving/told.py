"""What came of numbers made of columns: a section of the report, and questions for the scorecard."""

from credence.events.vocabulary import shipped
from credence.scorecards.model import Scorecard
from credence.training.deriving.pick import GAIN_LEAST, Derivations
from credence.training.report.section import Section
from credence.training.written.origin import Origin

TITLE = "Numbers made of columns"
NOTHING = (
    "Nothing could be made of the columns: no names say that two are like amounts, or three of a family."
)
NONE = "Of {} numbers that could be made of columns none was worth asking."
KEPT = (
    "Made of columns: {}. The log-loss out of fold falls from {:.4f} to {:.4f}, {:.1f} %; for that figure "
    "each fold's were picked without its rows."
)
FLATTERED = (
    "For the other figures out of fold all rows picked the same numbers: they flatter a little, and those of "
    "rows held out by time do not."
)
LEAST = (
    f"They are kept where that loss falls by at least {100 * GAIN_LEAST:.1f} % and by more than chance does."
)


def section(found: Derivations) -> Section:
    """What was tried, and what earned it."""
    if found.made:
        part = 100 * (found.before - found.after) / found.before
        says: tuple[str, ...] = KEPT.format(listed(found), found.before, found.after, part), FLATTERED, LEAST
    else:
        says = (NONE.format(found.tried), LEAST) if found.tried else (NOTHING,)
    facts = {
        "tried": found.tried,
        "made": [each.name for each in found.made],
        "log_loss_before": round(found.before, 6),
        "log_loss_after": round(found.after, 6),
        "folds_that_picked": found.picked,
    }
    return Section("derived", TITLE, says, facts)


def origin_of(found: Derivations) -> Origin | None:
    """Where the questions come from that are asked of several columns; None where there are none."""
    questions = tuple(each.characteristic for each in found.made)
    return Origin(Scorecard("", 1, "", "lab", 0, ()), shipped(), questions) if questions else None


def listed(found: Derivations) -> str:
    """What is asked, and what it is made of."""
    return ", ".join(f"{each.name} ({each.words})" for each in found.made)
