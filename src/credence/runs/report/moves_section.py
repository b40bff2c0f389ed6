"""Who moved since the last run: between bands, and furthest."""

from html import escape

from credence.engines.compared import NO_BAND, NO_SCORE, NOT_THERE, Comparison, Mover
from credence.runs.report.model import CardReport
from credence.runs.report.tables import panel, share, signed, soft, table

ELSEWHERE = (NO_BAND, NO_SCORE, NOT_THERE)
CALLED = {NOT_THERE: "not in the run"}
ARROW = " \N{RIGHTWARDS ARROW} "
# The fullest cell is shaded this much, so that text on it can still be read.
SHADE_MOST = 0.5


def migration(card: CardReport) -> str:
    """From which band to which: each row is all people of an old band."""
    if card.moves is None or not card.bands:
        return ""
    found = card.moves.bands
    order = [*(one.label for one in card.bands), *ELSEWHERE]
    olds, news = ([name for name in order if any(pair[side] == name for pair in found)] for side in (0, 1))
    heads = [f"Before{ARROW}now", *(CALLED.get(name, name) for name in news)]
    rows = []
    for old in olds:
        people = sum(count for pair, count in found.items() if pair[0] == old)
        cells = [_cell(found.get((old, new), 0), people, same=old == new) for new in news]
        rows.append([f"{escape(CALLED.get(old, old))}{soft(f'{people:,}')}", *cells])
    told = soft("Each row is everybody who was in that band: the shares of a row add up to 100 %.")
    body = table("People by band before (rows) and now (columns)", heads, rows, "matrix")
    return panel("From band to band", f"{_moved(card.moves)}{body}{told}", "whole")


def _moved(found: Comparison) -> str:
    moves = found.moves
    same = moves.scored - moves.up - moves.down
    mean = "" if moves.mean is None else f"; the mean change is {signed(moves.mean)} points"
    return (
        f"<p>Of {moves.scored:,} people with a score in both runs {moves.up:,} rose, {moves.down:,} fell and "
        f"{same:,} stayed{mean}. {moves.gained:,} gained a score and {moves.lost:,} lost it.</p>"
    )


def _cell(people: int, of: int, *, same: bool) -> str:
    kind = ' class="same"' if same else ""
    part = f"{SHADE_MOST * people / of:.3f}"
    figure = f"{share(people, of)}{soft(f'{people:,}')}" if people else "\N{MIDDLE DOT}"
    return f'<td{kind} style="--part:{part}">{figure}</td>'


def movers(card: CardReport) -> str:
    """Those who moved furthest, and what moved them most."""
    if card.moves is None:
        return ""
    if not card.moves.movers:
        return panel("Who moved most", "<p>Nobody's score moved.</p>", "whole")
    heads = ["Person, and what moved the score most", "Score", "Change"]
    rows = [_mover(card, mover) for mover in card.moves.movers]
    return panel("Who moved most", table("Who moved most, and through what", heads, rows, "movers"), "whole")


def _mover(card: CardReport, mover: Mover) -> list[str]:
    told = f"<b>{escape(mover.person_id)}</b><span>{_through(card, mover)}</span>"
    return [
        f'<div class="pair">{told}</div>',
        f"{mover.old}{ARROW}{mover.new}",
        signed(mover.new - mover.old, 0),
    ]


def _through(card: CardReport, mover: Mover) -> str:
    """What moved a score most, its answer before and now, and the points between them, as markup."""
    points = f"{signed(mover.points, 0)} points"
    if mover.through is None:
        return f"What everyone starts with{soft(points)}"
    questions = {c.name: c.question for c in card.scorecard.characteristics}
    asked = questions.get(mover.through, mover.through)
    was, became = mover.was or "not asked", mover.became or "not asked any more"
    return f"{escape(asked)}{soft(f'{was}{ARROW}{became}, {points}')}"
