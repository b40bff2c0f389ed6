"""Every look that a fit gets, in the order of the report."""

from collections.abc import Iterator

from credence.training.evidence import Evidence
from credence.training.report.section import Look, Section

LOOKS: tuple[Look, ...] = ()


def looked_at(evidence: Evidence) -> Iterator[Section]:
    """What each look found, where it had something to look at."""
    for look in LOOKS:
        section = look(evidence)
        if section is not None:
            yield section
