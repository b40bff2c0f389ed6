"""A statement in the terminal: a receipt that adds up."""

from credence.cli.lines import padded, wrap
from credence.events.calendar import instant
from credence.scoring.page import categories, moved_by, said_of
from credence.scoring.statement import Statement, StatementLine
from credence.scoring.words import points_in_words

WIDTH = 78
POINTS = 14
AGAINST = {
    "stated": "the points the scorecard states",
    "best": "the most possible",
    "average": "the average of everybody",
    "cutoff": "the average at the cut-off",
}


def receipt(statement: Statement) -> str:
    """The statement as lines of text, at most 78 columns wide."""
    rule = "=" * WIDTH
    heading = wrap(f"{statement.title} for {statement.person_id}", WIDTH, others="  ")
    lines = [rule, *heading, *_moment(statement), rule]
    lines += _headline(statement)
    if statement.score is not None:
        lines += ["", *two("Everyone starts with", str(statement.points_base))]
    for name in categories(statement):
        title = (statement.categories or {}).get(name or "", name or "Characteristics")
        lines += ["", *wrap(title.upper(), WIDTH)]
        for line in statement.lines:
            lines += _line(line) if line.category == name else []
    if statement.score is not None:
        lines += ["-" * WIDTH, *two("YOUR SCORE", f"{statement.score}"), "-" * WIDTH]
    return "\n".join([*lines, *_reasons(statement), *_end(statement)])


def _moment(statement: Statement) -> list[str]:
    return [f"as of {statement.as_of}, known at {instant(statement.known_at)}"]


def _headline(statement: Statement) -> list[str]:
    if statement.score is not None:
        low, high = statement.range or (None, None)
        between = f" (between {low} and {high})" if statement.range else ""
        band = f", {statement.band}" if statement.band else ""
        return wrap(f"Score: {statement.score}{band}{between}", WIDTH)
    lines = ["No score yet. That is not a bad score: too little is known."]
    for item in statement.wanting:
        said = f"{item.sentence} Known: {item.known}; needed: {item.needed}."
        lines += wrap(said, WIDTH, "- ", "  ")
    return lines


def _line(line: StatementLine) -> list[str]:
    right = "-" if line.points is None else f"{line.points:+d}"
    if line.points is not None and line.points_most is not None:
        right += f" of {line.points_most}"
    return [*two(line.question, right), *wrap(said_of(line), WIDTH - POINTS, "    ", "    ")]


def two(left: str, right: str) -> list[str]:
    """A text on the left, and a number on the right of its first line."""
    room = max(POINTS, len(right) + 2)
    first, *rest = wrap(left, WIDTH - room - 2, others="  ") or [""]
    return [f"{padded(first, WIDTH - room)}{right:>{room}}", *rest]


def _reasons(statement: Statement) -> list[str]:
    if not statement.reasons:
        return []
    lines = ["", f"{moved_by(statement)} (against {AGAINST[statement.baseline]}):"]
    for reason in statement.reasons:
        said = f"{reason.sentence} ({points_in_words(reason.points)})"
        lines += wrap(said, WIDTH, f"  {reason.code}  ", "      ")
    return lines


def _end(statement: Statement) -> list[str]:
    following = f"Next evaluation: {statement.next_evaluation}. " if statement.next_evaluation else ""
    made = f"{statement.scorecard} version {statement.version}, definition {statement.definition_hash[:12]}"
    snapshot = "" if statement.snapshot is None else f", snapshot {statement.snapshot}"
    return ["", *wrap(f"{following}{made}{snapshot}.", WIDTH)]
