"""The report of a scorecard as one self-contained page: no script, no outside file, fit for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from credence.runs.report.style import STYLE
from credence.runs.report.tables import NONE, table
from credence.scoring.looks import document
from credence.scoring.words import counted
from credence.training.report.section import Cell, Grid, Picture, Section
from credence.training.validation import OutOfTime, Validation

# What the charts of training have beside the looks of a run's report.
RULES = """
body > .tiles { margin-inline: auto } body > .panel { margin-top: 1rem } section > p { margin: .4rem 0 } section > .panels { margin-bottom: .6rem } figure { margin: 0 } figcaption { color: var(--soft); font-size: .9rem; margin-top: .5rem }
.chart { display: block; width: 100%; max-width: 38rem; height: auto } .chart text { font: 12px system-ui, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums } .chart .grid { stroke: var(--line) } .chart .ground { stroke: var(--soft) }
.chart polyline, .chart path { fill: none } .chart .one { stroke: var(--good); stroke-width: 2 } .chart .two { stroke: var(--look); stroke-width: 2 } .chart .three { stroke: var(--bad); stroke-width: 2 } .chart .against { stroke: var(--soft); stroke-dasharray: 5 4 }
.chart circle.one { fill: var(--good) } .chart circle.two { fill: var(--look) } .chart circle.three { fill: var(--bad) }
.legend i.stroke { height: 0; width: 1.2rem; background: none; border-radius: 0; border-top: 3px solid var(--good); vertical-align: .25rem } .legend i.two { border-color: var(--look) } .legend i.three { border-color: var(--bad) } .legend i.against { border-top: 2px dashed var(--soft) }
.panels > .single { grid-column: 1 / -1 } .single figure { display: flex; flex-wrap: wrap; gap: 0 1.6rem; align-items: center } .single figure > div { flex: 1 1 20rem; max-width: 38rem; min-width: 0 } .single figcaption { flex: 1 1 12rem }
.groups thead th + th { white-space: normal; min-width: 4.4rem }
nav { columns: 3 14rem; margin-block: 1.2rem; font-size: .95rem } nav a { display: block; padding: .15rem 0 } a { color: var(--good) }
@media (max-width: 30rem) { .chart text { font-size: 16px } }
@media print { nav { display: none } .chart { max-width: 12cm } .histogram { max-width: 15cm } .chart, .chart * { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
"""  # noqa: E501 - a style sheet reads best a rule a line
# A table of more columns takes the whole width, and scrolls sideways on a narrow screen.
NARROW = 5
WARNED, CALM = "Read the warnings before it is used", "Nothing found that warns"


def report_page(
    title: str, found: Validation, sections: Sequence[Section], made: list[tuple[str, str]]
) -> str:
    """The page: the figures that count first, what warns, then every section in its order.

    Args:
        title: The scorecard's title.
        found: Its figures.
        sections: What was looked at.
        made: Facts about the table and the command, as the model card has them.
    """
    return page(title, _head(found), sections, made)


@dataclass(frozen=True)
class Head:
    """What the page begins with: a sentence, the figures that count first and whose they are, lines."""

    lead: str
    first: Validation | OutOfTime
    whose: str
    lines: int
    beside: str = ""


def _head(found: Validation) -> Head:
    split, later = found.split, found.out_of_time
    lead = f"Learnt from {found.rows:,} people, {found.bad:,} of them with a bad outcome."
    if split.time is not None:
        lead += f" Judged by the rows {split.held}, which nothing was learnt from."
    if later is None:
        return Head(lead, found, f"out of {found.folds} folds", found.lines)
    return Head(lead, later, "on later rows, held out", found.lines, f"; out of fold {found.auc:.4f}")


def page(title: str, head: Head, sections: Sequence[Section], made: list[tuple[str, str]]) -> str:
    """The page of any scorecard: its head, what warns, then every section in its order."""
    warned = [section for section in sections if section.warns]
    parts = [_header(title, head.lead, warned), _tiles(head), _warnings(warned), _contents(sections)]
    parts += [_section(section) for section in sections]
    return document(title, STYLE + RULES, "".join([*parts, _footer(made)]))


def _header(title: str, lead: str, warned: list[Section]) -> str:
    kind, said = ("look", WARNED) if warned else ("fine", CALM)
    head = f'<div><h1>{escape(title)}</h1><p class="soft">{escape(lead)}</p></div>'
    return f'<header>{head}<span class="verdict {kind}">{said}</span></header>'


def _tiles(head: Head) -> str:
    first = head.first
    tiles = [
        ("AUC", f"{first.auc:.4f}", f"{head.whose}, standard error {first.auc_error:.4f}{head.beside}"),
        ("Gini", f"{first.gini:.4f}", "twice the AUC, less 1"),
        ("KS", f"{first.ks:.4f}", "the greatest distance between good and bad"),
        ("Log-loss", f"{first.log_loss:.4f}", f"Brier {first.brier:.4f}"),
        ("Lines of points", f"{head.lines:,}", "the whole scorecard"),
    ]
    said = "".join(
        f'<div class="panel"><dt>{name}</dt><dd>{figure}<small>{escape(under)}</small></dd></div>'
        for name, figure, under in tiles
    )
    return f'<dl class="tiles">{said}</dl>'


def _warnings(warned: list[Section]) -> str:
    if not warned:
        return ""
    items = "".join(
        f'<li><a href="#{section.name}">{escape(section.title)}</a>: {escape(section.says[0])}</li>'
        for section in warned
    )
    return (
        f'<section class="panel reached"><h3>{counted(len(warned), "warning")}</h3><ul>{items}</ul></section>'
    )


def _contents(sections: Sequence[Section]) -> str:
    links = "".join(f'<a href="#{section.name}">{escape(section.title)}</a>' for section in sections)
    return f'<nav aria-label="Sections">{links}</nav>'


def _section(section: Section) -> str:
    warned = ' <b class="look">read this first</b>' if section.warns else ""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in section.says)
    alone = len(section.pictures) == 1 and all(len(grid.columns) > NARROW for grid in section.grids)
    pictures = [_picture(picture, whole=alone) for picture in section.pictures]
    panels = "".join([*pictures, *map(_grid, section.grids)])
    body = f'<div class="panels">{panels}</div>' if panels else ""
    return f'<section id="{section.name}"><h2>{escape(section.title)}{warned}</h2>{said}{body}</section>'


def _picture(picture: Picture, *, whole: bool) -> str:
    drawn = f'<div role="img" aria-label="{escape(picture.says)}">{picture.svg}</div>'
    figure = f"<figure>{drawn}<figcaption>{escape(picture.says)}</figcaption></figure>"
    kind = "single" if whole else ""
    return f'<section class="panel {kind}"><h3>{escape(picture.title)}</h3>{figure}</section>'


def _grid(grid: Grid) -> str:
    decimals = [_decimals([row[place] for row in grid.rows]) for place in range(len(grid.columns))]
    rows = [[_cell(cell, most) for cell, most in zip(row, decimals, strict=True)] for row in grid.rows]
    wide = grid.whole or len(grid.columns) > NARROW
    body = table(grid.title, grid.columns, rows, "groups" if wide else "")
    return (
        f'<section class="panel long {"whole" if wide else ""}"><h3>{escape(grid.title)}</h3>{body}</section>'
    )


def _decimals(cells: Sequence[Cell]) -> int:
    """The most decimals that a number of a column has."""
    texts = [f"{cell:.6f}".rstrip("0") for cell in cells if isinstance(cell, float)]
    return max((len(text.split(".")[1]) for text in texts), default=0)


def _cell(cell: Cell, decimals: int) -> str:
    if cell is None:
        return NONE
    if isinstance(cell, str):
        return escape(cell)
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:z,.{decimals}f}"


def _footer(made: list[tuple[str, str]]) -> str:
    facts = "".join(f"<p>{escape(name)}: {escape(value.replace('`', ''))}</p>" for name, value in made)
    return f"<footer>{facts}</footer>"
