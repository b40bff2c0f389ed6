"""One scorecard's part of a report's page: how many, how the scores are spread, and what moved."""

from datetime import date
from html import escape

from credence.events.calendar import instant
from credence.runs.report.answers_section import CHANCE, KINDS, answers
from credence.runs.report.drift import SHIFTED, STABLE, WATCH, may_be_chance, meaning
from credence.runs.report.facts import why
from credence.runs.report.groups_section import by_group
from credence.runs.report.model import CardReport
from credence.runs.report.moves_section import migration, movers
from credence.runs.report.pictures import histogram
from credence.runs.report.tables import NONE, counts, panel, share, since, soft
from credence.scoring.words import counted

TELLS = {
    STABLE: "the scores are spread as in the last run",
    WATCH: "the scores are spread a little otherwise: worth a watch",
    SHIFTED: "the scores are spread otherwise than in the last run",
}


def card_section(card: CardReport, as_of: date) -> str:
    """The part of one scorecard, as markup."""
    names = _names(card, as_of)
    panels = [_scores(card, names), _bands(card, names), _without(card, names)]
    panels += [by_group(card), migration(card), movers(card), answers(card)]
    title = (
        f"{escape(card.scorecard.title)} {soft(f'{card.scorecard.name}, version {card.scorecard.version}')}"
    )
    return (
        f"<section><h2>{title}</h2>{_lead(card)}{_tiles(card)}"
        f'<div class="panels">{"".join(panels)}</div></section>'
    )


def _names(card: CardReport, as_of: date) -> tuple[str, str]:
    """What now and the last run are called: their days; without a last run it has no name."""
    if card.before is None:
        return str(as_of), ""
    return ("Now", "Before") if card.before.as_of == as_of else (str(as_of), str(card.before.as_of))


def _lead(card: CardReport) -> str:
    before = card.before
    if before is None:
        return '<p class="soft">There is no earlier run of this scorecard to compare with.</p>'
    told = f"Compared with the scores as of {before.as_of}, known at {instant(before.known_at)}."
    if not before.changes:
        return f'<p class="soft">{escape(told)}</p>'
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in before.changes)
    said = f"The scorecard itself changed since: {counted(len(before.changes), 'change')}"
    return f'<p class="soft">{escape(told)}</p><details><summary>{said}</summary><ul>{items}</ul></details>'


def _tiles(card: CardReport) -> str:
    before = card.before
    people = "" if before is None else since(card.people - before.people, 0)
    scored = f"{share(card.scored, card.people)} of the people"
    if before is not None:
        scored += f", {share(before.scored, before.people)} before"
    change = "" if card.mean_change is None else since(card.mean_change)
    middle = f"half have {card.quantiles['25%']} to {card.quantiles['75%']}" if card.quantiles else ""
    tiles = [
        _tile("People", f"{card.people:,}", people),
        _tile("With a score", f"{card.scored:,}", scored),
        _tile("Mean score", NONE if card.mean is None else f"{card.mean:,.1f}", change or middle),
    ]
    if card.psi is not None:
        word = meaning(card.psi)
        chance = f"; {CHANCE}" if may_be_chance(card.psi, card.psi_by_chance) else ""
        said = f"{word}: {TELLS[word]}{chance}"
        tiles.append(_tile("Stability (PSI)", f"{card.psi:.3f}", said, KINDS[word]))
    return f'<dl class="tiles">{"".join(tiles)}</dl>'


def _tile(name: str, figure: str, under: str, kind: str = "") -> str:
    told = f'<small class="{kind}">{escape(under)}</small>' if under else ""
    return f'<div class="panel"><dt>{escape(name)}</dt><dd>{figure}{told}</dd></div>'


def _scores(card: CardReport, names: tuple[str, str]) -> str:
    if not card.scored:
        return panel("Scores", "<p>Nobody has a score.</p>")
    now, then = names
    line = f'<span><i class="line"></i>{escape(then)}</span>' if then else ""
    legend = f'<p class="legend"><span><i></i>{escape(now)}</span>{line}</p>'
    most = max(card.bins, key=lambda one: one.people)
    quarters = f"half of them lie between {card.quantiles['25%']} and {card.quantiles['75%']}"
    most_said = f"the fullest range is {most.label} with {share(most.people, card.scored)}"
    said = (
        f"{now}: scores go from {card.quantiles['least']} to {card.quantiles['greatest']}; "
        f"{quarters}, and {most_said}. The table below has all figures."
    )
    figures = counts("People by score", ("Score", *names), card.bins)
    details = f"<details><summary>The same as a table</summary>{figures}</details>"
    return panel("Scores", histogram(card.bins, card.limits, said) + legend + details, "tall")


def _bands(card: CardReport, names: tuple[str, str]) -> str:
    if not card.bands:
        return ""
    return panel("Bands", counts("People by band", ("Band", *names), card.bands))


def _without(card: CardReport, names: tuple[str, str]) -> str:
    title = "Without a score, and why"
    if not card.unscorable:
        return panel(title, "<p>Everybody has a score.</p>")
    everyone = card.people, card.before.people if card.before else 0

    def named(code: str) -> str:
        sentence = why(card.scorecard, code)
        return escape(sentence) + (soft(code) if sentence != code else "")

    caption = "People without a score"
    return panel(title, counts(caption, ("Why", *names), card.unscorable, everyone, named))
