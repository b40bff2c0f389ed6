"""What a run's report says, as an operator reads it before readers have the scores: figures beside limits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from credence.runs.limits import USUAL
from credence.runs.report.drift import SHIFTED_OVER, WATCH_FROM, may_be_chance
from credence.runs.report.groups import FOUR_FIFTHS

Facts = Mapping[str, Any]
PASS, LOOK, CHANCE, NONE = "pass", "look", "chance", "none"


@dataclass(frozen=True)
class Check:
    """A figure of a run beside its limit.

    Attributes:
        name: Which figure.
        value: As it is shown; empty where there is none.
        limit: The most that is usual (of a ratio the least), as it is shown; empty where there is none.
        verdict: pass, look, chance (of so few people chance alone may make it) or none.
        past: The figure in the runs up to this one, the oldest first.
        line: The limit as a number, for the picture.
    """

    name: str
    value: str
    limit: str
    verdict: str
    past: tuple[float, ...]
    line: float | None


@dataclass(frozen=True)
class Rule:
    """How a figure is found in the facts of a scorecard, shown and judged; `least` is what a limit may be."""

    found: Callable[[Facts], float | None]
    shown: Callable[[float], str]
    limit: float | None = None
    chance: Callable[[Facts], bool] = lambda _card: False
    least: bool = False

    def verdict(self, value: float) -> str:
        """What a figure is beside the limit: pass, look, or none where there is no limit."""
        if self.limit is None:
            return NONE
        return PASS if (value >= self.limit if self.least else abs(value) <= self.limit) else LOOK


def checks(card: Facts, past: Sequence[Facts]) -> tuple[Check, ...]:
    """The figures of a scorecard's part of a report; `past` are the same of earlier runs, oldest first."""
    return tuple(_check(name, rule, card, past) for name, rule in RULES.items())


def _check(name: str, rule: Rule, card: Facts, past: Sequence[Facts]) -> Check:
    value = rule.found(card)
    numbers = tuple(number for one in (*past, card) if (number := rule.found(one)) is not None)
    limit = "" if rule.limit is None else rule.shown(rule.limit)
    if value is None:
        return Check(name, "", limit, NONE, numbers, rule.limit)
    verdict = CHANCE if rule.chance(card) else rule.verdict(value)
    return Check(name, rule.shown(value), limit, verdict, numbers, rule.limit)


def judged(part: Facts) -> str:
    """What a PSI says: pass, look, chance, or none without an earlier run."""
    index: float | None = part["psi"]
    if index is None:
        return NONE
    return CHANCE if _chance(part) else PASS if index < WATCH_FROM else LOOK


def _chance(part: Facts) -> bool:
    return part["psi"] is not None and may_be_chance(part["psi"], part["psi_by_chance"])


def _psi(part: Facts) -> float | None:
    index: float | None = part["psi"]
    return index


def _largest(card: Facts) -> float | None:
    """The largest PSI of an answer that chance alone does not make; that of all, where there is none."""
    found = [one for one in card["characteristics"] if one["psi"] is not None]
    told = [one["psi"] for one in found if not _chance(one)] or [one["psi"] for one in found]
    return max(told, default=None)


def _without(card: Facts) -> float | None:
    return 1 - card["scored"] / card["people"] if card["people"] else None


def _without_change(card: Facts) -> float | None:
    before, now = card["before"], _without(card)
    if before is None or now is None or not before["people"]:
        return None
    return now - (1 - float(before["scored"]) / float(before["people"]))


def _people_change(card: Facts) -> float | None:
    before = card["before"]
    if before is None or not before["people"]:
        return None
    return (int(card["people"]) - int(before["people"])) / int(before["people"])


def _moved(card: Facts) -> float | None:
    """The share of people in another band, of those with a band in both runs."""
    names = {one["band"] for one in card["bands"]}
    pairs = list(_between(card, names))
    people = sum(one["people"] for one in pairs)
    return sum(one["people"] for one in pairs if one["old"] != one["new"]) / people if people else None


def _between(card: Facts, names: set[str]) -> Iterator[Facts]:
    moves = card["moves"]
    yield from (
        one for one in (moves["bands"] if moves else ()) if one["old"] in names and one["new"] in names
    )


def _lowest_ratio(card: Facts) -> float | None:
    """The lowest ratio of a group to the most favoured one; None without groups to compare."""
    groups = card.get("groups") or {"columns": ()}
    found = [one["lowest_ratio"] for one in groups["columns"] if one["lowest_ratio"] is not None]
    return min(found, default=None)


def _index(value: float) -> str:
    return f"{value:.3f}"


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def _share(value: float) -> str:
    return f"{100 * value:.1f} %".replace("-", "\N{MINUS SIGN}")


RULES: Mapping[str, Rule] = {
    "psi": Rule(_psi, _index, USUAL.psi_most, _chance),
    "largest": Rule(_largest, _index, SHIFTED_OVER),
    "mean": Rule(lambda card: card["mean_change"], _points),
    "without": Rule(_without, _share, USUAL.unscorable_share_most),
    "without_change": Rule(_without_change, _share, USUAL.unscorable_share_change_most),
    "people": Rule(_people_change, _share, USUAL.people_change_share_most),
    "moved": Rule(_moved, _share),
    "ratio": Rule(_lowest_ratio, _index, FOUR_FIFTHS, least=True),
}
