"""A file of each tool that is read, and the reader of it."""

from collections.abc import Callable
from pathlib import Path

from credence.scorecards.importing.additive import LOG_ODDS, Additive, Effect
from credence.scorecards.importing.boosted.lightgbm import read_lightgbm
from credence.scorecards.importing.boosted.xgboost import read_xgboost
from credence.scorecards.importing.ebm import read_ebm
from credence.scorecards.importing.files import Source
from credence.scorecards.importing.optbinning import read_optbinning
from credence.scorecards.importing.scorecardpy import read_scorecardpy
from credence.scorecards.importing.toad import read_toad
from credence.scorecards.importing.wishes import GOOD, Wishes
from credence.scorecards.importing.woe import read_woe

READERS: dict[str, Callable[[Source], Additive]] = {
    "ebm": read_ebm,
    "lightgbm": read_lightgbm,
    "scorecardpy": read_scorecardpy,
    "toad": read_toad,
    "woe": read_woe,
    "xgboost": read_xgboost,
}
OPTBINNING = "optbinning"
TOOLS = tuple(sorted([*READERS, OPTBINNING]))


def read_model(path: Path, tool: str, wishes: Wishes) -> Additive:
    """The model in a file, its log odds those of a bad outcome.

    Args:
        path: The file.
        tool: One of TOOLS.
        wishes: What the file does not say.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: It cannot be read exactly; all faults are told.
    """
    source = Source(path)
    model = read_optbinning(source, wishes) if tool == OPTBINNING else READERS[tool](source)
    if model.kind == LOG_ODDS and wishes.event == GOOD:
        return Additive(tuple(map(_turned, model.effects)), -model.base, LOG_ODDS, model.told)
    return model


def _turned(effect: Effect) -> Effect:
    """The log odds of the other outcome."""
    return Effect(effect.axes, {p: None if v is None else -v for p, v in effect.values.items()})
