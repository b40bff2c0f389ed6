"""The section of less discriminatory scorecards."""

from collections.abc import Sequence

from credence.training.evidence import Evidence
from credence.training.fairness.frontier import FIGURES, Alternative, Beside, alternatives
from credence.training.fairness.picture import picture
from credence.training.fairness.words import WORDS, between
from credence.training.methods.choice import FUSED
from credence.training.report.section import Cell, Grid, Section

HOW = (
    "Each scorecard is learnt from the same rows and columns with one penalty more: on the gaps between "
    "groups in mean log odds. Groups are used while it is learnt, and stand nowhere in it. Each accepts as "
    "many people as the plain one does."
)
READ = (
    "A ratio that rises says nothing of how the group does by the other figures: where it falls behind in "
    "calibration, its scores come to stand for another chance than those of others. Chance moves figures, "
    "too: the difference in AUC has its standard error over the folds, the others have intervals of 95 %."
)
HALF = (
    "The plain scorecard was learnt otherwise ({}); the family is learnt by the fused elastic net, which "
    "alone can draw groups together, so that its first differs from the plain one, too."
)
CHOOSE = "The one with strength S is written by the same command with --fairer S."


def less_discriminatory(evidence: Evidence) -> Section | None:
    """Look at the family; None where there are no groups to compare."""
    family = alternatives(evidence)
    if not family:
        return None
    columns = list(dict.fromkeys(one.column for one in family[0].groups))
    written = next(each for each in family if each.written)
    return Section(
        "less_discriminatory",
        "Less discriminatory scorecards",
        (
            *(_cost(family, column) for column in columns),
            HOW,
            *([HALF.format(family[0].method)] if family[0].method != FUSED else []),
            f"The scorecard that is written is {_named(written)}.",
            READ,
            CHOOSE,
        ),
        {"family": family},
        (_accuracy(family), *(_grid(family, n) for n in range(len(family[0].groups)))),
        tuple(picture(family, column) for column in columns),
    )


def _named(each: Alternative) -> str:
    """A scorecard of the family in words."""
    if each.strength:
        return f"the one with strength {each.strength:g}"
    return "the plain one"


def _label(each: Alternative) -> str:
    return f"{each.strength:g}" if each.method == FUSED else f"plain ({each.method})"


def _cost(family: Sequence[Alternative], column: str) -> str:
    """What the greatest ratio within one standard error of the plain AUC is, and the greatest of all."""
    near = [each for each in family if each.auc_difference >= -each.auc_difference_error]
    best, most = (max(some, key=lambda each: each.least(column)) for some in (near, family))
    plain = family[0]
    return (
        f"{column}: the least adverse impact ratio is {plain.least(column):.3f} plain, and among less "
        f"discriminatory scorecards at most {best.least(column):.3f} where the AUC is within its standard "
        f"error of the plain one's ({_named(best)}), or {most.least(column):.3f} for "
        f"{100 * most.auc_difference:+.2f} AUC points ({_named(most)})."
    )


def _accuracy(family: Sequence[Alternative]) -> Grid:
    return Grid(
        "The family: accuracy out of fold",
        ("strength", "lines", "cut-off", "AUC", "difference in AUC", "its error", "log-loss"),
        tuple(_row(each) for each in family),
    )


def _row(each: Alternative) -> tuple[Cell, ...]:
    return (
        _label(each),
        round(each.lines, 1),
        each.cut_off,
        between("auc", each.auc),
        round(each.auc_difference, 4) + 0.0,
        round(each.auc_difference_error, 4),
        between("log_loss", each.log_loss),
    )


def _grid(family: Sequence[Alternative], number: int) -> Grid:
    one: Beside = family[0].groups[number]
    return Grid(
        f"{one.column}: '{one.name}' beside '{one.reference}'",
        ("strength", *(WORDS[name].title for name in FIGURES)),
        tuple(
            (_label(each), *(between(name, each.groups[number].figures[name]) for name in FIGURES))
            for each in family
        ),
    )
