"""credence change: why one person's score changed, in a receipt that adds up."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
from typer import Argument, Option

from credence.cli.lines import wrap
from credence.cli.moments import read_date, read_instant, read_known_at
from credence.cli.output import print_json, say
from credence.cli.receipt import WIDTH, two
from credence.cli.score import check_columns
from credence.engines.moment import Moment
from credence.engines.people import read_person
from credence.errors import PersonNotFoundError, UsageError
from credence.events.calendar import instant
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.scoring.change import Change, LineChange, explain_change
from credence.scoring.change_causes import INSTEAD, CausingEvent
from credence.scoring.change_stages import CORRECTED, LATE, NEW, TIME, VERSION
from credence.scoring.statement import Statement, StatementLine
from credence.scoring.words import counted

TITLES = {
    LATE: "Became known later",
    CORRECTED: "Corrected or disputed",
    TIME: "Time has passed",
    NEW: "Has happened since",
    VERSION: "New version of the scorecard",
}
# How many events of a cause are told; a program gets all of them.
EVENTS_MOST = 4
# What a program gets of each statement; the lines stand side by side in the change.
TOLD = (
    "scorecard", "version", "definition_hash", "as_of", "snapshot", "score", "band", "unscorable",
    "points_base", "wanting",
)  # fmt: skip


def change(
    scorecard: Annotated[str, Argument(help="A shipped name or a path.")],
    person: Annotated[str, Argument(help="The person's id in the log.")],
    log: Annotated[Path, Option(help="The folder of the event log.")],
    earlier: Annotated[str, Option("--from", help="The date of the earlier statement.")],
    later: Annotated[str, Option("--to", help="The date of the later statement.")],
    from_known_at: Annotated[
        str | None, Option(help="The earlier one as known then; the first moment of --from if not said.")
    ] = None,
    known_at: Annotated[str | None, Option(help="The later one as known then; now if not said.")] = None,
    from_version: Annotated[
        str | None, Option(help="The scorecard of the earlier statement; the same if not said.")
    ] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) with person_id.")] = None,
    language: Annotated[str | None, Option(help="The language of the scorecard's texts.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Explain why one person's score changed: line by line, every point tied to its cause."""
    source = EventLog.open(log)
    names = (from_version or scorecard, scorecard)
    cards = [load_scorecard(name, source.vocabulary, language) for name in names]
    columns: dict[str, object] = {}
    for card in cards:
        check_columns(card, people)
        columns |= (read_person(people, card, person) or {}) if people else {}
    given = ("--from-known-at", from_known_at) if from_known_at else ("--from", earlier)
    moments = (
        Moment(read_date("--from", earlier), read_instant(*given)),
        Moment(read_date("--to", later), read_known_at(known_at)),
    )
    try:
        found = explain_change(cards[1], source, person, moments, cards[0], columns)
    except PersonNotFoundError as error:
        raise _told_of_both(error, from_known_at) from None
    print_json(change_facts(found)) if as_json else say(change_receipt(found))


def _told_of_both(error: PersonNotFoundError, from_known_at: str | None) -> PersonNotFoundError | UsageError:
    """What to do where nothing was known at the earlier statement, unless its instant was asked for."""
    sentence = f"{error} The earlier statement is as known on its own date, unless --from-known-at says when."
    return error if from_known_at else UsageError(sentence)


def change_facts(found: Change) -> dict[str, object]:
    """A change as programs may rely on it (docs/reference/change.md)."""
    facts: dict[str, Any] = msgspec.to_builtins(found)
    sides = {"before": found.before, "after": found.after}
    for name, statement in sides.items():
        told = {key: facts[name][key] for key in TOLD} | {"known_at": instant(statement.known_at)}
        facts[name] = told
    for line in facts["lines"]:
        for name in sides:
            line[name] = line[name] and {key: line[name][key] for key in ("answer", "attribute", "points")}
    return {"person_id": found.after.person_id} | facts


def change_receipt(found: Change) -> str:
    """The change as lines of text, at most 78 columns wide."""
    rule = "=" * WIDTH
    after = found.after
    heading = wrap(f"{after.title} for {after.person_id}: what changed", WIDTH, others="  ")
    lines = [rule, *heading, *_moment("from", found.before), *_moment("to", after), rule]
    lines += [*_side("Before", found.before), *_side("After", after)]
    moved = [line for line in found.lines if line.moved]
    for line in moved:
        lines += ["", *_line(line)]
    still = len(found.lines) - len(moved)
    if still:
        lines += ["", *wrap(f"Lines with the answer and the points that they had: {still}.", WIDTH)]
    return "\n".join([*lines, *_sum(found)])


def _moment(word: str, said: Statement) -> list[str]:
    known = f"known at {instant(said.known_at)}, {said.scorecard} version {said.version}"
    return wrap(f"{word} {said.as_of}, {known}", WIDTH, others="  ")


def _side(word: str, said: Statement) -> list[str]:
    if said.score is not None:
        return [f"{word}: {said.score}{f', {said.band}' if said.band else ''}"]
    lines = [f"{word}: no score. That is not a bad score: too little is known."]
    for item in said.wanting:
        lines += wrap(f"{item.sentence} Known: {item.known}; needed: {item.needed}.", WIDTH, "- ", "  ")
    return lines


def _line(line: LineChange) -> list[str]:
    scored = line.points is not None
    lines = two(line.question, f"{line.points:+d}") if scored else wrap(line.question, WIDTH, others="  ")
    before, after = _answer(line.before), _answer(line.after)
    lines += wrap(before if before == after else f"{before} -> {after}", WIDTH, "    ", "      ")
    told = not scored or any(cause.points for cause in line.causes)
    for cause in line.causes if told else ():
        points = "" if cause.points is None else f" ({cause.points:+d})"
        lines += wrap(f"{TITLES[cause.name]}{points}", WIDTH, "    ", "      ")
        for event in cause.events[:EVENTS_MOST]:
            lines += wrap(_event(event), WIDTH, "      - ", "        ")
        more = len(cause.events) - EVENTS_MOST
        lines += wrap(f"and {counted(more, 'other event')} (--json)", WIDTH, "      - ") if more > 0 else []
    return lines


def _answer(line: StatementLine | None) -> str:
    if line is None:
        return "not asked"
    return line.answer if line.points is None else f"{line.answer}: {line.points:+d}"


def _event(event: CausingEvent) -> str:
    name = f"{event.furnisher}/{event.event_id}"
    by = event.by
    word = "" if by is None else f"; {by.what} {'' if by.what == INSTEAD else 'by '}"
    other = "" if by is None else f"{by.furnisher}/{by.event_id}"
    return f"{event.title}, {event.occurred_at} ({name}): {event.effect}{word}{other}"


def _sum(found: Change) -> list[str]:
    if found.points is None:
        return ["", *wrap("There is no score on both sides, so there is no number for the change.", WIDTH)]
    lines = ["-" * WIDTH, *two("Score before", str(found.before.score))]
    if found.base:
        lines += two("Everyone starts with other base points", f"{found.base:+d}")
    for cause, points in found.causes.items():
        own = (points or 0) - (found.base if cause == VERSION else 0)
        lines += two(TITLES[cause], f"{own:+d}") if own else []
    return [*lines, *two("SCORE AFTER", str(found.after.score)), "-" * WIDTH]
