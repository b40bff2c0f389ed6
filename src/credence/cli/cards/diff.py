"""credence scorecards diff: two versions in words, and in people."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from rich.cells import cell_len
from typer import Argument, Option

from credence.cli.lines import padded
from credence.cli.moments import read_moment
from credence.cli.output import print_json, progress, say
from credence.cli.score import check_columns
from credence.engines.compared import Comparison, Moves, compare
from credence.engines.moment import Moment
from credence.engines.scored import Scores
from credence.engines.tables import Tables
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from credence.scoring.diff import Change, changes
from credence.scoring.moves import comparison_facts
from credence.scoring.run import score_people
from credence.scoring.words import counted

SOURCES = (
    "People are given in one way: --log DIR with --as-of DATE, --people TABLE with --as-of, or --scores."
)
GROUPS = "--groups tells people apart, and there are none: give --log, --people or --scores."


def diff(
    old: Annotated[str, Argument(help="A shipped name or a path.")],
    new: Annotated[str, Argument(help="A shipped name or a path.")],
    log: Annotated[Path | None, Option(help="The folder of an event log whose people are scored.")] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) to score.")] = None,
    as_of: Annotated[str | None, Option(help="The date of the scores.")] = None,
    known_at: Annotated[str | None, Option(help="As known at this instant; now if not said.")] = None,
    scores: Annotated[
        tuple[Path, Path] | None, Option(help="Two files of scores, made with OLD and with NEW.")
    ] = None,
    groups: Annotated[Path | None, Option(help="A table of person_id and group.")] = None,
    vocabulary: Annotated[Path | None, Option(help="A YAML file of your own kinds.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Compare two scorecards: what changed in words, and whom it moves among some people."""
    asked = scores is not None or log is not None or people is not None
    if (scores is not None and bool(log or people or as_of)) or (as_of is None) != (log is people is None):
        raise UsageError(SOURCES)
    if groups is not None and not asked:
        raise UsageError(GROUPS)
    source = EventLog.open(log) if log else None
    words = _words(vocabulary, source)
    cards = load_scorecard(old, words), load_scorecard(new, words)
    found = None
    if scores is not None:
        found = compare(Scores(scores[0], cards[0]), Scores(scores[1], cards[1]), groups)
    elif as_of is not None:
        for card in cards:
            check_columns(card, people)
        found = _scored(cards, source, people, read_moment(as_of, known_at), groups)
    told = changes(*cards)
    print_json(_facts(told, found)) if as_json else _print(cards, told, found)


def _words(vocabulary: Path | None, log: EventLog | None) -> Vocabulary:
    words = log.vocabulary if log else shipped()
    return extended(words, vocabulary) if vocabulary else words


def _scored(
    cards: tuple[Scorecard, Scorecard],
    log: EventLog | None,
    people: Path | None,
    moment: Moment,
    groups: Path | None,
) -> Comparison:
    """Everybody scored with both, in files that are gone afterwards."""
    with TemporaryDirectory() as name:
        files = Path(name) / "old.parquet", Path(name) / "new.parquet"
        for which, card, file in zip(("old", "new"), cards, files, strict=True):
            with progress(f"Scoring with the {which} one") as report:
                if log is not None:
                    score_people(card, log, moment, file, Tables(people=people), report)
                else:
                    assert people is not None, "either a log or a table is given"
                    score_people(card, people, moment, file)
        return compare(Scores(files[0], cards[0]), Scores(files[1], cards[1]), groups)


def _facts(told: list[Change], found: Comparison | None) -> dict[str, object]:
    return {"changes": told} | ({} if found is None else comparison_facts(found))


def _print(cards: tuple[Scorecard, Scorecard], told: list[Change], found: Comparison | None) -> None:
    names = [f"{card.name}@{card.version}" for card in cards]
    say(f"{names[0]} -> {names[1]}: {counted(len(told), 'change')}.")
    for change in told:
        say(f"- {change.sentence}")
    if found is not None:
        _print_moves(found)
        _print_bands(found)
        _print_people(found)


def _print_moves(found: Comparison) -> None:
    moves = found.moves
    same = moves.scored - moves.up - moves.down
    mean = "" if moves.mean is None else f", on average {moves.mean:+.1f} points"
    say(f"\n{moves.people:,} people, {moves.scored:,} with both scores{mean}:")
    say(f"  {moves.up:,} rise, {moves.down:,} fall, {same:,} stay; {_with_and_without(moves)}")
    if found.quantiles:
        say("  " + ", ".join(f"{name} {value:+d}" for name, value in found.quantiles.items()))
    _columns({name: f"{people:,}" for name, people in found.steps.items() if people})


def _print_bands(found: Comparison) -> None:
    crossed = {pair: people for pair, people in found.bands.items() if pair[0] != pair[1]}
    if crossed:
        say("\nOver the limits of bands:")
        _columns({f"{old} -> {new}": f"{people:,}" for (old, new), people in crossed.items()})
    if found.unscorable:
        say("\nWith and without a score, and why:")
        _columns({f"{old} -> {new}": f"{people:,}" for (old, new), people in found.unscorable.items()})
    if found.groups:
        say("\nBy group:")
        _columns({name: _group(moves) for name, moves in found.groups.items()})


def _group(moves: Moves) -> str:
    mean = "" if moves.mean is None else f"on average {moves.mean:+.1f}, "
    up_and_down = f"{moves.up:,} rise, {moves.down:,} fall"
    return f"{moves.people:,} people, {mean}{up_and_down}, {_with_and_without(moves)}"


def _with_and_without(moves: Moves) -> str:
    return f"{moves.gained:,} gain a score, {moves.lost:,} lose it"


def _print_people(found: Comparison) -> None:
    if found.parts:
        say("\nThrough what:")
        _columns({p.name: f"{p.points:+,} points for {p.people:,} people" for p in found.parts})
    if found.movers:
        say("\nWho moves most:")
        _columns(
            {
                m.person_id: f"{m.old} -> {m.new} ({m.new - m.old:+d}), most through "
                f"{m.through or 'what everyone starts with'} ({m.points:+d})"
                for m in found.movers
            }
        )


def _columns(rows: dict[str, str]) -> None:
    longest = max(map(cell_len, rows), default=0)
    for name, text in rows.items():
        say(f"  {padded(name, longest)}  {text}")
