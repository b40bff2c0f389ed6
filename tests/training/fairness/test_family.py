from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from credence.training import figures, validation
from credence.training.arrays import Floats
from credence.training.fairness.family import STRENGTHS, fairer, family, fused, gaps
from credence.training.fairness.groups import Grouping, grouping
from credence.training.fit import Fit
from credence.training.merging import BUDGET
from credence.training.solver.newton import chance
from tests.training.fairness.grouped import evidence, grouped, sexes

GROUPS = grouping(sexes(grouped()), grouped().bad)


def gap(fit: Fit, groups: Grouping = GROUPS) -> float:
    """The gap in mean log odds between two groups, by the model of all rows."""
    logits = fit.chosen.models[-1].logits
    return float(logits[groups.rows(1)].mean() - logits[groups.rows(0)].mean())


def mean_squares(logits: Floats, groups: Grouping) -> float:
    means = [logits[groups.rows(number)].mean() for number in range(len(groups.names))]
    return float(np.mean([(a - b) ** 2 for n, a in enumerate(means) for b in means[:n]]))


@pytest.mark.parametrize("many", [2, 4])
def test_gaps_squared_are_the_mean_squared_gap_of_two_groups(many: int) -> None:
    found, rows = evidence().fit, np.arange(1200) % 7 > 0
    drawn = np.random.Generator(np.random.PCG64(1)).integers(-1, many, 1200)
    groups = Grouping("side", tuple("abcd"[:many]), drawn)
    steps = np.random.Generator(np.random.PCG64(2)).normal(size=len(found.design.runs[0]))
    logits = found.design.logits(found.design.values(steps), 0.0)
    seen = replace(groups, codes=np.where(rows, drawn, -1))
    squares = float(((gaps(found.design, rows, [groups]) @ steps) ** 2).sum())
    assert squares == pytest.approx(mean_squares(logits, seen))
    twice = float(((gaps(found.design, rows, [groups, groups]) @ steps) ** 2).sum())
    assert twice == pytest.approx(2 * squares)


def test_a_group_that_is_not_among_the_rows_has_no_gap() -> None:
    found = evidence().fit
    rows = GROUPS.rows(0)
    assert gaps(found.design, rows, [GROUPS]).shape == (0, len(found.design.runs[0]))


def test_the_stronger_the_pull_the_smaller_the_gap() -> None:
    found = family(evidence().fit, [GROUPS])
    sizes = [abs(gap(fit)) for fit in found]
    assert len(found) == len(STRENGTHS) == 20
    assert all(after < before for before, after in pairwise(sizes))
    assert sizes[-1] < 0.1 * sizes[0]


def test_without_a_pull_it_is_the_plain_scorecard() -> None:
    plain = evidence().fit
    assert family(plain, [GROUPS], [0.0])[0].points == plain.points


def test_a_pulled_model_is_where_no_step_gains() -> None:
    found = family(evidence().fit, [GROUPS], [0.0, 0.1, 1.0])[-1]
    model, design, bad = found.chosen.models[-1], found.design, found.bad
    best, penalty = model.objective(found.chosen.penalty), found.chosen.penalty
    for number in range(0, len(model.steps), 5):
        for size in (0.02, -0.02):
            change = np.zeros(len(model.steps))
            change[number] = size
            after = model.steps[number] + size
            if (after > 0 and not model.rising[number]) or (after < 0 and not model.falling[number]):
                continue
            moved = design.logits(design.values(change), 0.0)
            tried = model.moved(1.0, change, 0.0, moved, bad)
            assert tried.objective(penalty) > best - 1e-2
    assert chance(model.logits).mean() == pytest.approx(bad.mean(), abs=1e-3)


def test_groups_are_not_asked_of_anybody() -> None:
    plain, found = evidence().fit, family(evidence().fit, [GROUPS], [0.0, 1.0])[-1]
    assert found.bins == plain.bins
    assert found.design is plain.design
    assert found.points != plain.points


def test_stated_directions_hold_however_strong_the_pull() -> None:
    found = family(evidence().fit, [GROUPS], [0.0, 10.0])[-1]
    for bins, lines in zip(found.bins, found.points.lines, strict=True):
        ordered = [x for x in sorted(lines, key=lambda x: x.attributes) if x.attributes[0] < bins.ordered]
        points, way = [line.points for line in ordered], found.directions.get(bins.column, "either")
        assert points == {"rising": sorted(points), "falling": sorted(points, reverse=True)}.get(way, points)


def test_one_strength_is_the_same_alone_and_in_the_family() -> None:
    plain = evidence().fit
    number = STRENGTHS.index(0.22)
    assert fairer(plain, [GROUPS], 0.22).points == family(plain, [GROUPS])[number].points
    between = fairer(plain, [GROUPS], 0.2)
    assert abs(gap(between)) < abs(gap(fairer(plain, [GROUPS], 0.15)))


def test_the_average_and_other_methods_come_down_to_the_fused_elastic_net() -> None:
    plain = evidence().fit
    assert fused(plain) is plain
    scores = validation.unseen(plain, validation.cut(plain, BUDGET, None))
    for method in ("average", "woe"):
        found = fused(evidence(method).fit)
        other = validation.unseen(found, validation.cut(found, BUDGET, None))
        assert found.method == "fused"
        assert np.abs(other - scores).mean() < 1.5
        assert figures.auc(other, plain.bad) == pytest.approx(figures.auc(scores, plain.bad), abs=0.003)
