"""Reading the points that a file states for reasons to compare with."""

from credence.scorecards.lines import read_factor
from credence.scorecards.model import StatedBaseline
from credence.yaml_file import Node

# What the points are, in PMML's words: informational.
METHODS = ("max", "min", "mean", "neutral", "other")
# Whether a reason is told for points below the baseline (why not higher) or above it.
SIDES = ("below", "above")


def read_baseline(node: Node | None) -> StatedBaseline | None:
    """Read `baseline: {method: mean, points: {age: 18}}`; None where the file states none."""
    if node is None:
        return None
    entries = node.keyed(["method", "points"])
    method = entries["method"].choice(METHODS) if "method" in entries else METHODS[-1]
    points = entries["points"].entries() if "points" in entries else {}
    return StatedBaseline(method, {name: read_factor(child) for name, child in points.items()})
