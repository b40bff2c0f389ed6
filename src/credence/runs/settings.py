"""The settings of a run that is made again and again: one YAML file, all faults at once."""

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from credence.errors import ScorecardNotFoundError
from credence.runs.limits import SILENT, SILENT_DAYS_MOST, USUAL, Limits
from credence.runs.schedule import Schedule
from credence.scorecards.load import find, shipped_names
from credence.yaml_file import Node, read, settle

OPTIONAL = (
    "name", "log", "runs", "scorecards", "people", "contacts", "engine", "schedule", "limits", "groups",
    "cut_off",
)  # fmt: skip
PATHS = ("log", "runs", "people", "groups")
LIMITS = tuple(limit.name for limit in fields(Limits))
OFF = "off"
# This machine, Spark on this machine, or a cluster.
ENGINE = re.compile(r"local|local\[(\*|[0-9]+)\]|spark://[^\s/]+|k8s://\S+|yarn")
NO_ENGINE = "'{0}' is no engine: name local, local[*] (Spark on this machine) or spark://host:port."


@dataclass(frozen=True)
class RunSettings:
    """What a run is made with; None and empty where the file does not say it.

    Attributes:
        name: What the run is called where it is told.
        log: The folder of the event log.
        runs: The folder of all runs.
        scorecards: Shipped names, or paths.
        people: A table of people, for measures that take a column.
        contacts: The scorecard whose last published scores of contacts are joined.
        engine: `local`, or a Spark master.
        schedule: When a run is due.
        limits: What holds the scores back: the usual limits, but for those that the file says.
        groups: A table of groups, for the report alone.
        cut_off: The score at which groups are compared.
    """

    name: str | None = None
    log: Path | None = None
    runs: Path | None = None
    scorecards: tuple[str, ...] = ()
    people: Path | None = None
    contacts: str | None = None
    engine: str | None = None
    schedule: Schedule | None = None
    limits: Limits = USUAL
    groups: Path | None = None
    cut_off: int | None = None


def read_settings(path: Path) -> RunSettings:
    """Read a file of settings; its relative paths start at its folder.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file has faults; all of them are told.
    """
    node = read(path)
    entries = node.keyed((), OPTIONAL)
    folder = path.parent
    texts = {key: entries[key].text() for key in ("name", "contacts", "engine") if key in entries}
    paths = {key: folder / entries[key].text() for key in PATHS if key in entries}
    if texts.get("engine") and not ENGINE.fullmatch(texts["engine"]):
        entries["engine"].fault(NO_ENGINE.format(texts["engine"]))
    settings = RunSettings(
        name=texts.get("name"),
        log=paths.get("log"),
        runs=paths.get("runs"),
        scorecards=_scorecards(entries.get("scorecards"), folder),
        people=paths.get("people"),
        contacts=texts.get("contacts"),
        engine=texts.get("engine"),
        schedule=_schedule(entries.get("schedule")),
        limits=_limits(entries.get("limits")),
        groups=paths.get("groups"),
        cut_off=entries["cut_off"].integer() if "cut_off" in entries else None,
    )
    settle(node, str(path))
    return settings


def _scorecards(node: Node | None, folder: Path) -> tuple[str, ...]:
    items = [] if node is None else node.items()
    if node is not None and node.value == []:
        node.fault("names no scorecard: name one, or leave the key out.")
    names: list[str] = []
    for item in items:
        said = item.text()
        name = said if said.partition("@")[0] in shipped_names() else str(folder / said)
        if said and name in names:
            item.fault(f"'{said}' is named twice: keep one.")
        elif said:
            _check_there(item, name)
        names.append(name)
    return tuple(names)


def _check_there(item: Node, name: str) -> None:
    try:
        find(name)
    except ScorecardNotFoundError as error:
        item.fault(str(error))


def _schedule(node: Node | None) -> Schedule | None:
    if node is None:
        return None
    entries = node.keyed(["day"])
    return Schedule(entries["day"].integer(1, 31)) if "day" in entries else None


def _limits(node: Node | None) -> Limits:
    entries = {} if node is None else node.keyed((), LIMITS)
    found: dict[str, Any] = {name: _limit(name, entry) for name, entry in entries.items()}
    return replace(USUAL, **found)


def _limit(name: str, node: Node) -> float | None:
    if node.value == OFF:
        return None
    if name == SILENT:
        return node.integer(1, SILENT_DAYS_MOST)
    most = node.number()
    if most < 0:
        node.fault(f"must be at least 0, or {OFF}, not {node.said()}.")
    elif most > 1 and ("_share_" in name or "_ratio_" in name):
        node.fault(f"must be a share from 0 to 1 (0.1 is 10 %), or {OFF}, not {node.said()}.")
    return float(most)
