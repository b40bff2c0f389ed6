"""The report of a run as one self-contained HTML page: no script, no outside file, fit for print."""

from html import escape

from credence.events.calendar import instant
from credence.runs.report.card_section import card_section
from credence.runs.report.drift import SHIFTED_OVER, WATCH_FROM
from credence.runs.report.facts import PUBLISHED
from credence.runs.report.model import Furnisher, Report, Verdict
from credence.runs.report.style import STYLE
from credence.runs.report.tables import NONE, panel, soft, table
from credence.scoring.looks import document
from credence.scoring.words import counted

METHOD = f"""
PSI, the population stability index, is the sum of (share now - share before) x ln(share now / share before)
over the ranges of the score, or over the answers to a question; what is empty on one side is counted as half
a person there. Under {WATCH_FROM:.2f} is called stable, up to {SHIFTED_OVER:.2f} is worth a watch, and more
has shifted; where two samples of so few people could differ as much by chance, that is said. CSI is the sum
of (share now - share before) x points: by how many points a question's answers alone moved the mean. Ids of
people are as furnishers sent them.
"""


def report_page(report: Report, verdict: Verdict = PUBLISHED) -> str:
    """The page of a report."""
    cards = "".join(card_section(card, report.as_of) for card in report.cards)
    parts = [_header(report, verdict), _reached(verdict), cards, _furnishers(report), _footer(report)]
    return document(f"Scores as of {report.as_of}", STYLE, "".join(parts))


def _header(report: Report, verdict: Verdict) -> str:
    snapshot = "" if report.snapshot is None else f", snapshot {report.snapshot:,} of the log"
    lead = f"As known at {instant(report.known_at)}{snapshot}. Run {report.run}."
    kind, said = "fine", "Published"
    if not verdict.published:
        kind, said = "bad", "Held back"
    elif verdict.reached:
        kind, said = "look", "Published, although limits were passed"
    title = f'<div><h1>Scores as of {report.as_of}</h1><p class="soft">{escape(lead)}</p></div>'
    return f'<header>{title}<span class="verdict {kind}">{said}</span></header>'


def _reached(verdict: Verdict) -> str:
    if not verdict.reached:
        return ""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in verdict.reached)
    kind = "reached" if verdict.published else "reached held"
    why = f"<p>Accepted: {escape(verdict.accepted)}</p>" if verdict.accepted else ""
    return panel("Limits that were passed", f"<ul>{items}</ul>{why}", kind)


def _furnishers(report: Report) -> str:
    if not report.furnishers:
        return ""
    heads = ("Furnisher", "Newest event", "Silent for", "This month", "Month before", "Events in all")
    rows = [_furnisher(furnisher, report) for furnisher in report.furnishers]
    told = soft("Events that happened in the month before the day of the scores, and in the one before that.")
    body = table("Furnishers and how fresh their data is", heads, rows, "furnishers") + told
    return f'<div class="panels">{panel("Where the data comes from", body, "whole long")}</div>'


def _furnisher(furnisher: Furnisher, report: Report) -> list[str]:
    silent = furnisher.silent_days(report.as_of)
    less = "<b class='look'>much less than before</b>" if furnisher.sent_less else ""
    return [
        escape(furnisher.name),
        str(furnisher.last_occurred_on or NONE),
        NONE if silent is None else counted(silent, "day"),
        f"{furnisher.month:,} {less}",
        f"{furnisher.month_before:,}",
        f"{furnisher.events:,}",
    ]


def _footer(report: Report) -> str:
    cards = "".join(
        f"<p>{escape(card.scorecard.name)}, version {card.scorecard.version}: definition "
        f"{card.scorecard.definition_hash}.</p>"
        for card in report.cards
    )
    return f"<footer><p>{escape(METHOD)}</p>{cards}</footer>"
