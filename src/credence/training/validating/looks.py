"""Every look that a scorecard that stands gets, in the order of the report."""

from collections.abc import Callable, Iterator

from credence.training.against.champion import champion
from credence.training.against.overrides import overrides
from credence.training.against.probabilities import probabilities
from credence.training.fairness.look import fairness, figures_of_groups
from credence.training.report.characteristics_section import characteristics_section
from credence.training.report.cut_offs_section import cut_offs_section
from credence.training.report.parting_section import parting_section
from credence.training.report.reliability_section import reliability_section
from credence.training.report.section import Section
from credence.training.report.segments_section import segments_section
from credence.training.validating.sections import drift, figures_of_standing, periods, rows_of_standing
from credence.training.validating.standing import Standing

LOOKS: tuple[Callable[[Standing], Section | None], ...] = (
    rows_of_standing,
    figures_of_standing,
    drift,
    parting_section,
    reliability_section,
    probabilities,
    cut_offs_section,
    periods,
    segments_section,
    characteristics_section,
    fairness,
    figures_of_groups,
    overrides,
    champion,
)


def looked_at(evidence: Standing) -> Iterator[Section]:
    """What each look at a scorecard that stands found, where it had something to look at."""
    yield from (section for look in LOOKS if (section := look(evidence)) is not None)
