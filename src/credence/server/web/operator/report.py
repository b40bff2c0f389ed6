"""The report of a run as a page shows it: pictures, and beside each the same in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from credence.server.web.operator.checks import Check, Facts, checks, judged
from credence.server.web.operator.groups import Groups, groups

# So many earlier runs are in the small pictures.
PAST = 11


@dataclass(frozen=True)
class Drift:
    """How the answers to a question moved: its PSI (with those before), and the verdict."""

    question: str
    psi: float | None
    csi: float | None
    verdict: str
    past: tuple[float, ...]


@dataclass(frozen=True)
class Migration:
    """People by band: a row for each band they were in, a column for each that they are in now."""

    bands: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Cause:
    """A question whose answers moved people, how many, and by how many points all together."""

    question: str
    people: int
    points: int


@dataclass(frozen=True)
class Card:
    """One scorecard's part of a report; `facts` are what stands in tables as it is."""

    facts: Facts
    checks: tuple[Check, ...]
    labels: tuple[str, ...]
    now: tuple[int, ...]
    before: tuple[int, ...] | None
    drifts: tuple[Drift, ...]
    migration: Migration | None
    causes: tuple[Cause, ...]
    groups: Groups | None


@dataclass(frozen=True)
class Report:
    """A run's report."""

    facts: Facts
    cards: tuple[Card, ...]


def report(facts: Facts, past: Sequence[Facts]) -> Report:
    """A report as it is shown.

    Args:
        facts: Its facts.
        past: The facts of earlier runs, the oldest first.
    """
    cards = tuple(_card(card, [_of(one, card["scorecard"]) for one in past]) for card in facts["scorecards"])
    return Report(facts, cards)


def _of(facts: Facts, name: str) -> Facts | None:
    return next((card for card in facts["scorecards"] if card["scorecard"] == name), None)


def _card(card: Facts, found: Sequence[Facts | None]) -> Card:
    past = [one for one in found if one is not None][-PAST:]
    before = [one["before"] for one in card["bins"]]
    return Card(
        card,
        checks(card, past),
        tuple(str(one["from"]) for one in card["bins"]),
        tuple(one["people"] for one in card["bins"]),
        None if None in before else tuple(before),
        tuple(_drift(one, past) for one in card["characteristics"]),
        _migration(card),
        _causes(card),
        groups(card),
    )


def _drift(one: Facts, past: Sequence[Facts]) -> Drift:
    every = [*(_characteristic(card, one["name"]) for card in past), one]
    numbers = tuple(each["psi"] for each in every if each is not None and each["psi"] is not None)
    return Drift(one["question"], one["psi"], one["csi"], judged(one), numbers)


def _characteristic(card: Facts, name: str) -> Facts | None:
    return next((one for one in card["characteristics"] if one["name"] == name), None)


def _migration(card: Facts) -> Migration | None:
    """Bands in the scorecard's order, then whatever else people moved from or to."""
    moves: Mapping[str, Any] | None = card["moves"]
    if moves is None:
        return None
    found = {(one["old"], one["new"]): one["people"] for one in moves["bands"]}
    known = [one["band"] for one in card["bands"]]
    bands = tuple(dict.fromkeys([*known, *(name for pair in found for name in pair)]))
    rows = tuple((old, tuple(found.get((old, new), 0) for new in bands)) for old in bands)
    return Migration(bands, rows)


def _causes(card: Facts) -> tuple[Cause, ...]:
    questions = {one["name"]: one["question"] for one in card["characteristics"]}
    parts = card["moves"]["characteristics"] if card["moves"] else []
    return tuple(Cause(questions.get(one["name"], ""), one["people"], one["points"]) for one in parts)
