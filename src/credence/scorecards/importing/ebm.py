"""The JSON of an explainable boosting machine (interpret's `ebm.to_json`): single answers and pairs.

The first score of a table is that of a missing answer, the last that of an answer that is none of the known
ones. Between them each score is of answers from one cut up to, but not with, the next; or of a category.
"""

from fractions import Fraction
from itertools import product

from msgspec import Struct, field

from credence.errors import Fault
from credence.scorecards.importing.additive import LOG_ODDS, Additive, Axis, Effect
from credence.scorecards.importing.boosted.trees import CELLS_MOST, COLUMNS_MOST, TOO_LARGE
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.limits import double, exact
from credence.scorecards.model import OneOf, Rest

Names = str | list[str]
CLASSES = 2


class _Output(Struct):
    task: str
    link: str
    classes: list[str | float | bool] = field(default_factory=list)


class _Feature(Struct):
    name: str
    type: str
    cuts: list[list[float]] = field(default_factory=list)
    categories: list[list[Names]] = field(default_factory=list)


class _Term(Struct):
    term_features: list[str]
    scores: list[object]


class _Ebm(Struct):
    outputs: list[_Output]
    intercept: list[float]
    features: list[_Feature]
    terms: list[_Term]


class _File(Struct):
    ebm: _Ebm


def read_ebm(source: Source) -> Additive:
    """The sum that a file of interpret says.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It is no such sum; all faults are told.
    """
    model = source.json(_File).ebm
    output = model.outputs[0] if len(model.outputs) == 1 else _Output("", "")
    if output.link != "logit" or len(output.classes) != CLASSES or len(model.intercept) != 1:
        source.fault(
            "ebm.outputs", "A model that tells two outcomes apart (link 'logit') is read, and no other."
        )
    features = {feature.name: feature for feature in model.features}
    effects = []
    for number, term in enumerate(model.terms):
        place = f"ebm.terms[{number}]"
        try:
            effects.append(_effect(term, features, source, place))
        except (ValueError, LookupError, TypeError) as error:
            source.fault(place, f"This term cannot be read: {error}.")
    source.settle()
    return Additive(tuple(e for e in effects if e is not None), Fraction(repr(model.intercept[0])), LOG_ODDS)


def _effect(term: _Term, features: dict[str, _Feature], source: Source, place: str) -> Effect | None:
    """The table of a term.

    Raises:
        ValueError: Its scores are not as many as its answers.
        LookupError: It names a feature that is not there.
        TypeError: Its scores are no numbers.
    """
    columns = " and ".join(term.term_features)
    if not 1 <= len(term.term_features) <= COLUMNS_MOST:
        why = "points can be given for one answer, or for two together. Fit with pairs at most."
        source.fault(place, f"The term asks {columns}: {why}")
        return None
    axes = tuple(_axis(features[name], len(term.term_features)) for name in term.term_features)
    count = 1
    for axis in axes:
        count *= len(axis.places)
    if count > CELLS_MOST:
        source.faults.append(Fault(1, place, TOO_LARGE.format(columns=columns, count=count, most=CELLS_MOST)))
        return None
    return Effect(
        axes, {cell: _score(term.scores, axes, cell) for cell in product(*(a.places for a in axes))}
    )


def _axis(feature: _Feature, columns: int) -> Axis:
    """The answers to a feature: pairs part them more coarsely, where the file has a second level."""
    if feature.type == "continuous":
        cuts = feature.cuts[min(len(feature.cuts), columns) - 1]
        return Axis(feature.name, (*(double(cut, inclusive=False) for cut in cuts), Rest()))
    levels = feature.categories[min(len(feature.categories), columns) - 1]
    groups = [[names] if isinstance(names, str) else names for names in levels]
    text = not all(_is_number(name) for group in groups for name in group)
    tests = [OneOf(tuple(name if text else exact(float(name)) for name in group)) for group in groups]
    return Axis(feature.name, (*tests, Rest()), text)


def _is_number(text: str) -> bool:
    try:
        exact(float(text))
    except ValueError:
        return False
    return True


def _score(scores: object, axes: tuple[Axis, ...], cell: tuple[int, ...]) -> Fraction:
    for axis, place in zip(axes, cell, strict=True):
        # A limit more than there are cuts, the missing before them, and the unknown after them.
        known = axis.missing + (2 if not any(isinstance(t, OneOf) for t in axis.tests) else 1)
        if not isinstance(scores, list) or len(scores) != known:
            sentence = f"'{axis.column}' has {known} kinds of answers, and its scores are not as many"
            raise ValueError(sentence)
        scores = scores[0 if place == axis.missing else place + 1]
    if not isinstance(scores, int | float):
        sentence = "a score is no number"
        raise TypeError(sentence)
    return exact(scores)
