"""Who would pass by a policy, as those see it who write it and those who publish it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tried:
    """What a policy would decide about everybody: those who pass by band, or why it was not tried."""

    why_not: str | None
    as_of: str
    people: int
    passing: int
    bands: tuple[tuple[str, int, int], ...]
    outcomes: tuple[tuple[str, int], ...]


def tried(counts: Mapping[str, Any]) -> Tried:
    """The counts of a dry run as they are shown."""
    if "not_tried" in counts:
        return Tried(counts["not_tried"], "", 0, 0, (), ())
    bands = tuple((name, one["people"], one["passing"]) for name, one in counts["bands"].items())
    people, passing = counts["all"]["people"], counts["all"]["passing"]
    return Tried(None, counts["as_of"], people, passing, bands, tuple(counts["outcomes"].items()))
