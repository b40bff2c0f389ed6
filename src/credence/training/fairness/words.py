"""What each figure of groups is called, what it shows, and what it does not."""

from collections.abc import Iterable
from dataclasses import dataclass

from credence.training.fairness.compared import Figure


@dataclass(frozen=True)
class Word:
    """A figure in words: its title, what it shows, what it does not, and whether it is a share."""

    title: str
    shows: str
    not_shown: str
    share: bool = True


WORDS = {
    "accepted": Word(
        "accepted",
        "the share of the group at or above the cut-off (where high is bad: below it)",
        "whether those refused would have been good",
    ),
    "adverse_impact_ratio": Word(
        "adverse impact ratio (AIR)",
        "that share, as a part of the share of the group that is accepted most often",
        "why they differ. A limit of .80 is a rule of US employment practice, with no standing elsewhere",
        share=False,
    ),
    "bad_rate": Word(
        "bad rate",
        "how often the group was bad, whatever its score",
        "what caused it, or how often those without a recorded outcome were",
    ),
    "mean_score": Word(
        "mean score", "the group's mean score", "anything about one person of the group", share=False
    ),
    "standardised_mean_difference": Word(
        "standardised mean difference (SMD)",
        "the gap of mean scores to the reference, in standard deviations of all scores",
        "what happens at the cut-off: it looks at all scores alike",
        share=False,
    ),
    "false_positive_rate": Word(
        "false positive rate",
        "of those who were good, the share taken for bad (refused)",
        "what a refusal can be relied on for: that is the bad rate among the refused",
    ),
    "false_negative_rate": Word(
        "false negative rate",
        "of those who were bad, the share taken for good (accepted)",
        "what an acceptance can be relied on for: that is the bad rate among the accepted",
    ),
    "equal_opportunity_difference": Word(
        "equal opportunity difference",
        "how much more often the good of this group are accepted than the good of the reference",
        "how the bad are treated",
    ),
    "bad_among_refused": Word(
        "bad among the refused",
        "the predictive value of a refusal: how often those refused were bad",
        "how many good people were refused",
    ),
    "bad_among_accepted": Word(
        "bad among the accepted",
        "how often those accepted were bad",
        "how many bad people were refused",
    ),
    "calibration_gap": Word(
        "calibration gap",
        "the chance of a bad outcome that scores stand for, less the share that was bad, on average",
        "errors that cancel each other out within the group: see the bands of scores",
    ),
    "excess_at_equal_score": Word(
        "bad rate beyond that of equal scores",
        "how much more often the group was bad than everybody in the same tenths of scores",
        "whether the score is to blame: what it does not ask, and how outcomes were recorded, count too",
    ),
    "auc": Word(
        "AUC within the group",
        "how often a good person of the group scores higher than a bad one of it",
        "anything between groups: it can be alike where the scores are far apart",
        share=False,
    ),
    "log_loss": Word(
        "log-loss",
        "how far the chances were from what came",
        "how groups compare that were bad unlike often: it depends on that, too",
        share=False,
    ),
}
EVIDENCE = (
    "The figures describe these rows. They are evidence for whoever answers for the score, and no finding "
    "of law; which of them must be alike is a judgement that none of them makes."
)
NOT_BOTH = (
    "Where groups differ in how often they are bad, no score that errs can do both: mean the same chance for "
    "every group, and err equally often among the good, and among the bad, of each."
)


def said(name: str, value: float | None) -> str:
    """A figure as it is shown."""
    return "-" if value is None else _number(name, value) + (" %" if WORDS[name].share else "")


def _number(name: str, value: float) -> str:
    times, decimals = (100, 1) if WORDS[name].share else (1, 1 if name == "mean_score" else 3)
    return f"{round(times * value, decimals) + 0.0:.{decimals}f}"


def between(name: str, figure: Figure) -> str:
    """A figure with its interval; alone where it is the same in every draw."""
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return said(name, figure.value)
    return f"{said(name, figure.value)} ({_number(name, figure.low)} to {_number(name, figure.high)})"


def meanings(names: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each figure: what it shows, and what it does not."""
    words = [word for name, word in WORDS.items() if name in names]
    return tuple(f"{w.title[0].upper()}{w.title[1:]}: {w.shows}. Not shown: {w.not_shown}." for w in words)
