"""What commands print: sentences and tables for people, JSON for programs, and progress on the way."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from credence.cli.lines import plain
from credence.errors import SourceNotFoundError, UsageError
from credence.events.calendar import instant
from credence.events.manifest import Progress as Report
from credence.scoring.statement import Statement


def say(text: str = "") -> None:
    """Print a line for people at once, so that an acknowledgement is seen when it is given."""
    sys.stdout.write(f"{plain(text)}\n")
    sys.stdout.flush()


def print_json(value: object) -> None:
    """Print a value as one line of JSON."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def check_writable(name: str, path: Path | None) -> None:
    """Make sure, before the work, that its result can be written.

    Raises:
        UsageError: The path is a folder, or is in none.
    """
    if path is not None and path.is_dir():
        sentence = f"{name} is {path}, which is a folder. Name a file in it."
        raise UsageError(sentence)
    if path is not None and not path.parent.is_dir():
        sentence = f"{name} is {path}, but there is no folder {path.parent}. Make it first."
        raise UsageError(sentence)


def check_readable(name: str, path: Path) -> None:
    """Make sure, before anything is made, that a file is there to read.

    Raises:
        SourceNotFoundError: There is nothing at the path.
        UsageError: The path is a folder.
    """
    if path.is_dir():
        sentence = f"{name} is {path}, which is a folder. Name a file in it."
        raise UsageError(sentence)
    if not path.exists():
        raise SourceNotFoundError(path)


@contextmanager
def progress(doing: str) -> Iterator[Report]:
    """A progress bar on standard error, where somebody is watching; silent in a pipe."""
    with progress_by_step() as told:
        told(doing, 0, None)
        yield partial(told, doing)


@contextmanager
def progress_by_step() -> Iterator[Callable[[str, int, int | None], None]]:
    """The same with a bar for each step, begun when it is first told of; the total may not be known yet."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bars: dict[str, TaskID] = {}

        def told(doing: str, done: int, total: int | None) -> None:
            if doing not in bars:
                bars[doing] = bar.add_task(doing, total=total)
            bar.update(bars[doing], completed=done, total=total)

        yield told


def statement_facts(statement: Statement) -> dict[str, object]:
    """A statement as programs may rely on it (docs/reference/statement.md)."""
    facts = msgspec.to_builtins(statement)
    assert isinstance(facts, dict), "a statement is an object"
    return facts | {"known_at": instant(statement.known_at)}
