"""credence decide: what a policy decides about one person, or about everybody in a file of scores."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from credence.cli.decision import decision_facts, decision_text
from credence.cli.moments import read_moment
from credence.cli.output import check_writable, print_json, say
from credence.decisions.decide import Decision
from credence.decisions.load import load_policy
from credence.decisions.run import decide_people, decide_person, decide_scored
from credence.engines.policies.decided import Scored
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.events.vocabulary import Vocabulary, extended, shipped

WHERE = "Say where to look: --log DIR for a person in a log, or --scores FILE. Not both."
WHEN = "Say when: --as-of DATE with --log. A file of scores has its own dates."
WHOM = "Say whom to decide about: a PERSON, or with --scores everybody, whose decisions go to --out FILE."
OTHER = "--out is {0}, which is read, too. Name another file."


def decide(
    policy: Annotated[str, Argument(help="A shipped name or a path.")],
    person: Annotated[str | None, Argument(help="The person's id; everybody if not said.")] = None,
    log: Annotated[Path | None, Option(help="The folder of the event log.")] = None,
    as_of: Annotated[str | None, Option(help="The date of the decision, with --log.")] = None,
    known_at: Annotated[str | None, Option(help="As known at this instant; now if not said.")] = None,
    scores: Annotated[Path | None, Option(help="A file that 'credence score' wrote.")] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet): lists, columns.")] = None,
    vocabulary: Annotated[Path | None, Option(help="A YAML file of your own kinds, with --scores.")] = None,
    out: Annotated[Path | None, Option(help="The Parquet file to write about everybody.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Decide with POLICY (a shipped name or a path) about PERSON, or about everybody in a file of scores."""
    if (log is None) == (scores is None):
        raise UsageError(WHERE)
    if (log is None) != (as_of is None) or (known_at is not None and log is None):
        raise UsageError(WHEN)
    if (person is None) != (out is not None) or (person is None and log is not None):
        raise UsageError(WHOM)
    if log is not None and person is not None:
        source, moment = EventLog.open(log), read_moment(as_of or "", known_at)
        rules = load_policy(policy, source.vocabulary)
        _print(decide_person(rules, source, person, moment, people), as_json=as_json)
        return
    assert scores is not None, "either a log or scores are given"
    rules = load_policy(policy, words_of(vocabulary))
    if person is not None:
        _print(decide_scored(rules, Scored(scores, people), person), as_json=as_json)
        return
    assert out is not None, "without a person there is a file to write"
    check_out(out, (scores, people))
    rows = decide_people(rules, Scored(scores, people), out)
    if as_json:
        print_json({"out": str(out), "rows": rows})
    else:
        say(f"{rows:,} decisions of {rules.name}@{rules.version} are in {out}, one row each.")


def words_of(path: Path | None) -> Vocabulary:
    """The shipped vocabulary, with a file of own kinds if there is one."""
    return extended(shipped(), path) if path else shipped()


def check_out(out: Path, read: tuple[Path | None, ...]) -> None:
    """Make sure that the result can be written, and is none of the files that are read.

    Raises:
        UsageError: It cannot, or is.
    """
    check_writable("--out", out)
    if out.resolve() in [path.resolve() for path in read if path is not None]:
        raise UsageError(OTHER.format(out))


def _print(decision: Decision, *, as_json: bool) -> None:
    print_json(decision_facts(decision)) if as_json else say(decision_text(decision))
