from credence.training.evidence import Evidence
from credence.training.report.frontier_section import NEAR, frontier_section


def test_the_fewest_lines_that_cost_next_to_nothing_are_named(by_chance: Evidence) -> None:
    section = frontier_section(by_chance)
    spots = by_chance.figures.frontier
    best = max(spot.auc for spot in spots)
    enough = min(spot.lines for spot in spots if spot.auc >= best - NEAR)
    assert (
        section.says[0] == f"About {enough:.0f} lines come within {NEAR} of the best AUC here ({best:.4f})."
    )
    assert section.facts is spots
    assert section.pictures[0].svg.count("<circle") == len(spots)
    assert len(section.grids[0].rows) == len(spots)
