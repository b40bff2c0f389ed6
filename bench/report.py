"""The figures of a run beside what they should be, and how each was obtained."""

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.measured import Cost
from credence.runs.run import STEPS

MILLION = 1_000_000
IMPORT_RATE, SCORE_SECONDS, SCORE_GB, STATEMENT_MS = 150_000, 25.0, 0.5, 10.0


# With fewer people the start of each process outweighs its work: no aims are set.
PEOPLE_LEAST = 100_000
WIDTH = 150


@dataclass(frozen=True)
class Line:
    """One figure; `holds` is None where there is no aim."""

    what: str
    figure: str
    aim: str
    holds: bool | None
    how: str


def lines(people: int, costs: dict[str, Cost]) -> list[Line]:
    """Every figure of a run over so many people."""
    return [*_logged(costs), *_scored(people, costs), *_asked(costs)]


def _logged(costs: dict[str, Cost]) -> list[Line]:
    imported, compacted, more = costs["import"], costs["compact"], costs["more"]
    accepted, figures = imported.figures["accepted"], more.figures
    rate, packed = accepted / imported.cpu_seconds, compacted.figures["bytes"] / accepted
    compact_rate = accepted / compacted.cpu_seconds
    key_bytes = figures["key_bytes"] / figures["keys"]
    return [
        Line("import, events a CPU-second", f"{rate:,.0f}", f"{IMPORT_RATE:,}", rate >= IMPORT_RATE,
             f"{accepted:,.0f} rows of 24 Parquet files into a new log: {_cost(imported)}"),
        Line("compact, events a CPU-second", f"{compact_rate:,.0f}", "", None,
             f"the same events, tail to sealed files: {_cost(compacted)}"),
        Line("log, bytes an event", f"{packed:.1f}", "", None, "sealed files over events"),
        Line("id index, bytes an event", f"{key_bytes:.1f}", "", None, "keys files over keys"),
        Line("another 10,000 rows, CPU-seconds", f"{figures['cpu']:.2f}", "", None,
             f"import into the log of {accepted:,.0f} events, without the process's start"),
    ]  # fmt: skip


def _scored(people: int, costs: dict[str, Cost]) -> list[Line]:
    score, scan = costs["score"], costs["scan"]
    aim = SCORE_SECONDS * people / MILLION
    ratio = score.cpu_seconds / scan.cpu_seconds
    return [
        Line("score all, CPU-seconds", f"{score.cpu_seconds:.1f}", f"{aim:.1f}", score.cpu_seconds <= aim,
             f"30 characteristics for {score.figures['people']:,.0f} people to Parquet: {_cost(score)}"),
        Line("score all, peak GB", f"{score.peak_gb:.2f}", f"{SCORE_GB}", score.peak_gb <= SCORE_GB,
             "the same process"),
        Line("score all, times a bare scan", f"{ratio:.1f}", "", None,
             f"max(hash()) of the {scan.figures['columns']:.0f} columns it reads: {_cost(scan)}"),
        *_beside(score, costs["by_hand"], costs["run"], scan),
    ]  # fmt: skip


def _beside(score: Cost, hand: Cost, run: Cost, scan: Cost) -> list[Line]:
    """Scoring beside plain SQL for the same answers, and a whole run beside scoring."""
    by_hand = hand.cpu_seconds - hand.figures["compared_cpu"]
    steps = ", ".join(f"{step} {run.figures[f'{step}_cpu']:.1f}" for step in STEPS)
    return [
        Line("score all, times plain SQL", f"{score.cpu_seconds / by_hand:.2f}", "", None,
             f"bench/by_hand.sql, answers alone: {by_hand:.1f} CPU-s, {hand.peak_gb:.2f} GB; "
             f"{hand.figures['differing']:.0f} answers differ"),
        Line("a whole run, CPU-seconds", f"{run.cpu_seconds:.1f}", "", None,
             f"{steps}; {run.peak_gb:.2f} GB"),
        Line("a whole run, times a bare scan", f"{run.cpu_seconds / scan.cpu_seconds:.1f}", "", None,
             "the same"),
    ]  # fmt: skip


def _asked(costs: dict[str, Cost]) -> list[Line]:
    figures = costs["statements"].figures
    differ = f"{figures['differing']:.0f} differ from the score of all"
    how = f"{figures['asked']:.0f} people from the sealed log, one by one; {differ}"
    wall, cpu = (f"{figures[f'{name}_p50']:.1f} / {figures[f'{name}_p99']:.1f}" for name in ("wall", "cpu"))
    return [
        Line(
            "one statement, ms p50 / p99",
            wall,
            f"{STATEMENT_MS:.0f}",
            figures["wall_p99"] <= STATEMENT_MS,
            how,
        ),
        Line("one statement, CPU-ms p50 / p99", cpu, "", None, "the same"),
    ]


def _cost(cost: Cost) -> str:
    return f"{cost.cpu_seconds:.1f} CPU-s, {cost.wall_seconds:.1f} s, {cost.peak_gb:.2f} GB"


def show(people: int, events: float, found: list[Line]) -> None:
    """Print the figures as a table."""
    known = people >= PEOPLE_LEAST
    table = Table("Figure", "Measured", "Aim", "", "How", title=f"{people:,} people, {events:,.0f} events")
    for line in found:
        mark = "met" if line.holds else "MISSED"
        told = (line.aim, mark) if known and line.holds is not None else ("", "")
        table.add_row(line.what, line.figure, *told, line.how)
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(table)
