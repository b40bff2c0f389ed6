"""credence policies: list, show, check, back-test."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated

from rich.cells import cell_len
from typer import Option, Typer

from credence.cli.decide import words_of
from credence.cli.lines import padded
from credence.cli.output import print_json, say
from credence.decisions.back_test import BackTest, Passing, back_test, swap_set
from credence.decisions.load import load_policy, shipped_policies
from credence.decisions.model import Outcome, Policy, PolicyRow, days_said
from credence.engines.policies.decided import Scored
from credence.errors import UsageError
from credence.scoring.words import counted, percent

app = Typer(no_args_is_help=True, help="Policies: what is decided, on which terms, from scores and facts.")
Words = Annotated[Path | None, Option("--vocabulary", help="A YAML file of your own kinds.")]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]
# A group that passes less often than this part of the group that passes most is marked.
FOUR_FIFTHS = Fraction(4, 5)
MARK = "  less than four fifths of the best"


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the policies that come with Credence."""
    for name in shipped_policies():
        policy = load_policy(name)
        if as_json:
            facts = {"version": policy.version, "title": policy.title, "scorecard": policy.scorecard.name}
            print_json({"name": name} | facts | {"setting": policy.setting, "purpose": policy.purpose})
        else:
            say(f"{name}@{policy.version}  {policy.title} ({policy.setting})")


@app.command()
def show(policy: str, vocabulary: Words = None, as_json: AsJson = False) -> None:
    """Show a policy: every row, what it asks, and what is decided."""
    rules = load_policy(policy, words_of(vocabulary))
    if as_json:
        print_json(_facts(rules))
        return
    card = f"{rules.scorecard.name} version {rules.scorecard.version}"
    say(f"{rules.title} ({rules.name} version {rules.version}, {rules.setting}), on {card}")
    if rules.valid_from or rules.valid_to:
        say(f"It holds {days_said(rules.valid_from, rules.valid_to)}.")
    for number, row in enumerate(rules.rows, start=1):
        asks = " and ".join(clause.asks for clause in row.asks.clauses)
        days = days_said(row.asks.valid_from, row.asks.valid_to)
        _say_outcome(f"{number}. {asks}{', ' if days else ''}{days}", row.outcome)
    for name, outcome in (("Otherwise", rules.otherwise), ("Where something is not known", rules.unknown)):
        if outcome is not None:
            _say_outcome(name, outcome)


def _say_outcome(asks: str, outcome: Outcome) -> None:
    terms = ", ".join(f"{name} {value}" for name, value in outcome.terms.items())
    say(f"\n{asks}")
    say(f"   {outcome.outcome}{f' ({terms})' if terms else ''}: {outcome.reason}")


def _facts(policy: Policy) -> dict[str, object]:
    named = ("name", "version", "title", "setting", "purpose", "valid_from", "valid_to", "hit", "outcomes")
    facts = {name: getattr(policy, name) for name in (*named, "definition_hash")}
    card = f"{policy.scorecard.name}@{policy.scorecard.version}"
    rows = [_row_facts(row) for row in policy.rows]
    return facts | {
        "scorecard": card,
        "rows": rows,
        "otherwise": policy.otherwise,
        "unknown": policy.unknown,
    }


def _row_facts(row: PolicyRow) -> dict[str, object]:
    asks = [clause.asks for clause in row.asks.clauses]
    return {
        "asks": asks,
        "valid_from": row.asks.valid_from,
        "valid_to": row.asks.valid_to,
        "outcome": row.outcome.outcome,
        "terms": row.outcome.terms,
        "reason": row.outcome.reason,
    }


@app.command()
def check(policy: str, vocabulary: Words = None, as_json: AsJson = False) -> None:
    """Check a policy: faults, gaps, overlaps, rows that nobody reaches."""
    rules = load_policy(policy, words_of(vocabulary))
    if as_json:
        print_json({"name": rules.name, "version": rules.version, "rows": len(rules.rows)})
    else:
        rows = counted(len(rules.rows), "row")
        say(f"{rules.name}@{rules.version}: {rows}; everybody is decided about, and every row is reached.")


@app.command("back-test")
def back_test_(
    policy: str,
    scores: Annotated[Path, Option(help="A file that 'credence score' wrote.")],
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet): lists, columns.")] = None,
    against: Annotated[str | None, Option(help="Another policy, for the swap set.")] = None,
    against_scores: Annotated[
        Path | None, Option(help="The other policy's scores; the same file if not said.")
    ] = None,
    groups: Annotated[Path | None, Option(help="A table of person_id and group.")] = None,
    vocabulary: Words = None,
    as_json: AsJson = False,
) -> None:
    """Try a policy on everybody's scores: who would pass, by band, against another policy, by group."""
    if against_scores is not None and against is None:
        sentence = "--against-scores is for another policy: name it with --against POLICY."
        raise UsageError(sentence)
    words = words_of(vocabulary)
    rules = load_policy(policy, words)
    found = back_test(rules, Scored(scores, people), groups)
    if against is not None:
        other = (load_policy(against, words), Scored(against_scores or scores, people))
        found.against = swap_set((rules, Scored(scores, people)), other)
    print_json(found) if as_json else _print_back_test(rules, found, against)


def _print_back_test(policy: Policy, found: BackTest, against: str | None) -> None:
    say(f"{policy.name}@{policy.version}: {_passing(found.all).strip()}.")
    _table("By outcome", {word: f"{people:>10,}" for word, people in found.outcomes.items()})
    _table("By row", {row: f"{people:>10,}" for row, people in found.rows.items()})
    _table("By band", {band: _passing(of) for band, of in found.bands.items()})
    _table("Without a score", {code: _passing(of) for code, of in found.without_score.items()})
    best = max((_rate(of) for of in found.groups.values()), default=Fraction(0))
    _table(
        "By group",
        {
            group or "in no group": f"{_passing(of)}{MARK if _rate(of) < best * FOUR_FIFTHS else ''}"
            for group, of in found.groups.items()
        },
    )
    if found.against is not None:
        swap = found.against
        sides = {"both": swap.both, "only this policy": swap.only_first, "only the other": swap.only_second}
        _table(
            f"Against {against}, pass",
            {name: f"{people:>10,}" for name, people in (sides | {"neither": swap.neither}).items()},
        )


def _rate(passing: Passing) -> Fraction:
    return Fraction(passing.passing, passing.people)


def _passing(passing: Passing) -> str:
    share = percent(passing.passing, passing.people) if passing.people else "nobody there"
    return f"{passing.passing:>10,} of {passing.people:,} pass ({share})"


def _table(title: str, lines: dict[str, str]) -> None:
    if lines:
        longest = max(map(cell_len, lines))
        say(f"\n{title}")
        for name, line in lines.items():
            say(f"  {padded(name, longest)}  {line}")
