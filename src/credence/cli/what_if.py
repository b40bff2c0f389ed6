"""credence what-if: a score after chosen changes, or the cheapest plans to a band or so many points."""

from pathlib import Path
from typing import Annotated

import msgspec
from typer import Argument, Option

from credence.cli.change import change_facts, change_receipt
from credence.cli.lines import wrap
from credence.cli.moments import read_date, read_moment
from credence.cli.output import print_json, say
from credence.cli.receipt import WIDTH, two
from credence.cli.score import check_columns
from credence.engines.people import read_person
from credence.errors import UsageError
from credence.events.log import EventLog
from credence.scorecards.load import load_scorecard
from credence.scoring.what_if.chosen import Chosen, suppose
from credence.scoring.what_if.moves import load_moves
from credence.scoring.what_if.plans import MONTHS_MOST, Goal, Plan, Plans, Step, plan
from credence.scoring.words import counted

ASK = (
    "Say what is supposed (--events FILE, --retract FURNISHER/EVENT_ID, --at DATE), "
    "or ask for a plan (--to-band BAND or --points N). Not both."
)
SUPPOSED = "Exact for what is known today; it supposes that nothing else is recorded until then."
UNPROVEN = "The search was cut off: a cheaper plan may exist."


def what_if(
    scorecard: Annotated[str, Argument(help="A shipped name or a path.")],
    person: Annotated[str, Argument(help="The person's id in the log.")],
    log: Annotated[Path, Option(help="The folder of the event log.")],
    as_of: Annotated[str, Option(help="The date of the score that is compared with.")],
    known_at: Annotated[str | None, Option(help="As known at this instant; now if not said.")] = None,
    events: Annotated[
        Path | None, Option(help="Events that are supposed: CSV, JSON lines, Parquet or YAML.")
    ] = None,
    retract: Annotated[
        list[str] | None, Option(help="An event that is supposed taken back: FURNISHER/EVENT_ID.")
    ] = None,
    at: Annotated[str | None, Option(help="A later date: what time alone does.")] = None,
    to_band: Annotated[str | None, Option(help="Look for plans to this band.")] = None,
    points: Annotated[int | None, Option(min=1, help="Look for plans to so many points more.")] = None,
    months: Annotated[int, Option(min=1, max=MONTHS_MOST, help="How long a plan may take.")] = MONTHS_MOST,
    moves: Annotated[Path | None, Option(help="A file of moves, instead of those that come along.")] = None,
    people: Annotated[Path | None, Option(help="A table of people (CSV or Parquet) with person_id.")] = None,
    language: Annotated[str | None, Option(help="The language of the scorecard's texts.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say what one person's score would be, or which plans lead to a band or to more points."""
    planned, supposed = to_band or points, events or retract or at
    if bool(planned) == bool(supposed) or (to_band and points):
        raise UsageError(ASK)
    source = EventLog.open(log)
    card = load_scorecard(scorecard, source.vocabulary, language)
    check_columns(card, people)
    someone = (person, (read_person(people, card, person) or {}) if people else {})
    moment = read_moment(as_of, known_at)
    if planned:
        goal = Goal(to_band, points, months)
        plans = plan(card, source, someone, moment, goal, load_moves(source.vocabulary, moves))
        print_json(plans_facts(plans)) if as_json else say(plans_receipt(plans, goal, person))
        return
    chosen = Chosen(events, tuple(retract or ()), read_date("--at", at) if at else None)
    found = suppose(card, source, someone, moment, chosen)
    print_json(change_facts(found)) if as_json else say(change_receipt(found))


def plans_facts(plans: Plans) -> dict[str, object]:
    """Plans as programs may rely on them (docs/reference/what-if.md)."""
    facts = msgspec.to_builtins(plans)
    assert isinstance(facts, dict), "plans are an object"
    return facts


def plans_receipt(plans: Plans, goal: Goal, person: str) -> str:
    """The plans as lines of text, at most 78 columns wide."""
    now = "no score" if plans.score is None else str(plans.score)
    where = f"to the band {goal.band}" if goal.band else f"{goal.points} points up"
    target = "any score" if plans.target is None else f"{plans.target}"
    lines = ["=" * WIDTH, *wrap(f"Plans for {person}: {where}", WIDTH, others="  ")]
    lines += [*wrap(f"Now: {now}{f', {plans.band}' if plans.band else ''}. Asked for: {target}.", WIDTH)]
    lines += ["=" * WIDTH]
    for number, found in enumerate(plans.plans, 1):
        lines += ["", *_plan(f"Plan {number}", found)]
    certain = SUPPOSED if plans.proven or not plans.plans else f"{SUPPOSED} {UNPROVEN}"
    return "\n".join([*lines, *_without(plans, goal), "", *wrap(certain, WIDTH)])


def _without(plans: Plans, goal: Goal) -> list[str]:
    """What is said where there is no plan."""
    if plans.plans:
        return []
    if plans.nearest is None:
        return ["", *wrap("It is reached already: nothing needs to be done.", WIDTH)]
    within = counted(goal.months, "month")
    sure = "There is no plan" if plans.proven else "No plan was found"
    if plans.nearest.points is not None and plans.nearest.points <= 0:
        return ["", *wrap(f"{sure} that reaches it within {within}, and nothing found brings points.", WIDTH)]
    sentence = f"{sure} that reaches it within {within}. This is the nearest that was found."
    return ["", *wrap(sentence, WIDTH), "", *_plan("Nearest", plans.nearest)]


def _plan(title: str, found: Plan) -> list[str]:
    after = "no score" if found.score is None else str(found.score)
    points = "" if found.points is None else f" ({found.points:+d})"
    band = f", {found.band}" if found.band else ""
    lines = two(f"{title}: {after}{band}{points} on {found.ends_on}", f"effort {found.effort}")
    for step in found.steps:
        lines += wrap(_step(step), WIDTH, "  - ", "    ")
    wait = "Then wait" if found.steps else "Wait"
    return [
        *lines,
        *wrap(f"{wait} until {found.ends_on}: {counted(found.months, 'month')} from now.", WIDTH, "  "),
    ]


def _step(step: Step) -> str:
    if step.times == 1:
        return f"{step.title}, by {step.last_on}"
    return f"{step.title}, {step.times} times, from {step.first_on} to {step.last_on}"
