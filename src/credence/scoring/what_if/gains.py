"""The most that a part of a scorecard can gain from so many events: a bound of what a plan can gain."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from credence.scoring.what_if.parts import Counts, Horizon

# How many plans of one part are tried; beyond them, it could gain all that it can be worth.
TRIED_MOST = 40


@dataclass
class Gains:
    """The most that a part can gain from so many events, whichever moves they are of."""

    horizon: Horizon
    place: int
    caps: Counts
    known: list[int] = field(default_factory=lambda: [0])
    tried: int = 0
    none: int = field(init=False)

    def __post_init__(self) -> None:
        """Note what the part is worth without any plan."""
        self.none = self.horizon.worth(self.place, (0,) * len(self.caps))

    def most(self, events: int) -> int:
        """The most that so many events or fewer add to what the part is worth without any."""
        part, touching = self.horizon.parts[self.place], self.horizon.touching[self.place]
        events = min(events, sum(self.caps[move] for move in touching))
        if not part.advised:
            return 0
        while len(self.known) <= events and self.tried <= TRIED_MOST:
            self._extend(len(self.known))
        return self.known[events] if events < len(self.known) else part.most - self.none

    def _extend(self, events: int) -> None:
        """Try every plan of so many events, unless they are too many."""
        most, touching = self.known[-1], self.horizon.touching[self.place]
        for times in _plans(tuple(self.caps[move] for move in touching), events):
            self.tried += 1
            if self.tried > TRIED_MOST:
                return
            most = max(most, self.horizon.worth(self.place, self._whole(touching, times)) - self.none)
        self.known.append(most)

    def _whole(self, touching: Counts, times: Counts) -> Counts:
        counts = [0] * len(self.caps)
        for move, number in zip(touching, times, strict=True):
            counts[move] = number
        return tuple(counts)


def _plans(caps: Counts, events: int) -> Iterator[Counts]:
    """Every way to make so many events, each move at most as often as it can be made."""
    if not events:
        yield (0,) * len(caps)
        return
    least = max(0, events - sum(caps[1:]))
    for times in range(least, min(caps[0], events) + 1):
        for others in _plans(caps[1:], events - times):
            yield (times, *others)
