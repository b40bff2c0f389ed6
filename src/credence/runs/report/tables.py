"""The parts that the sections of a report's page are made of: tables, shares and changes in words."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from credence.runs.report.model import Share
from credence.scoring.words import percent

NONE = "\N{EN DASH}"
# Tables that scroll sideways on a narrow screen, and can be reached by keyboard to do so.
WIDE = ("matrix", "furnishers", "groups")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    """A table whose first column names its rows and whose others are figures; cells are markup.

    The caption is for those who do not see the page: a heading stands above the table.
    """
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(_row(row) for row in rows)
    named = f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead>"
    reached = f' role="region" aria-label="{escape(caption)}" tabindex="0"' if kind in WIDE else ""
    return f'<div class="wide"{reached}><table class="{kind}">{named}<tbody>{body}</tbody></table></div>'


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    figures = "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row">{first}</th>{figures}</tr>'


def counts(
    caption: str,
    heads: tuple[str, str, str],
    shares: Sequence[Share],
    everyone: tuple[int, int] | None = None,
    named: Callable[[str], str] = escape,
) -> str:
    """A table of people of each kind, now and before, as shares of all of them or of everyone.

    Args:
        caption: What the table tells.
        heads: What the kinds are, and what now and before are called; without a last run the last is empty.
        shares: The people.
        everyone: How many people there are now and before, where the kinds are not everyone.
        named: The markup of a kind's label.
    """
    what, now, then = heads
    known = bool(then) and any(one.before is not None for one in shares)
    whole = sum(one.people for one in shares), sum(one.before or 0 for one in shares)
    people, people_before = everyone or whole
    rows = [
        [
            named(one.label),
            f"{one.people:,}",
            share(one.people, people),
            *([share(one.before or 0, people_before)] if known else []),
        ]
        for one in shares
    ]
    return table(caption, [what, "People", now, *([then] if known else [])], rows)


def panel(title: str, body: str, kind: str = "") -> str:
    """A part of the page under a heading; the body is markup."""
    return f'<section class="panel {kind}"><h3>{escape(title)}</h3>{body}</section>'


def share(people: int, of: int) -> str:
    """People as a share of all, in percent; a few are not called none, nor nearly all everybody."""
    if not of:
        return NONE
    said = percent(people, of)
    if people and said == "0 %":
        return "under 0.1 %"
    return "over 99.9 %" if people < of and said == "100 %" else said


def signed(number: float, digits: int = 1) -> str:
    """A change with its sign; one that rounds to nothing is 0."""
    said = f"{number:+,.{digits}f}"
    return "0" if not said.strip("+-0.,") else said.replace("-", "\N{MINUS SIGN}")


def since(change: float, digits: int = 1) -> str:
    """A change since the last run."""
    said = signed(change, digits)
    return "no change since the last run" if said == "0" else f"{said} since the last run"


def soft(text: str) -> str:
    """Text that stands back."""
    return f"<small>{escape(text)}</small>"
