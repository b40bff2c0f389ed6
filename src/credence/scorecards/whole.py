"""What the parts of a scorecard must agree on: reasons, categories, and points within the range."""

from credence.errors import nearest
from credence.scorecards.model import Attribute, Characteristic, Scorecard
from credence.yaml_file import Node

# The SQL packs a reason's place in document order into ten bits.
REASON_CODES_MOST = 1_023


def check(entries: dict[str, Node], scorecard: Scorecard) -> None:
    """Note what is wrong between the parts."""
    children = entries["characteristics"].entries() if "characteristics" in entries else {}
    for characteristic in scorecard.characteristics:
        _check_names(children[characteristic.name], characteristic, scorecard)
    _check_baseline(entries, scorecard)
    if len(scorecard.reasons) > REASON_CODES_MOST:
        entries["reasons"].fault(f"There are more than {REASON_CODES_MOST:,} reasons.")
    if scorecard.range is not None:
        _check_points(entries["range"], scorecard, scorecard.range)
        _check_bands(entries, scorecard, scorecard.range)


def _check_names(node: Node, characteristic: Characteristic, scorecard: Scorecard) -> None:
    rows = characteristic.rows()
    codes = [row.reason for row in rows] + [row.unscorable for row in rows if isinstance(row, Attribute)]
    for code in dict.fromkeys(filter(None, codes)):
        if code not in scorecard.reasons:
            node.fault(f"The reason '{code}' has no sentence under 'reasons'.")
    category = characteristic.category
    if category and category not in scorecard.categories:
        node.fault(f"The category '{category}' is not among 'categories'.")


def _check_baseline(entries: dict[str, Node], scorecard: Scorecard) -> None:
    names = [c.name for c in scorecard.characteristics]
    for name in scorecard.baseline.points if scorecard.baseline else ():
        if name not in names:
            entries["baseline"].fault(f"'{name}' is no characteristic.{nearest(name, names)}")
    for code in scorecard.reasons_always:
        if code not in scorecard.reason_codes():
            entries["reasons_always"].fault(f"No attribute has the reason '{code}'.")


def _check_points(node: Node, scorecard: Scorecard, limits: tuple[int, int]) -> None:
    least = [c.points_least for c in scorecard.characteristics]
    most = [c.points_most for c in scorecard.characteristics]
    if None in least or None in most:
        node.fault(
            "Points without a limit can leave the range: give every 'points_each' a 'cap', and points that "
            "follow an answer 'at_least' and 'at_most'."
        )
        return
    low, high = (scorecard.points_base + sum(filter(None, side)) for side in (least, most))
    if low < limits[0] or high > limits[1]:
        node.fault(f"Scores can reach {low} to {high}, beyond the range of {limits[0]} to {limits[1]}.")


def _check_bands(entries: dict[str, Node], scorecard: Scorecard, limits: tuple[int, int]) -> None:
    for band in scorecard.bands:
        if band.below is not None and not limits[0] < band.below < limits[1]:
            entries["bands"].fault(
                f"'below: {band.below}' must lie within the range of {limits[0]} to {limits[1]}."
            )
