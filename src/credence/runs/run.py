"""The run: freeze, evaluate, check, publish. Stopped anywhere, the same call takes it up, to the same end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from credence.engines.buckets import SCORES, Done
from credence.engines.counts.groups import check_groups
from credence.engines.duckdb import in_sentences
from credence.engines.results import contradictions
from credence.engines.scored import Scores
from credence.engines.sql.compile import columns_needed
from credence.errors import LogDamagedError, RunWrongError, UsageError
from credence.events.upkeep import damage
from credence.runs.contacts import check_may_know_contacts
from credence.runs.drafts import opened
from credence.runs.evaluate import carry_out, tasks_of
from credence.runs.limits import Breach, breaches
from credence.runs.plan import Plan
from credence.runs.publish import Results, publish, write_report
from credence.runs.published import PublishedRun, last_before
from credence.runs.report.freshness import freshness
from credence.runs.report.make import Earlier, report_on, with_groups
from credence.runs.report.model import Report, Verdict
from credence.runs.request import Request

FREEZE, EVALUATE, CHECK, PUBLISH = STEPS = ("freeze", "evaluate", "check", "publish")
# Told of a step, of how much of it is done, and of how much there is.
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Attributes:
        folder: The folder of the published run, or of the scores that were held back.
        published: The published run; None where limits held it back.
        report: The report; None where the run had been published before, and nothing was done.
        breaches: The limits that it passed.
    """

    folder: Path
    published: PublishedRun | None
    report: Report | None = None
    breaches: tuple[Breach, ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether anything was done; not where the run had been published before."""
        return self.report is not None


def nobody(_step: str, _done: int, _total: int) -> None:
    """A run of which nobody is told."""


def run(request: Request, now: datetime, told: Told = nobody) -> Outcome:
    """Make a run, take up one that was stopped, or find it published.

    Args:
        request: What is asked for.
        now: The present instant; a new run is as known then.
        told: Told of every step, and how far it is.

    Raises:
        UsageError: What is asked for makes no sense.
        SourceNotFoundError: The table of people, or that of groups, is not there.
        IntakeError: The table of people, or that of groups, is not as it must be.
        RunBusyError: Another process is working on the run.
        RunWrongError: The scores contradict themselves.
        LogDamagedError: A file of the log is missing, or is not what was written.
        EngineError: The engine could not carry out a step.
    """
    request = _placed(request)
    _check(request, now)
    told(FREEZE, 0, 1)
    with in_sentences(), opened(request, now) as there:
        if isinstance(there, PublishedRun):
            return Outcome(there.folder, there)
        plan, draft = there
        _check_files(request)
        tasks = tasks_of(request, plan, draft)
        told(FREEZE, 1, 1)
        done = carry_out(request.engine, tasks, lambda *counts: told(EVALUATE, *counts))
        told(CHECK, 0, 1)
        report, passed = _looked_at(request, plan, draft, done)
        verdict = _verdict(request, passed)
        write_report(draft, report, verdict)
        told(CHECK, 1, 1)
        if not verdict.published:
            return Outcome(draft / SCORES, None, report, passed)
        told(PUBLISH, 0, 1)
        made = publish(request, plan, draft, Results(tuple(done), report, verdict), now)
        told(PUBLISH, 1, 1)
    return Outcome(made.folder, made, report, passed)


def _placed(request: Request) -> Request:
    """The request with paths that mean the same on every machine of a cluster."""
    log = replace(request.log, folder=request.log.folder.resolve())
    return replace(request, log=log, runs=request.runs.resolve())


def _check(request: Request, now: datetime) -> None:
    """Refuse what makes no sense, before anything is made."""
    names = [card.name for card in request.scorecards]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        sentence = f"'{twice}' is given twice; the scores of a run are told apart by the scorecard's name."
        raise UsageError(sentence)
    if request.known_at is not None and request.known_at > now.astimezone(UTC).replace(tzinfo=None):
        sentence = f"--known-at is {request.known_at}, which is yet to come: nobody knows what is known then."
        raise UsageError(sentence)
    if request.people is not None and request.contacts is not None:
        sentence = "--people and --contacts both give columns a person: give one of them."
        raise UsageError(sentence)
    _check_groups(request)
    check_may_know_contacts(request.scorecards)
    for card in request.scorecards:
        if columns_needed(card) and request.people is None and request.contacts is None:
            columns = ", ".join(columns_needed(card))
            sentence = f"'{card.name}' looks at columns of a table ({columns}): give it with --people TABLE."
            raise UsageError(sentence)


def _check_groups(request: Request) -> None:
    """Refuse what is said of groups without any, and a cut-off that is no score of a scorecard."""
    if request.groups is None and request.cut_off is not None:
        sentence = f"--cut-off {request.cut_off} compares groups: give them with --groups TABLE."
        raise UsageError(sentence)
    if request.groups is None and request.limits.group_ratio_least is not None:
        sentence = "The limit group_ratio_least compares groups: give --groups TABLE, or turn the limit off."
        raise UsageError(sentence)
    for card in request.scorecards:
        if request.cut_off is not None and card.range and not _within(request.cut_off, card.range):
            least, most = card.range
            sentence = f"--cut-off is {request.cut_off}, and '{card.name}' scores from {least} to {most}."
            raise UsageError(sentence)


def _within(score: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= score <= limits[1]


def _check_files(request: Request) -> None:
    """Check the table of groups, and the log's tail; what tasks read alone, they compare themselves."""
    if request.groups is not None:
        check_groups(request.groups)
    for file in request.log.files():
        if file.bucket is None:
            for sentence in damage(request.log.folder, file):
                raise LogDamagedError(request.log.folder, sentence)


def _looked_at(
    request: Request, plan: Plan, draft: Path, done: list[Done]
) -> tuple[Report, tuple[Breach, ...]]:
    """The report, and the limits that the scores pass."""
    scores = draft / SCORES
    wrong = [sentence for card in request.scorecards for sentence in contradictions(scores / card.name, card)]
    if wrong:
        raise RunWrongError(draft, wrong)
    scored = [Scores(scores / card.name, card) for card in request.scorecards]
    earlier = {
        card.name: found
        for card in request.scorecards
        if (found := _earlier(request, plan, card.name)) is not None
    }
    report = report_on(plan.run, plan.moment, scored, earlier, freshness(done))
    if request.groups is not None:
        report = with_groups(report, scored, request.groups, request.cut_off)
    return report, breaches(report, request.limits)


def _verdict(request: Request, passed: tuple[Breach, ...]) -> Verdict:
    """Whether the scores may be published; nothing needs to be accepted where no limit was passed."""
    accepted = request.accepted if passed else None
    sentences = tuple(breach.sentence for breach in passed)
    return Verdict(sentences, published=not passed or accepted is not None, accepted=accepted)


def _earlier(request: Request, plan: Plan, name: str) -> Earlier | None:
    """The last published scores of a scorecard: those that readers have until this run is published."""
    found = last_before(request.runs, name, plan.asked.as_of, plan.known_at)
    if found is None:
        return None
    scores = Scores(found.scores(name), found.scorecard(name))
    return Earlier(found.run, found.as_of, found.known_at, scores)
