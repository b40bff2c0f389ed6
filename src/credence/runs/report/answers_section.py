"""The questions of a scorecard and how their answers moved, those that moved most first."""

from html import escape

from credence.runs.report.drift import SHIFTED, STABLE, WATCH, may_be_chance, meaning
from credence.runs.report.model import CardReport, Drift
from credence.runs.report.pictures import spread
from credence.runs.report.tables import NONE, counts, panel, signed, soft, table

KINDS = {STABLE: "fine", WATCH: "look", SHIFTED: "bad"}
CHANCE = "of so few people it may be chance"
LEGEND = "Columns: people by answer now; strokes: in the last run."


def answers(card: CardReport) -> str:
    """Every question with PSI and CSI, and its answers now and before."""
    heads = ["Question", "PSI", "CSI, points"] if card.before else ["Question"]
    # Those that cannot be compared stand at the end, in the scorecard's order.
    ordered = sorted(
        card.characteristics, key=lambda drift: -1 if drift.psi is None else drift.psi, reverse=True
    )
    rows = [_row(drift, compared=card.before is not None) for drift in ordered]
    body = table("Questions, and how their answers moved", heads, rows, "answers")
    return panel("Questions", (soft(LEGEND) if card.before else "") + body, "whole long")


def _row(drift: Drift, *, compared: bool) -> list[str]:
    name = soft(drift.name) if drift.name != drift.question else ""
    question = f"<div>{escape(drift.question)}{name}{_figures(drift)}</div>"
    first = f'<div class="pair">{question}{spread(drift.attributes)}</div>'
    if not compared:
        return [first]
    if drift.psi is None:
        return [first, soft("asked otherwise before, or not at all"), NONE]
    word = meaning(drift.psi)
    chance = soft(CHANCE) if may_be_chance(drift.psi, drift.psi_by_chance) else ""
    moved = NONE if drift.csi is None else signed(drift.csi, 2)
    return [first, f"{drift.psi:.3f} <b class='{KINDS[word]}'>{word}</b>{chance}", moved]


def _figures(drift: Drift) -> str:
    figures = counts(f"Answers to: {drift.question}", ("Answer", "Share", "Before"), drift.attributes)
    return f"<details><summary>Answers in figures</summary>{figures}</details>"
