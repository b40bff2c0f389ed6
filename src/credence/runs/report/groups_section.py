"""How groups of people fare under one scorecard: shares at or above the cut-off as bars, and their ratios."""

from collections.abc import Sequence
from html import escape

from credence.runs.report.groups import FOUR_FIFTHS, PEOPLE_LEAST, Group, Grouping, Groups
from credence.runs.report.model import CardReport
from credence.runs.report.tables import NONE, panel, share, soft, table

TITLE = "Groups"
TELLS = (
    "A ratio is the share of a group's people at or above the cut-off, divided by that of the most favoured "
    "group: it shows that groups fare differently, and proves nothing about why. Four fifths (0.8) is a rule "
    "of thumb of US employment law (29 CFR 1607.4(D)), and ratios of small groups swing by chance; of fewer "
    f"than {PEOPLE_LEAST} people none is told."
)
LEGEND = "Bars: the share at or above {0}; strokes: four fifths of that of the most favoured group."
FEW = f"fewer than {PEOPLE_LEAST} people: too few to tell more"
UNDER = "<b class='look'>under four fifths</b>"
WIDTH, HEIGHT = 240, 14


def by_group(card: CardReport) -> str:
    """Everybody by each column of the table of groups, as markup; nothing without such a table."""
    if card.groups is None:
        return ""
    columns = "".join(_column(one, card.groups) for one in card.groups.columns)
    legend = soft(LEGEND.format(card.groups.cut_offs[0])) if card.groups.cut_offs else ""
    return panel(TITLE, f"<p>{escape(TELLS)}</p>{legend}{columns}", "whole long")


def _column(one: Grouping, groups: Groups) -> str:
    cut_offs = groups.cut_offs
    reached = [f"{cut_offs[0]} and above", "Ratio"] if cut_offs else []
    heads = [one.column, "People", "Without a score", "Mean score", *reached]
    best = max((group.reached[0].share for group in one.groups if group.ratio is not None), default=None)
    rows = [_row(group, best, len(reached)) for group in one.groups]
    figures = table(f"People by {one.column}", heads, rows, "groups")
    return figures + (_everywhere(one, cut_offs) if len(cut_offs) > 1 else "")


def _row(group: Group, best: float | None, columns: int) -> list[str]:
    people = f"{group.people:,}"
    if group.scored is None:
        return [escape(group.label) + soft(FEW), people, *[NONE] * (2 + columns)]
    without = share(group.people - group.scored, group.people)
    mean = NONE if group.mean is None else f"{group.mean:,.1f}"
    if not group.reached:
        return [escape(group.label), people, without, mean]
    reached = group.reached[0]
    name = f'<div class="pair"><div>{escape(group.label)}</div>{_bar(reached.share, best)}</div>'
    return [name, people, without, mean, share(reached.people, group.people), _ratio(group.ratio)]


def _ratio(ratio: float | None) -> str:
    if ratio is None:
        return NONE
    return f"{ratio:.3f}" + (f" {UNDER}" if ratio < FOUR_FIFTHS else "")


def _bar(part: float, best: float | None) -> str:
    """A group's share as a bar, with a stroke at four fifths of the greatest; the table says the same."""
    here = "" if best is None else f'<path class="before" d="M{WIDTH * FOUR_FIFTHS * best:.1f} 0v{HEIGHT}"/>'
    return (
        f'<svg class="spread" aria-hidden="true" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect class="now" y="2" width="{WIDTH * part:.1f}" '
        f'height="{HEIGHT - 4}"/>{here}<path class="ground" d="M0 {HEIGHT - 1}h{WIDTH}"/></svg>'
    )


def _everywhere(one: Grouping, cut_offs: Sequence[int]) -> str:
    """The shares and ratios at every band's least score."""
    heads = [one.column, *(f"{score} and above" for score in cut_offs)]
    rows = [
        [escape(group.label), *(_reached(group, place) for place in range(len(cut_offs)))]
        for group in one.groups
    ]
    figures = table(f"People by {one.column} at or above every band's least score", heads, rows, "groups")
    return f"<details><summary>At every band, with ratios</summary>{figures}</details>"


def _reached(group: Group, place: int) -> str:
    if not group.reached:
        return NONE
    reached = group.reached[place]
    ratio = "" if reached.ratio is None else soft(f"ratio {reached.ratio:.3f}")
    return share(reached.people, group.people) + ratio
