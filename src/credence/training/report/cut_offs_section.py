"""What each cut-off would do: who is accepted, and how many of them turn out bad."""

import numpy as np

from credence.training.judged import Judged
from credence.training.report.section import Cell, Grid, Section
from credence.training.sample import Sample

# The shares of the rows at which cut-offs are told.
ACCEPTED = tuple(share / 100 for share in range(95, 0, -5))
ACCEPTING = "the best seven in ten, as nobody said"
# A marginal bad rate is that of the rows this much of all above the cut-off.
NEXT = 0.05
SAYS = (
    (
        "The marginal bad rate is that of the twentieth of the rows just above the cut-off: whom a stricter "
        "one would refuse next."
    ),
    (
        "Rows are people with a known outcome. Where people were refused before, they are not among them, "
        "and accepting more of those is not shown here."
    ),
)


def cut_offs_section(evidence: Judged) -> Section:
    """Of the rows whose figures count first, and of the cut-off asked for."""
    sample = evidence.headline
    scores = np.sort(sample.scores)
    places = ((1 - np.array(ACCEPTED)) * len(scores)).astype(int)
    cut_offs = sorted({int(scores[place]) for place in places} | {evidence.cut_off})
    rows = [at(sample, cut_off) for cut_off in cut_offs]
    chosen = at(sample, evidence.cut_off)
    how = "as asked" if evidence.order.looks.cut_off is not None else ACCEPTING
    says = (
        (
            f"From {evidence.cut_off} ({how}), {_percent(chosen['accepted'])} are accepted: "
            f"{_percent(chosen['bad_accepted'])} of them turned out bad, and "
            f"{_percent(chosen['bad_refused'])} of "
            "those refused."
        ),
        *SAYS,
    )
    facts = {"rows": sample.name, "cut_off": evidence.cut_off, "at": rows}
    return Section("cut_offs", "Cut-offs", says, facts, (_grid(rows, evidence.cut_off),))


def at(sample: Sample, cut_off: int) -> dict[str, float | None]:
    """What a cut-off does: shares of the rows, and of the bad among them; None where there is nobody."""
    accepted = sample.scores >= cut_off
    order = np.sort(sample.scores[accepted])
    until = order[min(int(NEXT * len(sample.scores)), len(order) - 1)] if len(order) else 0
    margin = accepted & (sample.scores <= until)
    good, bad = (float(((sample.bad == end) & accepted).sum()) for end in (0, 1))
    return {
        "cut_off": cut_off,
        "accepted": round(float(accepted.mean()), 6),
        "bad_accepted": _rate(sample.bad[accepted]),
        "bad_refused": _rate(sample.bad[~accepted]),
        "bad_marginal": _rate(sample.bad[margin]),
        "odds_accepted": round(good / bad, 2) if bad else None,
        "bad_caught": round(float(sample.bad[~accepted].sum() / sample.bad.sum()), 6),
        "good_lost": round(float((1 - sample.bad[~accepted]).sum() / (1 - sample.bad).sum()), 6),
    }


def _rate(bad: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> float | None:
    return round(float(bad.mean()), 6) if len(bad) else None


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f} %"


def _grid(rows: list[dict[str, float | None]], chosen: int) -> Grid:
    shares = ("accepted", "bad_accepted", "bad_refused", "bad_marginal", "bad_caught", "good_lost")
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        mark = " (this one)" if row["cut_off"] == chosen else ""
        found = [row[name] for name in shares]
        percents = [None if share is None else round(100 * share, 1) for share in found]
        cells.append((f"from {row['cut_off']}{mark}", *percents, row["odds_accepted"]))
    heads = (
        "Cut-off", "Accepted, %", "Bad among accepted, %", "Bad among refused, %", "Bad at the margin, %",
        "Bad refused of all bad, %", "Good refused of all good, %", "Good to 1 bad, accepted",
    )  # fmt: skip
    return Grid("By cut-off", heads, tuple(cells))
