"""A section of the report: what was looked at, in sentences, tables and pictures, and as data."""

from collections.abc import Callable
from dataclasses import dataclass

from credence.training.evidence import Evidence

Cell = str | int | float | None


@dataclass(frozen=True)
class Grid:
    """A table; numbers are shown with the decimals that they were rounded to, None as a dash.

    `whole` is for one that needs the whole width, as one of many columns takes it anyway.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    whole: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, and what it shows in a sentence for whoever does not see it."""

    title: str
    svg: str
    says: str


@dataclass(frozen=True)
class Section:
    """What one look found.

    Attributes:
        name: Its name in `validation.json`, in lower_snake.
        title: Its title on the page.
        says: Sentences: what was found, and what it does and does not show.
        facts: The same as data; anything that msgspec writes.
        grids: Tables.
        pictures: Pictures.
        warns: Whether somebody must read it before the scorecard is used.
    """

    name: str
    title: str
    says: tuple[str, ...]
    facts: object
    grids: tuple[Grid, ...] = ()
    pictures: tuple[Picture, ...] = ()
    warns: bool = False


# One look at a fit; None where there is nothing to look at.
Look = Callable[[Evidence], Section | None]
