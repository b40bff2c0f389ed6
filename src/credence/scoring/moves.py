"""What moved between two files of scores, as plain facts for programs."""

from credence.engines.compared import Comparison, Moves


def comparison_facts(found: Comparison) -> dict[str, object]:
    """A comparison as programs may rely on it (docs/reference/cli.md, `credence scorecards diff`)."""
    return {
        "moves": moves_facts(found.moves),
        "quantiles": found.quantiles,
        "steps": found.steps,
        "bands": [{"old": old, "new": new, "people": n} for (old, new), n in found.bands.items()],
        "unscorable": [{"old": old, "new": new, "people": n} for (old, new), n in found.unscorable.items()],
        "characteristics": found.parts,
        "movers": found.movers,
        "groups": {name: moves_facts(moves) for name, moves in found.groups.items()},
    }


def moves_facts(moves: Moves) -> dict[str, object]:
    """The moves of some people with their mean."""
    return {name: getattr(moves, name) for name in (*Moves.__dataclass_fields__, "mean")}
