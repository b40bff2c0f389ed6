from pathlib import Path

import pytest

from tests.scorecards.importing.scored import SAMPLES, faults, of_text


def text(name: str = "lightgbm_stumps.txt") -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def test_a_tree_of_one_leaf_is_for_everybody(tmp_path: Path) -> None:
    first, mark, rest = text().partition("Tree=0\n")
    alone = "num_leaves=1\nnum_cat=0\nleaf_value=0.5\n\nTree=9\n"
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with_it = of_text(one, first + mark + alone + rest, "lightgbm").scorecard
    without = of_text(other, text(), "lightgbm").scorecard
    assert with_it.points_base == without.points_base - round(0.5 * 20 / 0.6931471805599453)
    assert with_it.characteristics == without.characteristics


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("tree\n", "forest\n", ": This is not a file of that tool: one begins with 'tree', and has an"),
        (
            "left_child=-1",
            "left_child=0",
            "Tree=0: This tree cannot be read: split 0 leads back, or too deep.",
        ),
        ("threshold=", "threshold=x", "Tree=0: This tree cannot be read: could not convert string to float"),
        ("leaf_value=", "value=", "Tree=0: This tree cannot be read: 'leaf_value'."),
        ("is_linear=0", "is_linear=1", ": Trees that are averaged (boosting: rf), or have lines in their"),
        (
            "num_class=1",
            "num_class=3",
            "objective: 'binary sigmoid:1' is not read: 'binary', of two outcomes",
        ),
        ("num_class=1", "num_class=x", "objective: 'lambdarank' is not read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_tree(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    given = text().replace(old, new, 1)
    given = (
        given.replace("objective=binary sigmoid:1", "objective=lambdarank") if new.endswith("x") else given
    )
    if old == "threshold=":
        given = text().replace(old, new, 1)
    assert faults(tmp_path, given, "lightgbm")[0].startswith(sentence)
