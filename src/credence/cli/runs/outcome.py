"""What became of a run, for people and for programs."""

from datetime import date
from typing import Any

import msgspec

from credence.errors import HeldBackError
from credence.events.calendar import instant
from credence.runs.limits import Breach
from credence.runs.publish import PAGE
from credence.runs.published import PublishedRun, RunScores
from credence.runs.report.model import CardReport
from credence.runs.run import Outcome


def outcome_facts(name: str | None, outcome: Outcome, due: date | None) -> dict[str, object]:
    """What became of a run as programs may rely on it (docs/reference/run.md)."""
    run, report = outcome.published, outcome.report
    facts: dict[str, Any] = {"name": name, "published": run is not None, "fresh": outcome.fresh}
    facts |= {"report": str(outcome.folder / PAGE), "next": due}
    facts["breaches"] = [_breach(breach) for breach in outcome.breaches]
    if run is not None:
        return facts | run_facts(run)
    assert report is not None, "what is held back has a report"
    facts |= {"folder": str(outcome.folder), "run": report.run, "as_of": report.as_of}
    facts |= {"known_at": instant(report.known_at), "snapshot": report.snapshot}
    return facts | {"scorecards": [_card_facts(card) for card in report.cards]}


def run_facts(run: PublishedRun) -> dict[str, object]:
    """A published run as programs may rely on it."""
    said = run.manifest
    facts = {"folder": str(run.folder), "run": said.run, "hash": said.hash, "as_of": run.as_of}
    facts |= {"known_at": instant(said.known_at), "snapshot": said.snapshot}
    facts |= {"published_at": instant(said.published_at), "accepted": said.accepted}
    return facts | {"scorecards": [_scores_facts(scores) for scores in said.scorecards]}


def _card_facts(card: CardReport) -> dict[str, object]:
    named = {"scorecard": card.scorecard.name, "version": card.scorecard.version}
    named |= {"definition_hash": card.scorecard.definition_hash}
    return named | {"people": card.people, "scored": card.scored, "mean": card.mean}


def _scores_facts(scores: RunScores) -> dict[str, object]:
    named = {"scorecard": scores.name, "version": scores.version}
    named |= {"definition_hash": scores.definition_hash}
    return named | {"people": scores.people, "scored": scores.scored, "mean": scores.mean}


def _breach(breach: Breach) -> dict[str, object]:
    facts = msgspec.to_builtins(breach)
    assert isinstance(facts, dict), "a breach is an object"
    return facts | {"sentence": breach.sentence}


def outcome_lines(name: str | None, outcome: Outcome, due: date | None) -> list[str]:
    """What became of a run that is published, as lines of text."""
    run, report = outcome.published, outcome.report
    assert run is not None, "what is held back is told as an error"
    of = f"The scores of '{name}'" if name else "The scores"
    when = f"as of {run.as_of}, as known at {instant(run.manifest.known_at)},"
    later = [] if due is None else [f"The next run is due on {due}."]
    if report is None:
        return [f"Nothing to do. {of} {when} are published in {run.folder}.", *later]
    lines = [f"{of} {when} are published in {run.folder}."]
    lines += [f"  {card_line(card)}" for card in report.cards]
    if outcome.breaches:
        lines += [f"A limit was passed; they are published nevertheless: {run.manifest.accepted}"]
        lines += [f"- {breach.sentence}" for breach in outcome.breaches]
    return [*lines, f"The report: {run.folder / PAGE}", *later]


def card_line(card: CardReport) -> str:
    """How many people a scorecard scored, and how, beside the last run."""
    name = f"{card.scorecard.name}@{card.scorecard.version}"
    line = scores_line(name, card.people, card.scored, card.mean)
    since = "" if card.before is None else f" since {card.before.as_of}"
    return f"{line}." if card.mean_change is None else f"{line} ({card.mean_change:+.1f}{since})."


def scores_line(name: str, people: int, scored: int, mean: float | None) -> str:
    """The same of any run, without an end."""
    average = "" if mean is None else f", on average {mean:.1f}"
    return f"{name}: {people:,} people, {scored:,} with a score{average}"


def held_back(outcome: Outcome) -> HeldBackError:
    """Why a run is not published."""
    report = outcome.report
    assert report is not None, "what is held back has a report"
    sentences = [breach.sentence for breach in outcome.breaches]
    return HeldBackError(str(report.as_of), sentences, outcome.folder / PAGE)
