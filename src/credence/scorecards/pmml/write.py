"""Writing a scorecard as PMML 4.4, with its whole definition in an Extension."""

from credence.scorecards.model import Scorecard
from credence.scorecards.pmml import embedded
from credence.scorecards.pmml.elements import xml_text
from credence.scorecards.pmml.tree import tree
from credence.scorecards.written import to_yaml


def write_pmml(scorecard: Scorecard) -> str:
    """The text of a PMML document that scores alike, and comes back as the same scorecard.

    What PMML has no words for (windows, categories, bands, purposes) stands in an Extension alone: other
    programs score from answers, and need them given.

    Raises:
        PmmlError: The scorecard has something that PMML cannot say, such as a crossing.
    """
    return xml_text(tree(scorecard, embedded.extension(to_yaml(scorecard))))
