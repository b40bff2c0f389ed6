"""The documents tell the truth: names, columns and keys are all there, and what can be run is run."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import indent

import duckdb
import pytest
from typer.main import get_command

import credence
from credence import CredenceError, EventLog, Moment
from credence.characteristics.filters import KEYS, TESTS
from credence.characteristics.measures import READERS
from credence.cli.app import app
from credence.cli.demo.printed import printed as demonstrate
from credence.cli.output import statement_facts
from credence.events.batches import ImportOptions
from credence.events.intake import Columns
from credence.events.vocabulary import COMMON_COLUMNS, MARKS, TYPES, shipped
from credence.runs import settings
from credence.runs.limits import USUAL, Breach
from credence.runs.plan import LogFacts
from credence.runs.published import Manifest, RunFile, RunScores
from credence.scorecards import characteristics, live, load
from credence.scorecards.new import start
from tests.engines.spark_cluster import FEW_PEOPLE, has_spark, write_settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "credence"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# A row of a table: what stands in its first cell.
CELL = re.compile(r"^\| (.+?) \|", re.MULTILINE)
AS_OF, KNOWN_AT = date(2025, 10, 6), datetime(2025, 11, 1)  # noqa: DTZ001 - as the log keeps instants
HEAD = """name: a
version: 1
title: A
setting: lab
points_base: 0
characteristics:
  a:
"""
EVENTS = """furnisher,event_id,person_id,kind,occurred_at,days_late
power,p-1,ana,bill.paid,2025-07-03,0
power,p-2,ana,bill.paid,2025-08-03,0
power,p-3,ana,bill.paid,2025-09-03,12
power,p-4,ben,bill.paid,2025-09-03,12
power,p-5,ben,bill.late,2025-09-03,12
"""


def text(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")


def told(name: str) -> set[str]:
    """The names that the tables of a page describe."""
    return {word for cell in CELL.findall(text(name)) for word in re.findall(r"`([^`]+)`", cell)}


def blocks(path: Path, *languages: str) -> list[str]:
    found = BLOCK.findall(path.read_text(encoding="utf-8"))
    return [body for language, body in found if language in languages]


def run(command: list[str], folder: Path) -> str:
    """What a command prints, with the installed program on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command with its options."""
    waiting = [("credence", get_command(app))]
    for name, command in waiting:
        below = getattr(command, "commands", None)
        if below is None:
            options = [o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")]
            yield name, options
        waiting += [(f"{name} {word}", child) for word, child in (below or {}).items()]


def errors(of: type[CredenceError] = CredenceError) -> Iterator[type[CredenceError]]:
    yield of
    for child in of.__subclasses__():
        yield from errors(child)


def keys(value: object) -> set[str]:
    """Every key of a JSON value, but for the names of categories."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict):
        return set()
    return {*value, *(key for name, item in value.items() if name != "categories" for key in keys(item))}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scorecard `first`, a log of which a row was refused, and scores."""
    folder = tmp_path_factory.mktemp("scored")
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    start(folder / "first")
    card, log = credence.load_scorecard(folder / "first"), EventLog.create(folder / "log")
    options = ImportOptions(rejects=folder / "rejects.csv")
    credence.import_file(log, folder / "events.csv", KNOWN_AT.replace(tzinfo=UTC), options)
    credence.score_people(card, log, Moment(AS_OF, KNOWN_AT), folder / "scores.parquet")
    return folder


def columns_of(scores: Path) -> Columns:
    rows = duckdb.execute(f"DESCRIBE FROM '{scores}'").fetchall()
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(("name", "options"), list(commands()))
def test_every_command_and_option_is_told(name: str, options: list[str]) -> None:
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text("cli"), re.MULTILINE | re.DOTALL)
    assert section is not None
    described = re.findall(r"(?<![\w-])(--[\w-]+)", " ".join(CELL.findall(section[1])))
    assert set(options) == set(described)


def test_no_command_is_told_that_is_not_there() -> None:
    headings = re.findall(r"^## (credence .+)$", text("cli"), re.MULTILINE)
    assert sorted(headings) == sorted(name for name, _ in commands())


def test_every_error_is_told() -> None:
    pages = text("errors") + text("api-errors")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", pages, re.MULTILINE)
    assert set(rows) == {(error.code, error.__name__) for error in errors()}


def test_every_measure_is_told() -> None:
    headings = re.findall(r"^## `(\w+)`$", text("measures"), re.MULTILINE)
    assert sorted(headings) == sorted(READERS)


def test_every_part_of_a_filter_is_told() -> None:
    assert set(KEYS) <= told("measures")
    assert all(f"`{test}`" in text("measures") or f"`{test}: " in text("measures") for test in TESTS)


def test_every_public_name_is_told() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", text("python"), re.MULTILINE)
    assert sorted(rows) == sorted(credence.__all__)


def test_every_column_of_events_is_told() -> None:
    assert set(COMMON_COLUMNS) <= told("events")


def test_every_type_mark_and_context_of_the_vocabulary_is_told() -> None:
    assert set(TYPES) <= told("events")
    assert {f"mark.{mark}" for mark in MARKS} <= told("events")
    assert all(f"`{word}`" in text("vocabulary") for word in (*TYPES, *MARKS, *shipped().contexts))


def test_every_key_of_a_scorecard_is_told() -> None:
    assert {*load.REQUIRED, *load.OPTIONAL, "measure", *characteristics.OPTIONAL} <= told("scorecard")


def test_every_key_of_the_settings_of_a_run_and_of_what_it_writes_is_told() -> None:
    assert {*settings.OPTIONAL, *settings.LIMITS} <= told("run")
    parts = (Manifest, LogFacts, RunScores, RunFile, Breach)
    assert all(f"`{key.name}`" in text("run") for part in parts for key in fields(part))


def test_the_limits_that_hold_if_none_are_said_are_told() -> None:
    rows = re.findall(r"^\| `(\w+_(?:most|least))` \| (\S+) \|", text("run"), re.MULTILINE)
    limits = vars(USUAL).items()
    assert rows == [(name, settings.OFF if value is None else str(value)) for name, value in limits]


def test_everything_barred_and_every_purpose_is_told() -> None:
    refused = (DOCS / "explanation" / "what-we-refuse.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in text("scorecard") for word in (*live.bars(), *live.purposes()))
    assert all(f"`{word}`" in refused for word in live.bars())
    assert all(bar.rule.split(";")[0] in refused for bar in live.bars().values())


def test_every_column_of_scores_is_told_with_its_type(scored: Path) -> None:
    columns = dict(columns_of(scored / "scores.parquet"))
    kept = columns.pop("bills_on_time")
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text("scores"), re.MULTILINE)
    assert rows[: len(columns)] == list(columns.items())
    assert kept == 'STRUCT(answer DOUBLE, "attribute" VARCHAR, points INTEGER)'
    assert dict(rows[len(columns) :]).keys() == {"answer", "attribute", "points"}


@pytest.mark.parametrize("person", ["ana", "ben"])
def test_every_key_of_a_statement_is_told(scored: Path, person: str) -> None:
    card, log = credence.load_scorecard(scored / "first"), EventLog.open(scored / "log")
    statement = credence.explain(card, log, person, Moment(AS_OF, KNOWN_AT))
    assert bool(statement.reasons) != bool(statement.wanting)
    assert keys(statement_facts(statement)) <= told("statement")


def test_the_statement_that_is_shown_is_whole_and_adds_up() -> None:
    (shown,) = blocks(DOCS / "reference" / "statement.md", "json")
    statement = json.loads(shown)
    assert statement["score"] == statement["points_base"] + sum(line["points"] for line in statement["lines"])
    assert set(credence.Statement.__dataclass_fields__) == statement.keys()


def test_the_rejects_have_the_columns_that_are_told(scored: Path) -> None:
    headings = (scored / "rejects.csv").read_text(encoding="utf-8").splitlines()[0]
    assert set(headings.split(",")) <= told("events")


def test_the_receipt_of_the_readme_adds_up() -> None:
    receipt = next(body for body in blocks(ROOT / "README.md", "text") if "YOUR SCORE" in body)
    points = [int(points) for points in re.findall(r" \+(\d+) of \d+$", receipt, re.MULTILINE)]
    (base,) = re.findall(r"^Everyone starts with +(\d+)$", receipt, re.MULTILINE)
    (score,) = re.findall(r"^YOUR SCORE +(\d+)$", receipt, re.MULTILINE)
    assert int(base) + sum(points) == int(score)


def test_the_receipt_of_the_readme_is_what_the_demonstration_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demonstrate(tmp_path / "town")
    printed = capsys.readouterr().out.splitlines()
    (receipt,) = blocks(ROOT / "README.md", "text")
    assert [line for line in receipt.splitlines() if line not in printed] == []
    assert "Score: 860, outstanding (between 350 and 950)" in printed


def test_every_picture_of_the_app_is_shown_and_small() -> None:
    page = (DOCS / "the-app-in-pictures.md").read_text(encoding="utf-8")
    there = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    assert set(re.findall(r'src="pictures/([a-z-]+[.]png)"', page)) == there.keys()
    assert max(there.values()) <= 60_000


@pytest.mark.parametrize("name", ["README.md", "docs/reference/python.md"])
def test_python_that_is_shown_runs(name: str, tmp_path: Path) -> None:
    (example,) = blocks(ROOT / name, "python")
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    assert "Error" not in run([sys.executable, "example.py"], tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/tutorial/first-scorecard.md",
        "docs/how-to/add-event-kinds.md",
        "docs/how-to/load-history.md",
        "docs/how-to/import-your-own-statement.md",
        "docs/how-to/decide-with-a-policy.md",
        "docs/how-to/points-in-a-spreadsheet.md",
        "docs/how-to/compare-groups.md",
        "docs/how-to/compare-two-versions.md",
        "docs/how-to/run-every-month.md",
        "docs/how-to/see-what-contacts-do.md",
        "docs/how-to/make-a-town.md",
        "docs/how-to/sample-outcomes.md",
    ],
)
def test_commands_that_are_shown_run_and_print_what_is_shown(name: str, tmp_path: Path) -> None:
    """Blocks of `sh` are run, one after the other; blocks of `console` are only shown."""
    prints_what_is_shown(name, tmp_path)


def test_commands_that_are_shown_for_spark_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    has_spark()
    write_settings(tmp_path / "conf", **FEW_PEOPLE)
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path / "conf"))
    prints_what_is_shown("docs/how-to/run-on-a-cluster.md", tmp_path)


def prints_what_is_shown(name: str, tmp_path: Path) -> None:
    printed = run(["bash", "-e", "-c", "".join(blocks(ROOT / name, "sh"))], tmp_path).splitlines()
    shown = "" if name == "README.md" else "".join(blocks(ROOT / name, "text"))
    assert [line for line in shown.splitlines() if line not in printed] == []


def test_yaml_that_is_shown_as_a_whole_file_loads(tmp_path: Path) -> None:
    whole, kinds = tmp_path / "scorecard.yaml", tmp_path / "kinds.yaml"
    whole.write_text(blocks(DOCS / "reference" / "scorecard.md", "yaml")[0], encoding="utf-8")
    kinds.write_text(blocks(DOCS / "reference" / "vocabulary.md", "yaml")[0], encoding="utf-8")
    credence.load_scorecard(whole)
    monthly = tmp_path / "monthly.yaml"
    monthly.write_text(blocks(DOCS / "reference" / "run.md", "yaml")[0], encoding="utf-8")
    assert settings.read_settings(monthly).limits.psi_most == 0.2
    EventLog.create(tmp_path / "log").add_vocabulary(kinds)


def test_every_room_and_every_file_that_the_architecture_names_is_there() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in SOURCE.glob("*/*") if path.parent.name != "__pycache__"}
    named = set(re.findall(r"`(?:[\w.]+/)*([\w.]+[.](?:py|yaml))`", architecture))
    assert [room for room in rooms if f"| `{room}/` |" not in architecture] == []
    assert named <= {path.name for path in (*SOURCE.rglob("*"), *(ROOT / "tests").rglob("*.py"))}


def test_every_example_of_a_measure_loads(tmp_path: Path) -> None:
    path, rest = tmp_path / "scorecard.yaml", "attributes: [{points: 0}]\nmissing: {points: 0}\n"
    examples = [body for body in blocks(DOCS / "reference" / "measures.md", "yaml") if "cross" not in body]
    for example in examples:
        path.write_text(f"{HEAD}{indent(example + rest, '    ')}", encoding="utf-8")
        assert credence.load_scorecard(path).characteristics
    assert len(examples) == len(READERS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = [link.split("#")[0] for link in LINK.findall(path.read_text(encoding="utf-8"))]
    assert [link for link in links if "//" not in link and not (path.parent / link).is_file()] == []
