"""Drafts: the folders of unfinished runs, found again, locked, and thrown away."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB
from pathlib import Path
from shutil import rmtree

import msgspec

from credence.engines.buckets import PARTS, SCORES
from credence.engines.contacts import contacts_table
from credence.errors import RunBusyError, UsageError
from credence.events import files
from credence.events.scratch import held
from credence.runs.plan import Asked, Plan, asked_of, new_plan, renewed
from credence.runs.published import PublishedRun, last_before, published
from credence.runs.request import Request
from credence.scorecards.load import FILE
from credence.scorecards.written import to_yaml

DRAFTS, PLAN, CONTACTS = ".drafts", "plan.json", "contacts.parquet"


def unfinished(runs: Path) -> dict[Path, Plan]:
    """The unfinished runs in a folder of runs, with their plans, as known earliest first."""
    found = {path.parent: _read(path) for path in (runs / DRAFTS).glob(f"*/{PLAN}")}
    plans = {folder: plan for folder, plan in found.items() if plan is not None}
    return dict(sorted(plans.items(), key=lambda item: item[1].known_at))


def _read(path: Path) -> Plan | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except (msgspec.DecodeError, FileNotFoundError):  # of another version of Credence, or gone by now
        return None


@contextmanager
def opened(request: Request, now: datetime) -> Iterator[PublishedRun | tuple[Plan, Path]]:
    """The run that is asked for: published already, or its plan and draft, which nobody else works on.

    Raises:
        RunBusyError: Another process is working on it.
        UsageError: The scores of contacts that are asked for were never published.
        SourceNotFoundError: The table of people is not there.
    """
    place = request.runs / DRAFTS
    place.mkdir(parents=True, exist_ok=True)
    with ExitStack() as holding:
        with held(place, LOCK_EX):
            asked = asked_of(request)
            made = [run for run in published(request.runs) if run.manifest.asked == asked]
            _clear_away(request, asked, made)
            begun = _begun(request, asked)
            there = None if begun else _published(request, made)
            plan, draft = begun or _new(request, asked, now)
            if there is None:
                draft.mkdir(exist_ok=True)
                holding.enter_context(_alone(draft))
        yield there or (_frozen(request, plan, draft), draft)


def _begun(request: Request, asked: Asked) -> tuple[Plan, Path] | None:
    """The newest unfinished run of what is asked for."""
    found = [
        (plan, draft)
        for draft, plan in unfinished(request.runs).items()
        if plan.asked == asked and request.known_at in (None, plan.known_at)
    ]
    return None if request.afresh else next(iter(found[-1:]), None)


def _published(request: Request, made: list[PublishedRun]) -> PublishedRun | None:
    """The published run of what is asked for, as known last."""
    if request.known_at is None and request.afresh:
        return None
    found = [run for run in made if request.known_at in (None, run.known_at)]
    return next(iter(found[-1:]), None)


def _new(request: Request, asked: Asked, now: datetime) -> tuple[Plan, Path]:
    known_at = request.known_at or now.astimezone(UTC).replace(tzinfo=None)
    contacts = None if request.contacts is None else _last_of_contacts(request).run
    plan = new_plan(request, asked, known_at, contacts)
    return plan, request.runs / DRAFTS / plan.run


def _last_of_contacts(request: Request) -> PublishedRun:
    found = last_before(request.runs, str(request.contacts), request.as_of)
    if found is None:
        sentence = (
            f"No scores of '{request.contacts}' of a day before {request.as_of} are published in "
            f"{request.runs}: make that run first, with the same --out."
        )
        raise UsageError(sentence)
    return found


@contextmanager
def _alone(draft: Path) -> Iterator[None]:
    try:
        with held(draft, LOCK_EX | LOCK_NB):
            yield
    except BlockingIOError:
        raise RunBusyError(draft) from None


def _clear_away(request: Request, asked: Asked, made: list[PublishedRun]) -> None:
    """Delete what killed work left: drafts without a plan, and those of what was published since.

    Without an instant asked for, so are drafts of what is published as known later: nobody takes them up.
    """
    plans, done = unfinished(request.runs), {run.run for run in made}
    last = made[-1].known_at if made and request.known_at is None else datetime.min  # noqa: DTZ901 - as in logs
    for draft in (request.runs / DRAFTS).iterdir():
        plan = plans.get(draft)
        if plan is None or plan.run in done or (plan.asked == asked and plan.known_at < last):
            with suppress(BlockingIOError), held(draft, LOCK_EX | LOCK_NB):
                rmtree(draft)


def _frozen(request: Request, plan: Plan, draft: Path) -> Plan:
    """A plan with all that it needs in its draft.

    It is begun anew where somebody was erased since, or where this is another version of Credence.
    """
    current = renewed(plan, request.log)
    if current != plan or not (draft / PLAN).is_file():
        for path in draft.iterdir():
            rmtree(path) if path.is_dir() else path.unlink()
        _fill(request, current, draft)
        files.write_whole(draft / PLAN, msgspec.json.encode(current))
    return current


def _fill(request: Request, plan: Plan, draft: Path) -> None:
    """Keep what scores beside the scores, and write what contacts scored."""
    (draft / PARTS).mkdir()
    for card in request.scorecards:
        (draft / SCORES / card.name).mkdir(parents=True)
        files.write_whole(draft / SCORES / card.name / FILE, to_yaml(card).encode())
    if request.contacts is not None:
        (run,) = [run for run in published(request.runs) if run.run == plan.contacts_of]
        contacts_table(request.log, plan.moment, run.scores(request.contacts), draft / CONTACTS)
