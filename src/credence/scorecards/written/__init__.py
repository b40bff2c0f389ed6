"""A scorecard written as a definition file again: plain values, and YAML that loads as the same scorecard."""

from credence.scorecards.model import Scorecard
from credence.scorecards.written.definition import definition_of
from credence.scorecards.written.yaml_text import yaml_text

__all__ = ["definition_of", "to_yaml", "yaml_text"]


def to_yaml(scorecard: Scorecard) -> str:
    """The text of a definition file that loads as this scorecard, with the same hash."""
    return yaml_text(definition_of(scorecard))
