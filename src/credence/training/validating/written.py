"""The folder of a scorecard that was validated: it as it is, with figures, report and model card."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from credence.scorecards.gate.figures import CARD, FIGURES, HASH, STATED, VALIDATED
from credence.scorecards.load import FILE
from credence.training.report.page import Head, page
from credence.training.report.section import Section
from credence.training.validating.card import card, data_of
from credence.training.validating.standing import Standing
from credence.training.validation import OutOfTime

# What belongs to a scorecard and is taken along, beside its file.
BESIDE = ("cases.yaml", "texts.*.yaml")


@dataclass(frozen=True)
class Validated:
    """What came of validating a scorecard."""

    evidence: Standing
    figures: OutOfTime
    sections: tuple[Section, ...]

    @property
    def lines(self) -> int:
        """How many lines of points move a score."""
        return sum(len(question.answers) for question in self.evidence.questions)

    @property
    def facts(self) -> dict[str, object]:
        """The same as data."""
        evidence = self.evidence
        return {
            VALIDATED: f"{evidence.card.name}@{evidence.card.version}",
            **msgspec.to_builtins(self.figures),
            "lines": self.lines,
            "scale": msgspec.to_builtins(evidence.scale),
            **{section.name: section.facts for section in self.sections},
            HASH: evidence.points_hash,
            **({STATED: evidence.before.directions_stated} if evidence.before else {}),
        }


def write(out: Path, found: Validated, command: str, path: Path) -> None:
    """Write a new folder.

    Args:
        out: The folder.
        found: What was found.
        command: The command that finds it again.
        path: The scorecard's file, which is taken along with what belongs to it.
    """
    evidence, figures = found.evidence, found.figures
    made = data_of(evidence, figures, command, path)
    lead = (
        f"{evidence.card.name} version {evidence.card.version}, judged by {figures.rows:,} people, "
        f"{figures.bad:,} of them with a bad outcome."
    )
    head = Head(lead, figures, "of the rows of the table", found.lines)
    taken = [file for name in BESIDE for file in path.parent.glob(name)]
    texts = {file.name: file.read_text(encoding="utf-8") for file in taken} | {
        FILE: path.read_text(encoding="utf-8"),
        CARD: card(evidence, made, figures, found.sections),
        FIGURES: msgspec.json.format(msgspec.json.encode(found.facts), indent=2).decode() + "\n",
        "report.html": page(evidence.card.title, head, found.sections, made),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
