"""The model card of a scorecard that was validated: what by, its figures, what they do not show."""

from collections.abc import Sequence
from pathlib import Path

from credence.scorecards.gate.figures import CARD, ROW
from credence.training.report.section import Section
from credence.training.validating.standing import Standing
from credence.training.validation import OutOfTime
from credence.training.written.card import (
    ALIKE,
    COMPARED,
    REFUSED,
    TENTHS,
    chapter,
    figures_told,
    grid,
    tenths_told,
)

# Rows of the card beside a scorecard that say where it comes from.
ORIGIN = ("model", "written by", "table", "method", "made by", "scale")
BY_HAND = "nobody says: it stands as it is in `scorecard.yaml`"
ASKED = "every column that it does not ask"
LIMITS = (
    "The figures are of these rows. Whether its points were learnt from some of them, nothing here can tell.",
    REFUSED,
)


def origin_of(path: Path) -> dict[str, str]:
    """What the card beside a scorecard's file says of where it comes from."""
    file = path.with_name(CARD)
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    rows = [found.groups() for line in lines if (found := ROW.fullmatch(line.strip()))]
    return {name: value.strip() for name, value in reversed(rows) if name in ORIGIN}


def card(
    evidence: Standing, made: list[tuple[str, str]], found: OutOfTime, sections: Sequence[Section]
) -> str:
    """The text of README.md."""
    warned = [f"- {each.title}: {each.says[0]}" for each in sections if each.warns]
    looked = {section.name for section in sections}
    limits = [*LIMITS, COMPARED if "fairness" in looked else ALIKE]
    tenths = grid([TENTHS, *tenths_told(found.calibration)])
    asked = [
        (f"`{each.column}`", each.direction, str(len(each.answers)), str(each.span))
        for each in evidence.questions
    ]
    return "\n".join(
        [
            f"# {evidence.card.title}",
            "",
            "A scorecard that stood, judged by rows with outcomes. Higher scores are better.",
            "`report.html` has what was looked at, with pictures.",
            *chapter("Warnings", warned or ["None."]),
            *chapter("Data", grid([("What", "Value"), *made])),
            *chapter("Figures", ["On all rows with a score, by the scorecard as it is:", ""]),
            *grid([("Figure", "Value"), *figures_told(found)]),
            *["", "By tenths, from the greatest chance of a bad outcome to the least:", "", *tenths],
            *chapter("Questions", grid([("Question", "Direction", "Lines", "Points between"), *asked])),
            *chapter("Limits", [f"- {limit}" for limit in limits]),
            "",
        ]
    )


def data_of(evidence: Standing, found: OutOfTime, command: str, path: Path) -> list[tuple[str, str]]:
    """Facts for the card: the scorecard and where it comes from, the rows, the command."""
    origin, source = origin_of(path), evidence.order.source
    came = [(name, value) for name, value in origin.items() if name not in ("made by", "table", "scale")]
    learnt = [("learnt from", origin["table"])] if "table" in origin else []
    return [
        ("scorecard", f"{evidence.card.name}@{evidence.card.version}"),
        *came,
        *learnt,
        ("table", source.path.name),
        ("outcome", f"`{source.outcome}`"),
        ("left out", ASKED),
        ("scale", _scale(evidence)),
        ("made by", origin.get("made by", BY_HAND)),
        ("validated by", f"`{command}`"),
        ("rows", f"{found.rows:,}"),
        ("bad outcomes", f"{found.bad:,} ({100 * found.bad / found.rows:.1f} %)"),
        ("rows without a score", f"{found.unscored:,}"),
        *([("dates", evidence.dates)] if evidence.dates else []),
    ]


def _scale(evidence: Standing) -> str:
    return f"{evidence.scale}{', read off these rows' if evidence.fitted else ''}"
