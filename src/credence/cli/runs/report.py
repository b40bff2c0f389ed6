"""The report of a run in the terminal: its main facts, read from report.json."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from rich.cells import cell_len

from credence.cli.lines import padded
from credence.cli.runs.outcome import scores_line
from credence.errors import RunDamagedError, RunNotFoundError
from credence.runs.publish import FACTS, PAGE
from credence.scoring.words import counted

# So many characteristics are told, those that moved most; the page tells all.
CHARACTERISTICS_MOST = 5
UNREADABLE = f"its {FACTS} cannot be read."
# A label and two columns of numbers.
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Counts:
    """People of a band, or without a score under a code; `before` in the last run."""

    people: int
    before: int | None
    band: str = ""
    code: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Moved:
    """A characteristic and how far its answers moved."""

    name: str
    psi: float | None
    meaning: str | None
    csi: float | None


@dataclass(frozen=True)
class Earlier:
    """The last run."""

    as_of: date


@dataclass(frozen=True)
class Column:
    """The people by one column of the table of groups: the lowest ratio, and whose it is."""

    column: str
    lowest_group: str | None
    lowest_ratio: float | None


@dataclass(frozen=True)
class Groups:
    """The people by group."""

    cut_off: int | None
    columns: list[Column]


@dataclass(frozen=True)
class Card:
    """One scorecard's part of report.json, as far as it is told here."""

    scorecard: str
    version: int
    people: int
    scored: int
    mean: float | None
    mean_change: float | None
    psi: float | None
    meaning: str | None
    bands: list[Counts]
    unscorable: list[Counts]
    characteristics: list[Moved]
    before: Earlier | None
    groups: Groups | None = None


@dataclass(frozen=True)
class Sender:
    """A furnisher, and how many events of the last two months are its."""

    name: str
    month: int
    month_before: int
    silent_days: int | None


@dataclass(frozen=True)
class Told:
    """What report.json says, as far as it is told here."""

    as_of: date
    known_at: str
    published: bool
    limits_reached: list[str]
    accepted: str | None
    scorecards: list[Card]
    furnishers: list[Sender]


def read_report(folder: Path) -> object:
    """What report.json says of a run, or of one that was held back.

    Raises:
        RunNotFoundError: There is none.
        RunDamagedError: It is not JSON.
    """
    try:
        return msgspec.json.decode((folder / FACTS).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise RunNotFoundError(folder, "run with a report") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RunDamagedError(folder, UNREADABLE) from None


def understood(folder: Path) -> Told:
    """The same, as far as it is told here.

    Raises:
        RunNotFoundError: There is none.
        RunDamagedError: It is not what a run writes.
    """
    try:
        return msgspec.convert(read_report(folder), Told)
    except msgspec.ValidationError:
        raise RunDamagedError(folder, UNREADABLE) from None


def report_lines(folder: Path) -> list[str]:
    """The main facts of a report as lines of text."""
    said = understood(folder)
    state = "published" if said.published else "held back"
    lines = [f"As of {said.as_of}, as known at {said.known_at}: {state}."]
    lines += [f"- {sentence}" for sentence in said.limits_reached]
    lines += [f"Accepted: {said.accepted}"] if said.accepted else []
    for card in said.scorecards:
        lines += ["", *_card(card)]
    rows = [_sender(sender) for sender in said.furnishers]
    lines += ["", "Events of furnishers, last month (the month before)", *_table(rows)] if rows else []
    return [*lines, "", f"The whole report: {folder / PAGE}"]


def _card(card: Card) -> list[str]:
    name = f"{card.scorecard}@{card.version}"
    since = "" if card.before is None else f" since {card.before.as_of}"
    change = "" if card.mean_change is None else f" ({card.mean_change:+.1f}{since})"
    lines = [f"{scores_line(name, card.people, card.scored, card.mean)}{change}."]
    lines += [] if card.psi is None else [f"PSI {card.psi:.4f}{since}: {card.meaning}."]
    rows = [_counts(share.band, share) for share in card.bands]
    lines += ["Bands (the last run)", *_table(rows)] if rows else []
    rows = [_counts(f"{share.code}: {share.sentence}", share) for share in card.unscorable]
    lines += ["Without a score (the last run)", *_table(rows)] if rows else []
    known = [(moved.psi, moved) for moved in card.characteristics if moved.psi is not None]
    first = sorted(known, key=lambda pair: -pair[0])[:CHARACTERISTICS_MOST]
    rows = [_moved(psi, moved) for psi, moved in first]
    lines += ["Characteristics that moved most: PSI (CSI in points)", *_table(rows)] if rows else []
    return [*lines, *([] if card.groups is None else _groups(card.groups))]


def _counts(label: str, share: Counts) -> Row:
    return label, f"{share.people:,}", "" if share.before is None else f"({share.before:,})"


def _moved(psi: float, moved: Moved) -> Row:
    csi = "" if moved.csi is None else f" ({moved.csi:+.2f})"
    return f"{moved.name}, {moved.meaning}", f"{psi:.4f}", csi.strip()


def _groups(groups: Groups) -> list[str]:
    rows = [_column(one) for one in groups.columns]
    reached = "" if groups.cut_off is None else f" of {groups.cut_off} and above"
    return [f"Groups: the lowest ratio{reached} to the most favoured", *_table(rows)]


def _column(one: Column) -> Row:
    if one.lowest_ratio is None:
        return f"{one.column}, nothing to compare", "", ""
    return f"{one.column}, {one.lowest_group}", f"{one.lowest_ratio:.3f}", ""


def _sender(sender: Sender) -> Row:
    days = sender.silent_days
    newest = "never an event" if days is None else f"newest {counted(days, 'day')} before"
    return f"{sender.name}, {newest}", f"{sender.month:,}", f"({sender.month_before:,})"


def _table(rows: list[Row]) -> list[str]:
    widths = [max(cell_len(row[column]) for row in rows) for column in range(3)]
    return [
        f"  {padded(label, widths[0])}  {now:>{widths[1]}}  {before:>{widths[2]}}".rstrip()
        for label, now, before in rows
    ]
