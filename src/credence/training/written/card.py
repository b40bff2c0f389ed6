"""The model card: what the scorecard was learnt from, its figures, its limits, how to make it again."""

from collections.abc import Iterator, Sequence

from credence.training.figures import Tenth
from credence.training.report.section import Section
from credence.training.validation import OutOfTime, Validation
from credence.training.written.definition import Asked

LAB = (
    "It is a lab scorecard, and decides about nobody.",
    "Before `setting: live`, somebody must put its reasons into words and say each column's context.",
)
CHOSEN = "The penalty was chosen on the folds that the figures out of fold are of."
PROPOSED = "Directions that nobody stated were proposed by the data."
CHANCE = "The folds were cut by chance, not by time or by group: on later people it will do worse than this."
GROUPED = "Nothing was held out by time: on later people it will do worse than this."
LATER = "Of people later than {} nothing is known: look again when newer outcomes are there."
REFUSED = (
    "People who were refused have no outcome, and are not in the table; nothing was inferred about them."
)
INFERRED = "What was inferred about people who were refused rests on an assumption, which the report names."
REPEATS = "Rows that repeat another stay in; many that are alike may lie in different folds, which flatters."
ALIKE = "Whether it treats groups of people alike was not looked at."
COMPARED = (
    "Groups of people were compared in these rows, at one cut-off; the report says what that does not show."
)

TENTHS = ("Rows", "Bad, predicted", "Bad, seen")


def card(
    title: str,
    made: list[tuple[str, str]],
    found: tuple[Validation, Sequence[Section]],
    questions: list[Asked],
) -> str:
    """The text of README.md.

    Args:
        title: The scorecard's title.
        made: Facts about the table and the command.
        found: The figures, and what else was looked at.
        questions: The characteristics.
    """
    figures, sections = found
    data: list[tuple[str, ...]] = [("What", "Value"), *made, *_data(figures)]
    asked = ("Question", "Column", "Direction", "Lines", "Points between")
    return "\n".join(
        [
            f"# {title}",
            "",
            "A scorecard learnt from a table of people whose outcomes are known. Higher scores are better.",
            "`report.html` has what was looked at, with pictures.",
            *chapter("Warnings", [f"- {x.title}: {x.says[0]}" for x in sections if x.warns] or ["None."]),
            *chapter("Data", [*grid(data), "", *figures.split.says]),
            *chapter("Figures", list(_judged(figures))),
            *chapter("Questions", grid([asked, *map(_question, questions)])),
            *chapter("Limits", [f"- {limit}" for limit in limits(figures, sections)]),
            "",
        ]
    )


def chapter(title: str, lines: list[str]) -> list[str]:
    """A chapter of Markdown."""
    return ["", f"## {title}", "", *lines]


def _judged(found: Validation) -> Iterator[str]:
    later = found.out_of_time
    if later is not None:
        yield from ["On rows that were held out by time, by the scorecard as it is:", ""]
        yield from grid([("Figure", "Value"), *figures_told(later), ("rows", f"{later.rows:,}")])
        yield from ["", "By tenths of them, from the greatest chance of a bad outcome to the least:", ""]
        yield from [*grid([TENTHS, *tenths_told(later.calibration)]), ""]
    yield from [f"Out of {found.folds} folds: each row was scored by a scorecard that had not seen it.", ""]
    yield from grid([("Figure", "Value"), *figures_told(found), ("lines of points", str(found.lines))])
    yield from ["", "By tenths, from the greatest chance of a bad outcome to the least:", ""]
    yield from grid([TENTHS, *tenths_told(found.calibration)])
    yield from ["", "Fewer lines cost this much:", ""]
    yield from grid([("Lines", "AUC"), *[(f"{s.lines:.0f}", f"{s.auc:.4f}") for s in found.frontier]])


def limits(found: Validation, sections: Sequence[Section]) -> list[str]:
    """What the figures do not show, as it is for this run."""
    looked, split = {section.name for section in sections}, found.split
    when = LATER.format(split.last) if split.time else GROUPED if split.group else CHANCE
    return [
        *LAB,
        when,
        CHOSEN,
        INFERRED if "rejects" in looked else REFUSED,
        *([REPEATS] if found.duplicates else []),
        PROPOSED,
        COMPARED if "fairness" in looked else ALIKE,
    ]


def _data(found: Validation) -> list[tuple[str, str]]:
    split, later = found.split, found.out_of_time
    dates = [("dates", f"`{split.time}` from {split.first} to {split.last}")] if split.time else []
    held = [("rows held out", f"{later.rows:,} from {split.held_from} on")] if later else []
    return [
        ("rows", f"{found.rows:,}"),
        ("bad outcomes", f"{found.bad:,} ({100 * found.bad / found.rows:.1f} %)"),
        *held,
        *dates,
        ("rows that repeat another", f"{found.duplicates:,}"),
    ]


def figures_told(found: Validation | OutOfTime) -> list[tuple[str, str]]:
    """The figures that the gate asks for, as they stand in a table."""
    return [
        ("AUC", f"{found.auc:.4f} (standard error {found.auc_error:.4f})"),
        ("Gini", f"{found.gini:.4f}"),
        ("KS", f"{found.ks:.4f}"),
        ("log-loss", f"{found.log_loss:.4f}"),
        ("Brier", f"{found.brier:.4f}"),
    ]


def tenths_told(tenths: list[Tenth]) -> list[tuple[str, str, str]]:
    """Tenths as they stand in a table, under `TENTHS`."""
    return [(f"{t.rows:,}", f"{100 * t.predicted:.1f} %", f"{100 * t.seen:.1f} %") for t in tenths]


def _question(each: Asked) -> tuple[str, str, str, str, str]:
    span = max(line.points for line in each.lines) - min(line.points for line in each.lines)
    return f"`{each.name}`", f"`{each.bins.column}`", each.direction, str(len(each.lines)), str(span)


def grid(rows: list[tuple[str, ...]]) -> list[str]:
    """A table of Markdown, its heads first."""
    lines = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]
