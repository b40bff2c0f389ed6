"""What is asked for: which scorecard, which rows, what to look at, where to write."""

import shlex
from dataclasses import dataclass

from credence.scorecards.scale import Scale
from credence.training.order import Order


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        scorecard: A shipped name, or a path.
        order: The table, the looks, the folder to make, a vocabulary of one's own.
        scale: Which score stands for which odds; None where it is to be found.
    """

    scorecard: str
    order: Order
    scale: Scale | None = None

    @property
    def command(self) -> str:
        """The command that validates again, where the files are at hand."""
        order, scale = self.order, self.scale
        source, looks = order.source, order.looks
        options = {
            "--outcome": source.outcome,
            "--bad": source.bad,
            "--time": source.splitting.time,
            "--vocabulary": order.vocabulary and order.vocabulary.name,
            "--segments": ",".join(looks.segments) or None,
            "--groups": ",".join(looks.groups) or None,
            "--people": looks.people and looks.people.name,
            "--cut-off": looks.cut_off,
            "--champion": looks.champion and looks.champion.name,
            "--decision": looks.decision,
            "--at": scale and scale.score,
            "--odds": scale and f"{scale.odds:g}",
            "--pdo": scale and f"{scale.points_to_double_odds:g}",
            "--out": order.out and order.out.name,
        }
        words = ["credence", "validate", self.scorecard.rstrip("/").split("/")[-1], source.path.name]
        words += [str(part) for pair in options.items() if pair[1] is not None for part in pair]
        return shlex.join(words)
