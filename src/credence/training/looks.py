"""Every look that a fit gets, in the order of the report.

It stands above the rooms whose looks it names, so that they may use what `report/` has.
"""

from collections.abc import Iterator

from credence.training.against.alignment import alignment
from credence.training.against.ceiling import ceiling
from credence.training.against.champion import champion
from credence.training.against.overrides import overrides
from credence.training.against.probabilities import probabilities
from credence.training.against.rejects import rejects
from credence.training.evidence import Evidence
from credence.training.fairness.less_discriminatory import less_discriminatory
from credence.training.fairness.look import fairness, figures_of_groups
from credence.training.report.characteristics_section import characteristics_section
from credence.training.report.cut_offs_section import cut_offs_section
from credence.training.report.figures_section import figures_section
from credence.training.report.frontier_section import frontier_section
from credence.training.report.parting_section import parting_section
from credence.training.report.reliability_section import reliability_section
from credence.training.report.rows_section import rows_section
from credence.training.report.section import Look, Section
from credence.training.report.segments_section import segments_section
from credence.training.report.stability_section import stability_section

LOOKS: tuple[Look, ...] = (
    rows_section,
    figures_section,
    parting_section,
    reliability_section,
    probabilities,
    alignment,
    cut_offs_section,
    stability_section,
    segments_section,
    characteristics_section,
    frontier_section,
    fairness,
    less_discriminatory,
    figures_of_groups,
    overrides,
    champion,
    ceiling,
    rejects,
)


def looked_at(evidence: Evidence) -> Iterator[Section]:
    """What each look at a fit found, where it had something to look at."""
    yield from (section for look in LOOKS if (section := look(evidence)) is not None)
