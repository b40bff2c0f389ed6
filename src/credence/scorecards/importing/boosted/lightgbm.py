"""LightGBM's models as text (`booster.save_model`) or JSON (`booster.dump_model`): one or two columns a tree.

An answer goes left where it is at most the limit. Each split says what counts as missing: nothing (then a
missing answer is taken for 0), missing answers, or those and 0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from msgspec import Struct, field

from credence.scorecards.importing.additive import LOG_ODDS, Additive
from credence.scorecards.importing.boosted.lightgbm_text import as_json
from credence.scorecards.importing.boosted.trees import DEPTH_MOST, Split, Tree, added_up
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import double
from credence.scorecards.model import OneOf

OBJECTIVE = re.compile(r"binary(?: sigmoid:([0-9]+(?:[.][0-9]+)?))?(?: (?!sigmoid).*)?")
NONE, ZERO = "None", "Zero"
Category = str | float | bool


class _Node(Struct):
    leaf_value: float | None = None
    split_feature: int = 0
    threshold: float | str = 0.0
    decision_type: str = ""
    default_left: bool = False
    missing_type: str = NONE
    left_child: "_Node | None" = None
    right_child: "_Node | None" = None


class _Tree(Struct):
    tree_structure: _Node


class _Feature(Struct):
    values: list[float] = field(default_factory=list)


class _File(Struct):
    objective: str
    feature_names: list[str]
    tree_info: list[_Tree]
    num_class: int = 1
    average_output: bool = False
    linear_tree: bool = False
    feature_infos: dict[str, _Feature] = field(default_factory=dict)
    pandas_categorical: list[list[Category]] | None = None


@dataclass(frozen=True)
class _Words:
    """What the trees of a file have in common: columns, their categories, what leaves are multiplied with."""

    names: list[str]
    categories: Mapping[str, list[Category] | None]
    factor: Fraction


def read_lightgbm(source: Source) -> Additive:
    """The sum that a file of LightGBM says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such sum; all faults are told.
    """
    text = source.text()
    given = source.json(_File, text if text.lstrip().startswith("{") else as_json(source, text))
    if given.average_output or given.linear_tree:
        source.fault(
            "", "Trees that are averaged (boosting: rf), or have lines in their leaves, are not read."
        )
    words = _Words(given.feature_names, _categories(source, given), _sigmoid(source, given))
    trees: dict[str, Tree] = {}
    for number, tree in enumerate(given.tree_info):
        place = f"tree_info[{number}]"
        try:
            trees[place] = _tree(tree.tree_structure, 0, words)
        except (ValueError, LookupError) as error:
            source.fault(place, f"This tree cannot be read: {error}.")
    texts = {n for n, values in words.categories.items() if any(isinstance(v, str) for v in values or ())}
    base, effects = added_up(trees, texts, source.faults)
    source.settle()
    return Additive(tuple(effects), base, LOG_ODDS)


def _sigmoid(source: Source, given: _File) -> Fraction:
    """What the sum of trees is multiplied with to become log odds."""
    objective = OBJECTIVE.fullmatch(given.objective)
    if objective is None or given.num_class != 1:
        source.fault("objective", f"'{given.objective}' is not read: 'binary', of two outcomes, is.")
        return Fraction(1)
    return Fraction(objective[1] or 1)


def _categories(source: Source, given: _File) -> dict[str, list[Category] | None]:
    """For each column of categories their names; None where the table had whole numbers."""
    columns = [name for name in given.feature_names if given.feature_infos.get(name, _Feature()).values]
    named = given.pandas_categorical
    if not named:
        return dict.fromkeys(columns)
    if len(named) != len(columns):
        said = f"{len(named)} columns have names of categories, and {len(columns)} have categories."
        source.fault("pandas_categorical", said)
        return dict.fromkeys(columns)
    return dict(zip(columns, named, strict=True))


def _tree(node: _Node, depth: int, words: _Words) -> Tree:
    """The tree below a node.

    Raises:
        ValueError: It cannot be read.
        LookupError: It names a column or a category that is not there.
    """
    if node.left_child is None or node.right_child is None:
        if node.leaf_value is None:
            sentence = "a node has neither a leaf_value nor two children"
            raise ValueError(sentence)
        return Fraction(repr(node.leaf_value)) * words.factor
    if depth > DEPTH_MOST:
        sentence = "it is too deep"
        raise ValueError(sentence)
    column = words.names[node.split_feature]
    left, right = (_tree(child, depth + 1, words) for child in (node.left_child, node.right_child))
    if node.decision_type == "==":
        return Split(column, _one_of(column, str(node.threshold), words), False, left, right)  # noqa: FBT003
    test = double(float(node.threshold), inclusive=True)
    # Where nothing counts as missing, a missing answer is taken for 0.
    missing_left = node.default_left if node.missing_type != NONE else test.limit >= 0
    return Split(column, test, missing_left, left, right, zero=node.missing_type == ZERO)


def _one_of(column: str, threshold: str, words: _Words) -> OneOf:
    numbers = [int(number) for number in threshold.split("||")]
    names = words.categories.get(column)
    if names is None:
        return OneOf(tuple(map(Fraction, numbers)))
    found = [names[number] for number in numbers]
    return OneOf(tuple(name if isinstance(name, str) else Fraction(repr(float(name))) for name in found))
