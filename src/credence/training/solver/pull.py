"""What draws groups of people together while a model is fitted: a penalty on the gaps between them."""

from dataclasses import dataclass

from credence.training.arrays import Codes, Floats


@dataclass(frozen=True)
class Pull:
    """A penalty on gaps: half the strength, times the sum of their squares.

    A gap is a difference of mean log odds, so it is linear in the unknowns, and the penalty is one more
    square in the quadratic problem of a Newton step, of as low a rank as there are gaps.

    Attributes:
        gaps: For each gap (row) what one of each unknown (column) adds to it.
        strength: What a squared gap of 1 costs, in log-loss of all rows together, times 2.
    """

    gaps: Floats
    strength: float

    def cost(self, steps: Floats) -> float:
        """What the gaps cost."""
        found = self.gaps @ steps
        return self.strength * float(found @ found) / 2

    def block(self, chosen: Codes) -> Floats:
        """The second derivatives between some unknowns."""
        part = self.gaps[:, chosen]
        found: Floats = self.strength * (part.T @ part)
        return found

    def times(self, steps: Floats) -> Floats:
        """The second derivatives times unknowns, which is the slope, too."""
        found: Floats = self.strength * (self.gaps.T @ (self.gaps @ steps))
        return found
