"""The model card: what the scorecard was learnt from, its figures, its limits, how to make it again."""

from credence.training.validation import Validation
from credence.training.written.definition import Asked

LIMITS = (
    "It is a lab scorecard, and decides about nobody.",
    "Before `setting: live`, somebody must put its reasons into words and say each column's context.",
    "The folds were cut by chance, not by time or by group: on later people it will do worse than this.",
    "The penalty was chosen on the folds that the figures are of.",
    "People who were refused have no outcome, and are not in the table; nothing was inferred about them.",
    "Rows that repeat another stay in; where such two lie in different folds, they flatter the figures.",
    "Directions that nobody stated were proposed by the data.",
    "Whether it treats groups of people alike was not looked at.",
)


def card(title: str, made: list[tuple[str, str]], found: Validation, questions: list[Asked]) -> str:
    """The text of README.md; `made` has facts about the table and the command."""
    return "\n".join(
        [
            f"# {title}",
            "",
            "A scorecard learnt from a table of people whose outcomes are known. Higher scores are better.",
            "",
            "## Data",
            "",
            *_table([("What", "Value"), *made, *_data(found)]),
            "",
            "## Figures",
            "",
            f"Out of {found.folds} folds: each row was scored by a scorecard that had not seen it.",
            "",
            *_table([("Figure", "Value"), *_figures(found)]),
            "",
            "By tenths, from the greatest chance of a bad outcome to the least:",
            "",
            *_table([("Rows", "Bad, predicted", "Bad, seen"), *_tenths(found)]),
            "",
            "Fewer lines cost this much:",
            "",
            *_table([("Lines", "AUC"), *[(f"{s.lines:.0f}", f"{s.auc:.4f}") for s in found.frontier]]),
            "",
            "## Questions",
            "",
            *_table(
                [("Question", "Column", "Direction", "Lines", "Points between"), *map(_question, questions)]
            ),
            "",
            "## Limits",
            "",
            *[f"- {limit}" for limit in LIMITS],
            "",
        ]
    )


def _data(found: Validation) -> list[tuple[str, str]]:
    return [
        ("rows", f"{found.rows:,}"),
        ("bad outcomes", f"{found.bad:,} ({100 * found.bad / found.rows:.1f} %)"),
        ("rows that repeat another", f"{found.duplicates:,}"),
    ]


def _figures(found: Validation) -> list[tuple[str, str]]:
    return [
        ("AUC", f"{found.auc:.4f} (standard error {found.auc_error:.4f})"),
        ("Gini", f"{found.gini:.4f}"),
        ("KS", f"{found.ks:.4f}"),
        ("log-loss", f"{found.log_loss:.4f}"),
        ("Brier", f"{found.brier:.4f}"),
        ("lines of points", str(found.lines)),
    ]


def _tenths(found: Validation) -> list[tuple[str, str, str]]:
    return [(f"{t.rows:,}", f"{100 * t.predicted:.1f} %", f"{100 * t.seen:.1f} %") for t in found.calibration]


def _question(each: Asked) -> tuple[str, str, str, str, str]:
    span = max(line.points for line in each.lines) - min(line.points for line in each.lines)
    return f"`{each.name}`", f"`{each.bins.column}`", each.direction, str(len(each.lines)), str(span)


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]
