"""PMML 4.4's Scorecard, the exchange format of scorecards: read and written as text, without Java."""

from credence.scorecards.pmml.read import read_pmml
from credence.scorecards.pmml.write import write_pmml

__all__ = ["read_pmml", "write_pmml"]
