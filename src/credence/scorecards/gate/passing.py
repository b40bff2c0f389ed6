"""The gate: whether a trained scorecard may be published, and everything that is in its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from credence.errors import Fault
from credence.events.vocabulary import Vocabulary
from credence.scorecards import live
from credence.scorecards.gate.figures import faults_of_card, faults_of_figures
from credence.scorecards.gate.words import faults_of_directions, faults_of_reasons, faults_of_words
from credence.scorecards.load import find, read_scorecard
from credence.scorecards.model import Scorecard
from credence.yaml_file import Node, read, settle


@dataclass(frozen=True)
class Found:
    """What is in the way of a scorecard, and what somebody should look at before it is live.

    Both as pairs of a file and a fault.
    """

    faults: tuple[tuple[Path, Fault], ...]
    told: tuple[tuple[Path, Fault], ...]


def at_the_gate(name: str, words: Vocabulary) -> Found:
    """Everything that is in the way of publishing a scorecard.

    Inputs are judged as those of a live one, whatever its setting. Words that a program gave to reasons are
    in the way of a live scorecard, and told of one for the lab.

    Raises:
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: It does not load.
    """
    path = find(name)
    node = read(path)
    scorecard = read_scorecard(node, words)
    settle(node, str(path))
    as_proposed = tuple((path, fault) for fault in faults_of_words(node, scorecard))
    is_live = scorecard.setting == "live"
    faults = [
        *((path, fault) for fault in _of_definition(node, scorecard, words)),
        *(as_proposed if is_live else ()),
        *faults_of_figures(path.parent, scorecard),
        *faults_of_card(path.parent),
    ]
    return Found(tuple(faults), () if is_live else as_proposed)


def _of_definition(node: Node, scorecard: Scorecard, words: Vocabulary) -> Iterator[Fault]:
    yield from faults_of_reasons(node, scorecard)
    yield from faults_of_directions(node, scorecard)
    live.check_inputs(node.entries(), scorecard, words)
    yield from node.faults
