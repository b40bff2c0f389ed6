"""XGBoost's JSON (`booster.save_model("model.json")`): trees of one column or two.

Answers are rounded to single precision before they are compared, and must be under the limit to go left.
"""

from fractions import Fraction
from math import log

from msgspec import Struct, field

from credence.scorecards.importing.additive import LOG_ODDS, Additive
from credence.scorecards.importing.boosted.trees import DEPTH_MOST, Split, Tree, added_up
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import single

OBJECTIVES = ("binary:logistic", "reg:logistic")
LEAF = -1


class _Nodes(Struct):
    left_children: list[int]
    right_children: list[int]
    split_indices: list[int]
    split_conditions: list[float]
    default_left: list[int]
    split_type: list[int] = field(default_factory=list)


class _Trees(Struct):
    trees: list[_Nodes]


class _Booster(Struct):
    name: str
    model: _Trees | None = None


class _Objective(Struct):
    name: str


class _Parameters(Struct):
    base_score: str
    num_class: str = "0"
    num_target: str = "1"


class _Learner(Struct):
    gradient_booster: _Booster
    objective: _Objective
    learner_model_param: _Parameters
    feature_names: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


class _File(Struct):
    learner: _Learner


def read_xgboost(source: Source) -> Additive:
    """The sum that a file of XGBoost says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such sum; all faults are told.
    """
    learner = source.json(_File).learner
    model = learner.gradient_booster.model
    if learner.gradient_booster.name != "gbtree" or model is None:
        name = learner.gradient_booster.name
        source.refuse("learner.gradient_booster", f"'{name}' is not read: 'gbtree' is.")
    _check(source, learner, len(model.trees))
    trees: dict[str, Tree] = {}
    for number, nodes in enumerate(model.trees):
        place = f"learner.gradient_booster.model.trees[{number}]"
        try:
            trees[place] = _tree(nodes, 0, 0, learner.feature_names)
        except (ValueError, IndexError) as error:
            source.fault(place, f"This tree cannot be read: {error}.")
    base, effects = added_up(trees, set(), source.faults)
    share = _base(source, learner.learner_model_param.base_score)
    source.settle()
    return Additive(tuple(effects), base + Fraction(log(share / (1 - share))), LOG_ODDS)


def _check(source: Source, learner: _Learner, trees: int) -> None:
    if learner.objective.name not in OBJECTIVES:
        said = f"'{learner.objective.name}' is not read: of two outcomes, {' or '.join(OBJECTIVES)} is."
        source.fault("learner.objective.name", said)
    parameters = learner.learner_model_param
    if parameters.num_class not in {"0", "1"} or parameters.num_target != "1":
        source.fault("learner.learner_model_param", "The model tells more than two outcomes apart.")
    best = learner.attributes.get("best_iteration", "")
    if best.isdecimal() and int(best) + 1 < trees:
        kept = f"booster[: {int(best) + 1}]"
        said = (
            f"Of {trees} trees the first {int(best) + 1} did best, and the file has all: save {kept} alone."
        )
        source.fault("learner.attributes.best_iteration", said)


def _base(source: Source, text: str) -> float:
    """The share of bad outcomes that the trees begin with; newer versions write it in brackets."""
    try:
        share = float(text.strip("[]"))
    except ValueError:
        share = 0.0
    if 0 < share < 1:
        return share
    source.fault("learner.learner_model_param.base_score", f"'{text}' is no share between 0 and 1.")
    return 0.5


def _tree(nodes: _Nodes, place: int, depth: int, names: list[str]) -> Tree:
    """The tree below a node.

    Raises:
        ValueError: It cannot be read.
        IndexError: It names a node or a column that is not there.
    """
    left, right = nodes.left_children[place], nodes.right_children[place]
    if left == LEAF:
        return Fraction(repr(nodes.split_conditions[place]))
    if min(left, right) <= place or depth > DEPTH_MOST:
        sentence = f"node {place} leads back, or too deep"
        raise ValueError(sentence)
    if any(nodes.split_type[place : place + 1]):
        sentence = "it asks for categories, whose names are not in the file"
        raise ValueError(sentence)
    test = single(nodes.split_conditions[place])
    low, high = (_tree(nodes, child, depth + 1, names) for child in (left, right))
    column = nodes.split_indices[place]
    return Split(names[column] if names else f"f{column}", test, bool(nodes.default_left[place]), low, high)
