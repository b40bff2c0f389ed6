"""The options of `credence train`."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Option

Outcome = Annotated[str, Option(metavar="COLUMN", help="The column that says how it ended.")]
Bad = Annotated[
    str | None, Option(metavar="VALUE", help="Its value for a bad outcome; 1, true or bad if not said.")
]
LeaveOut = Annotated[str, Option(metavar="COL,...", help="Columns that are not asked.")]
Directions = Annotated[Path | None, Option(metavar="FILE", help="YAML of columns whose points rise or fall.")]
Characteristics = Annotated[
    str | None,
    Option(metavar="SCORECARD", help="Whose measures are asked in place of the columns that are named so."),
]
Vocabulary = Annotated[Path | None, Option(help="A YAML file of your own kinds, for --characteristics.")]
Special = Annotated[str, Option(metavar="NUMBER,...", help="Numbers that are codes, no amounts.")]
Time = Annotated[
    str | None,
    Option(metavar="COLUMN", help="The column that says when; the last fifth is held out. observed_on."),
]
Group = Annotated[
    str | None, Option(metavar="COLUMN", help="The column whose rows stay together. person_id.")
]
OutOfTime = Annotated[
    str | None, Option(metavar="TIME", help="The first time that is held out, in place of the last fifth.")
]
Performance = Annotated[
    int | None,
    Option(
        min=1, help="Months that each outcome was watched: rows watched beyond the cut are not learnt from."
    ),
]
Random = Annotated[bool, Option("--random", help="Part the rows by chance, whatever columns there are.")]
Method = Annotated[
    Literal["best", "fused", "woe", "average"],
    Option(help="How to learn: fused steps, WOE logistic, their average, or what folds say is best."),
]
Crossings = Annotated[
    int, Option(min=0, help="At most so many pairs of columns are crossed, where they earn it.")
]
Derive = Annotated[
    int,
    Option(min=0, help="At most so many ratios, or greatest, least, average of columns, that earn it."),
]
RowsMost = Annotated[int | None, Option(min=2, help="At most so many lines of points.")]
Pdo = Annotated[int, Option(min=1, help="Points that double the odds.")]
Odds = Annotated[float, Option(min=0.001, help="Good to bad, at the score that --at says.")]
At = Annotated[int, Option(help="The score at these odds.")]
Segments = Annotated[str, Option(metavar="COL,...", help="Columns within whose values it is looked at.")]
Groups = Annotated[str, Option(metavar="COL,...", help="Columns whose groups are compared; never asked.")]
People = Annotated[
    Path | None, Option(metavar="TABLE", help="person_id and groups, where they are not in the table.")
]
CutOff = Annotated[
    int | None, Option(help="The score from which people are accepted; the best 70 % if not said.")
]
Champion = Annotated[
    Path | None, Option(metavar="SCORECARD", help="One in use, to compare with on the same people.")
]
Rejects = Annotated[
    Path | None, Option(metavar="TABLE", help="People who were refused: the same columns, no outcome.")
]
Decision = Annotated[
    str | None, Option(metavar="COLUMN", help="What somebody decided: accepted or not; never asked.")
]
Align = Annotated[
    str | None, Option(metavar="COLUMN", help="An existing score, or a scorecard, whose scale is taken.")
]
Ceiling = Annotated[bool, Option("--ceiling", help="Tune boosted trees on the same folds, to compare.")]
Fairer = Annotated[
    float | None, Option(min=0.001, help="How strongly to draw groups together: a strength of the report's.")
]
Out = Annotated[Path | None, Option(metavar="DIR", help="The folder to make; none if not said.")]
Seed = Annotated[int, Option(help="Another one cuts other folds.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
