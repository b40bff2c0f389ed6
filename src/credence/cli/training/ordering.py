"""The options of `credence train` and `validate` as an order; imports what needs the packages of training."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from credence.errors import UsageError
from credence.scorecards.scale import Scale
from credence.training.order import Looks, Order
from credence.training.splits import Splitting
from credence.training.table import Source
from credence.training.validating.order import Asked

APART = "{} cannot be learnt together with {} yet: say one of the two."
NO_GROUPS = "--fairer draws groups together: name them with --groups, or give --people."
TOGETHER = "--at, --odds and --pdo say together which score stands for which odds: give all three, or none."
BOTH = "--random parts the rows by chance alone: say either that, or {}."


def order_of(given: Mapping[str, Any]) -> Order:
    """What is asked for, of the options by their names.

    Raises:
        UsageError: An option cannot be understood, or contradicts another.
    """
    specials = tuple(_number(part) for part in _listed(given["special"]))
    lists = _listed(given["segments"]), _listed(given["groups"])
    others = given["people"], given["champion"], given["rejects"], given["ceiling"]
    looks = Looks(given["cut_off"], *lists, *others, given["fairer"], given["decision"], given["align"])
    if looks.fairer is not None and not looks.groups and looks.people is None:
        raise UsageError(NO_GROUPS)
    apart = {"--rejects": given["rejects"], "--characteristics": given["characteristics"]}
    for name, value in apart.items():
        if value and (given["crossings"] or given["derive"]):
            raise UsageError(
                APART.format("Crossings" if given["crossings"] else "Numbers made of columns", name)
            )
    splitting = _splitting(given)
    named = given["table"], given["outcome"], given["bad"], _listed(given["leave_out"]), given["seed"]
    source = Source(*named, looks.beside, splitting)
    scale = Scale(given["at"], given["odds"], given["pdo"])
    names = ("out", "characteristics", "method", "crossings", "vocabulary", "derive")
    last = [given[name] for name in names]
    return Order(source, scale, given["rows_most"], specials, given["directions"], looks, *last)


def validation_of(given: Mapping[str, Any]) -> Asked:
    """Which scorecard is to be judged by what, of the options by their names.

    Raises:
        UsageError: A part of the scale is left out.
    """
    lists = _listed(given["segments"]), _listed(given["groups"])
    beside = {name: given[name] for name in ("people", "champion", "decision")}
    looks = Looks(given["cut_off"], *lists, **beside)
    named = given["table"], given["outcome"], given["bad"]
    source = Source(*named, beside=looks.beside, splitting=Splitting(time=given["time"]))
    scale = [given[name] for name in ("at", "odds", "pdo")]
    if None in scale and any(part is not None for part in scale):
        raise UsageError(TOGETHER)
    order = Order(source, looks=looks, out=given["out"], vocabulary=given["vocabulary"])
    return Asked(given["scorecard"], order, None if None in scale else Scale(*scale))


def _splitting(given: Mapping[str, Any]) -> Splitting:
    time, group, out_of_time = given["time"], given["group"], given["out_of_time"]
    window = given["performance"]
    named = {"--time": time, "--group": group, "--out-of-time": out_of_time, "--performance": window}
    said = [option for option, value in named.items() if value]
    if given["random"] and said:
        raise UsageError(BOTH.format(" and ".join(said)))
    return Splitting(time, group, out_of_time, given["random"], window)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        sentence = f"--special has '{text}', which is not a number. Write it like -7,-8,-9."
        raise UsageError(sentence) from None
