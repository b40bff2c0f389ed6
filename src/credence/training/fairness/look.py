"""The look at groups of people: what the scorecard gives each, out of fold and out of time."""

from credence.training.fairness.carried import Carried, carried
from credence.training.fairness.compared import Compared, Rated, compare
from credence.training.fairness.groups import grouping
from credence.training.fairness.people import group_columns
from credence.training.fairness.tables import carried_grid, carrying, grids, sentences
from credence.training.fairness.words import EVIDENCE, NOT_BOTH, WORDS, meanings
from credence.training.judged import Judged
from credence.training.report.section import Grid, Section
from credence.training.sample import Sample

HOW = "The cut-off is {}. Groups are no input: the scorecard asks nobody for them."


def fairness(evidence: Judged) -> Section | None:
    """Compare the groups of every column; None where no groups are given."""
    samples = [evidence.whole, *([evidence.later] if evidence.later else [])]
    found = {sample.name: compared(evidence, sample) for sample in samples}
    if not found[evidence.whole.name]:
        return None
    parts = {each.column: _carried(evidence, each) for each in found[evidence.whole.name] if each.groups}
    facts = {
        "cut_off": evidence.cut_off,
        **{name.replace(" ", "_"): each for name, each in found.items()},
        "carried": parts,
    }
    return Section("fairness", "Groups of people", _says(evidence, found, parts), facts, _grids(found, parts))


def figures_of_groups(evidence: Judged) -> Section | None:
    """Say of each figure what it shows, and what it does not; None where no groups are given."""
    if not group_columns(evidence.order.looks, evidence.table):
        return None
    title = "What the figures of groups show, and what not"
    return Section(
        "figures_of_groups", title, meanings(WORDS), {name: vars(word) for name, word in WORDS.items()}
    )


def compared(evidence: Judged, sample: Sample) -> list[Compared]:
    """Each column of groups of a sample."""
    columns = group_columns(evidence.order.looks, sample.table)
    rated = Rated(
        sample.scores,
        sample.bad,
        evidence.cut_off,
        chance=evidence.chance,
        seed=evidence.order.source.seed,
    )
    return [compare(rated, grouping(column, sample.bad)) for column in columns]


def _carried(evidence: Judged, found: Compared) -> list[Carried]:
    columns = group_columns(evidence.order.looks, evidence.table)
    column = next(column for column in columns if column.name == found.column)
    names = [group.name for group in found.groups]
    groups = grouping(column, evidence.table.bad)
    return carried(evidence.questions, groups, names.index(found.reference))


def _says(
    evidence: Judged, found: dict[str, list[Compared]], parts: dict[str, list[Carried]]
) -> tuple[str, ...]:
    told = []
    for name, columns in found.items():
        told += [f"{name.capitalize()}, {line}" for each in columns for line in sentences(each)]
    told += [
        carrying(each, parts[each.column]) for each in found[evidence.whole.name] if each.column in parts
    ]
    return (*told, HOW.format(evidence.cut_off), EVIDENCE, NOT_BOTH)


def _grids(found: dict[str, list[Compared]], parts: dict[str, list[Carried]]) -> tuple[Grid, ...]:
    shown = [(name, each) for name, columns in found.items() for each in columns if each.groups]
    tables = [grid for name, each in shown for grid in grids(each, f"{each.column}, {name}")]
    by_column = {each.column: each for _, each in reversed(shown)}
    return (*tables, *(carried_grid(by_column[column], carry) for column, carry in parts.items()))
