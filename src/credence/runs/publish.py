"""Publishing: a manifest of hashes, and one rename that makes the run visible."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

import msgspec

from credence.engines.buckets import SCORES, Done
from credence.events import files
from credence.runs.plan import Plan
from credence.runs.published import FORMAT, MANIFEST, Manifest, PublishedRun, RunFile, RunScores
from credence.runs.report.facts import report_json
from credence.runs.report.model import CardReport, Report, Verdict
from credence.runs.report.page import report_page
from credence.runs.request import Request

FACTS, PAGE = "report.json", "report.html"
INSTANT = "%Y%m%dT%H%M%S.%fZ"


def folder_of(runs: Path, plan: Plan) -> Path:
    """Where a run is published: a folder of its day, and in it one of its instant and its id."""
    return runs / str(plan.asked.as_of) / f"{plan.known_at.strftime(INSTANT)}-{plan.run[:8]}"


@dataclass(frozen=True)
class Results:
    """What was made: by each task, and what was seen when it was looked at."""

    done: tuple[Done, ...]
    report: Report
    verdict: Verdict


def write_report(draft: Path, report: Report, verdict: Verdict) -> None:
    """Write the report beside the scores, for programs and for people."""
    files.write_whole(draft / SCORES / FACTS, report_json(report, verdict).encode())
    files.write_whole(draft / SCORES / PAGE, report_page(report, verdict).encode())


def publish(request: Request, plan: Plan, draft: Path, results: Results, now: datetime) -> PublishedRun:
    """Publish what is in a draft; it is visible as a whole when this returns, and was not at all before."""
    for stray in (draft / SCORES).rglob(".*"):  # of work that was killed while it wrote
        stray.unlink()
    manifest = _manifest(request, plan, draft, results, now)
    files.write_whole(draft / SCORES / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    # Before anybody can see the scores: from now on nothing may be recorded in the log's past.
    request.log.manifest.publish(plan.run)
    target = folder_of(request.runs, plan)
    target.parent.mkdir(exist_ok=True)
    files.sync(draft / SCORES)
    (draft / SCORES).rename(target)
    files.sync(target.parent)
    files.sync(request.runs)
    rmtree(draft)
    return PublishedRun(target, manifest)


def _manifest(request: Request, plan: Plan, draft: Path, results: Results, now: datetime) -> Manifest:
    scores = tuple(_scores(told, results.done) for told in results.report.cards)
    named = {file.path for one in scores for file in one.files}
    paths = sorted(path for path in (draft / SCORES).rglob("*") if path.is_file())
    names = [path.relative_to(draft / SCORES).as_posix() for path in paths]
    others = [RunFile(name, files.digest(draft / SCORES / name)) for name in names if name not in named]
    vocabularies = tuple(request.log.manifest.vocabularies())
    content = msgspec.json.encode([plan.run, scores, vocabularies])
    return Manifest(
        FORMAT,
        plan.run,
        sha256(content).hexdigest(),
        plan.asked.as_of,
        plan.known_at.replace(tzinfo=UTC),
        plan.snapshot,
        plan.asked.log,
        plan.asked.people,
        plan.asked.contacts,
        plan.contacts_of,
        plan.software,
        now.astimezone(UTC),
        results.verdict.accepted,
        scores,
        tuple(others),
        vocabularies,
    )


def _scores(told: CardReport, done: tuple[Done, ...]) -> RunScores:
    name = told.scorecard.name
    written = [file for one in done for file in one.files if file.path.startswith(f"{name}/")]
    return RunScores(
        name,
        told.scorecard.version,
        told.scorecard.definition_hash,
        told.people,
        told.scored,
        told.mean,
        tuple(RunFile(file.path, file.sha256, file.rows) for file in written),
    )
