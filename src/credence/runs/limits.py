"""Limits that hold scores back: what may differ from the last run, who may lack scores, how groups fare."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from credence.engines.compared import NO_BAND, NO_SCORE, NOT_THERE
from credence.runs.report.drift import may_be_chance
from credence.runs.report.model import CardReport, Report
from credence.scoring.words import counted

# Differences of shares and of means are floats: so that 0.4 - 0.3 does not pass a limit of 0.1.
DIGITS = 9
SILENT = "furnisher_silent_days_most"
# Two months are never shorter than this. Who has been silent for longer was told of in the runs before.
SILENT_DAYS_MOST = 58
NOBODY = (NO_BAND, NO_SCORE, NOT_THERE)
# What a limit is put on (a characteristic; None for the scorecard as a whole), and its value.
Found = Iterator[tuple[str | None, float]]
# The same with the scorecard's name, None for a furnisher, before it.
FoundAll = Iterator[tuple[str | None, str | None, float]]


@dataclass(frozen=True)
class Limits:
    """What a run may show and still be published; None where there is no such limit.

    A value equal to its limit is within it. Limits that compare with the last run say nothing without one.

    Attributes:
        psi_most: Population stability index of the score.
        characteristic_psi_most: Population stability index of each characteristic.
        csi_points_most: Stability index of each characteristic in points, up or down.
        mean_change_points_most: By how many points the mean score may move, up or down.
        unscorable_share_most: The share of people without a score; all of them where there is nobody.
        unscorable_share_change_most: By how much that share may move, up or down.
        people_change_share_most: How many people more or fewer, as a share of those in the last run.
        band_change_share_most: The share of people in another band, of those with a band in both runs.
        furnisher_silent_days_most: How many days a furnisher that sent events of the last two months
            may have had none.
        group_ratio_least: The least ratio of a group's share at or above the cut-off to that of the most
            favoured group.
    """

    psi_most: float | None = None
    characteristic_psi_most: float | None = None
    csi_points_most: float | None = None
    mean_change_points_most: float | None = None
    unscorable_share_most: float | None = None
    unscorable_share_change_most: float | None = None
    people_change_share_most: float | None = None
    band_change_share_most: float | None = None
    furnisher_silent_days_most: int | None = None
    group_ratio_least: float | None = None


# What holds where nobody says otherwise: enough to stop a day that was mistyped and a delivery that was lost.
USUAL = Limits(
    psi_most=0.25,
    unscorable_share_most=0.9,
    unscorable_share_change_most=0.1,
    people_change_share_most=0.5,
)


@dataclass(frozen=True)
class Breach:
    """A limit that a run passed.

    Attributes:
        limit: The limit's name.
        scorecard: The scorecard; None for furnishers.
        what: The characteristic, the group or the furnisher; None where it is the scorecard as a whole.
        value: What was found.
        allowed: The limit: the most that may be found, or the least.
    """

    limit: str
    scorecard: str | None
    what: str | None
    value: float
    allowed: float

    @property
    def sentence(self) -> str:
        """What was found, what is allowed, and where to look."""
        rule = RULES[self.limit]
        place = ": ".join(name for name in (self.scorecard, self.what) if name)
        found = rule.said.format(rule.unit(self.value))
        return f"{place}: {found}, and the limit is {rule.unit(self.allowed)} ({self.limit}). {rule.look}"


@dataclass(frozen=True)
class Rule:
    """How a limit's value is found in a report and told; `look` says where to look.

    `least` is whether the limit is the least that may be found, and not the most.
    """

    found: Callable[[Report], FoundAll]
    unit: Callable[[float], str]
    said: str
    look: str
    least: bool = False


def breaches(report: Report, limits: Limits) -> tuple[Breach, ...]:
    """Every limit that a report passes, in the order of the limits."""
    found: list[Breach] = []
    for name, rule in RULES.items():
        allowed = getattr(limits, name)
        if allowed is not None:
            values = ((card, what, round(value, DIGITS)) for card, what, value in rule.found(report))
            passed = (one for one in values if (one[2] < allowed if rule.least else one[2] > allowed))
            found += [Breach(name, *one, allowed) for one in passed]
    return tuple(found)


def _each_card(found: Callable[[CardReport], Found]) -> Callable[[Report], FoundAll]:
    def everywhere(report: Report) -> FoundAll:
        for card in report.cards:
            yield from ((card.scorecard.name, what, value) for what, value in found(card))

    return everywhere


def _silent(report: Report) -> FoundAll:
    for furnisher in report.furnishers:
        days = furnisher.silent_days(report.as_of)
        if days is not None and furnisher.month + furnisher.month_before:
            yield None, furnisher.name, days


def _psi(card: CardReport) -> Found:
    if card.psi is not None and not may_be_chance(card.psi, card.psi_by_chance):
        yield None, card.psi


def _psi_each(card: CardReport) -> Found:
    for drift in card.characteristics:
        # Of few people the index is great by chance alone: that tells nothing, and holds nothing back.
        if drift.psi is not None and not may_be_chance(drift.psi, drift.psi_by_chance):
            yield drift.name, drift.psi


def _csi_each(card: CardReport) -> Found:
    return ((drift.name, abs(drift.csi)) for drift in card.characteristics if drift.csi is not None)


def _mean(card: CardReport) -> Found:
    if card.mean_change is not None:
        yield None, abs(card.mean_change)


def _unscorable(card: CardReport) -> Found:
    yield None, 1 - card.scored / card.people if card.people else 1.0


def _unscorable_change(card: CardReport) -> Found:
    before = card.before
    if before is not None and before.people and card.people:
        yield None, abs(card.scored / card.people - before.scored / before.people)


def _people(card: CardReport) -> Found:
    if card.before is not None and card.before.people:
        yield None, abs(card.people - card.before.people) / card.before.people


def _bands(card: CardReport) -> Found:
    pairs = {} if card.moves is None else card.moves.bands
    both = {pair: people for pair, people in pairs.items() if not set(pair) & set(NOBODY)}
    if both:
        moved = sum(people for (old, new), people in both.items() if old != new)
        yield None, moved / sum(both.values())


def _ratios(card: CardReport) -> Found:
    for column in card.groups.columns if card.groups else ():
        for group in column.groups:
            if group.ratio is not None:
                yield f"{column.column}: {group.label}", group.ratio


def _number(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def _index(value: float) -> str:
    return _number(value, 4)


def _points(value: float) -> str:
    said = _number(value, 2)
    return f"{said} point" if said == "1" else f"{said} points"


def _share(value: float) -> str:
    return f"{_number(100 * value, 2)} %"


def _percentage_points(value: float) -> str:
    return f"{_number(100 * value, 2)} percentage points"


def _days(value: float) -> str:
    return counted(int(value), "day")


RULES = {
    "psi_most": Rule(
        _each_card(_psi),
        _index,
        "the scores are spread otherwise than in the last run, PSI {0}",
        "Look at the characteristics with the highest PSI.",
    ),
    "characteristic_psi_most": Rule(
        _each_card(_psi_each),
        _index,
        "the answers are spread otherwise than in the last run, PSI {0}",
        "Look at its attributes, and at the furnishers that send what it counts.",
    ),
    "csi_points_most": Rule(
        _each_card(_csi_each),
        _points,
        "its answers moved the mean score by {0} since the last run (CSI)",
        "Look at its attributes, and at the furnishers that send what it counts.",
    ),
    "mean_change_points_most": Rule(
        _each_card(_mean),
        _points,
        "the mean score moved by {0} since the last run",
        "Look at the characteristics with the greatest CSI.",
    ),
    "unscorable_share_most": Rule(
        _each_card(_unscorable),
        _share,
        "{0} of the people have no score",
        "Look at the day that was asked for, and at the reasons.",
    ),
    "unscorable_share_change_most": Rule(
        _each_card(_unscorable_change),
        _percentage_points,
        "the share of people without a score moved by {0} since the last run",
        "Look at the reasons why people have none.",
    ),
    "people_change_share_most": Rule(
        _each_card(_people),
        _share,
        "the number of people differs by {0} from the last run",
        "Look at what was imported since, and at the freshness of the furnishers.",
    ),
    "band_change_share_most": Rule(
        _each_card(_bands),
        _share,
        "{0} of the people are in another band than in the last run",
        "Look at the movers and what moved them.",
    ),
    SILENT: Rule(
        _silent,
        _days,
        "this furnisher has been silent for {0}",
        "Ask it whether a delivery was lost.",
    ),
    "group_ratio_least": Rule(
        _each_card(_ratios),
        _index,
        "its share at or above the cut-off is {0} times that of the most favoured group",
        "Look at the groups, and at the answers in which they differ.",
        least=True,
    ),
}
