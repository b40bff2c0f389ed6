"""Groups compared, as tables and sentences."""

from credence.training.fairness.carried import Carried
from credence.training.fairness.compared import AtScore, AtShare, Compared, Group
from credence.training.fairness.words import WORDS, between, said
from credence.training.report.section import Cell, Grid

# So many characteristics are named in the sentence of what carries a gap.
NAMED = 3
# Tables of more groups need the whole width.
PAIR = 2


def grids(found: Compared, title: str) -> tuple[Grid, ...]:
    """The tables of one column of groups."""
    names = tuple(group.name for group in found.groups)
    figures = [name for name in WORDS if name in found.groups[0].figures]
    rows = [(WORDS[f].title, *(between(f, group.figures[f]) for group in found.groups)) for f in figures]
    sizes: tuple[Cell, ...] = "rows", *(f"{group.rows:,}" for group in found.groups)
    return (
        Grid(f"{title}: figures, with intervals of 95 %", ("figure", *names), (sizes, *rows), whole=True),
        Grid(
            f"{title}: share accepted, and its ratio to the greatest, by cut-off",
            ("accepted of all", "last score", *names),
            tuple(map(_at_share, found.by_share)),
            whole=len(names) > PAIR,
        ),
        Grid(
            f"{title}: bad rate at equal score",
            ("from", "to", *names),
            tuple(map(_at_score, found.at_equal_score)),
            whole=True,
        ),
    )


def _at_share(at: AtShare) -> tuple[Cell, ...]:
    pairs = zip(at.accepted, at.ratios, strict=True)
    shown = [f"{said('accepted', a)}, {said('adverse_impact_ratio', r)}" for a, r in pairs]
    return f"{100 * at.share:.0f} %", at.last, *shown


def _at_score(at: AtScore) -> tuple[Cell, ...]:
    pairs = zip(at.bad_rates, at.rows, strict=True)
    return at.least, at.most, *(f"{between('bad_rate', rate)} of {rows:,}" for rate, rows in pairs)


def carried_grid(found: Compared, parts: list[Carried]) -> Grid:
    """What each characteristic adds to the gaps in mean points, and that it adds up."""
    total = [round(sum(one.gaps[n] for one in parts), 2) + 0.0 for n in range(len(found.groups))]
    rows: list[tuple[Cell, ...]] = [
        (one.characteristic, *(round(gap, 2) + 0.0 for gap in one.gaps)) for one in parts
    ]
    return Grid(
        f"{found.column}: what carries the gap in mean points to '{found.reference}'",
        ("characteristic", *(group.name for group in found.groups)),
        (*rows, ("all together", *total)),
    )


def sentences(found: Compared) -> list[str]:
    """What was found of one column, and what was left out."""
    told = [f"{found.column}: nothing is compared, for {found.why}."] if found.why else [_least(found)]
    told += [f"{found.column}: '{o.name}' is left out ({o.rows:,} rows: {o.why})." for o in found.left_out]
    if found.unknown:
        told.append(f"{found.column}: {found.unknown:,} rows are in no group.")
    return told


def _least(found: Compared) -> str:
    """The group that is accepted least often."""
    least = found.groups[_last(found)]
    figures = least.figures
    share = said("accepted", figures["accepted"].value)
    return (
        f"{found.column}: {share} of '{least.name}' are accepted, a ratio "
        f"of {between('adverse_impact_ratio', figures['adverse_impact_ratio'])} to '{found.reference}'; "
        "of those who were good, the share accepted differs by "
        f"{between('equal_opportunity_difference', figures['equal_opportunity_difference'])}."
    )


def _last(found: Compared) -> int:
    """The number of the group that is accepted least often, of those beside the reference."""
    others = [number for number, group in enumerate(found.groups) if group.name != found.reference]
    return min(others, key=lambda number: _ratio(found.groups[number]))


def _ratio(group: Group) -> float:
    return group.figures["adverse_impact_ratio"].value or 0.0


def carrying(found: Compared, parts: list[Carried]) -> str:
    """What carries the gap of the group with the least ratio."""
    least = _last(found)
    whole = sum(one.gaps[least] for one in parts)
    greatest = sorted(parts, key=lambda one: -abs(one.gaps[least]))[:NAMED]
    named = ", ".join(f"{one.characteristic} {one.gaps[least]:+.1f}" for one in greatest)
    name = found.groups[least].name
    return (
        f"{found.column}: '{name}' has {whole:+.1f} points beside '{found.reference}' on average; "
        f"most of it is carried by {named}. What carries a gap is where to look, and not yet a fault."
    )
