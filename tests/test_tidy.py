"""Outer limits: nothing here is a goal, and nothing may pass it without a name and a reason."""

import ast
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import credence

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "credence"
TESTS = ROOT / "tests"

FUNCTION_LINES = 40
FILE_LINES = {SOURCE: 300, TESTS: 500}
FOLDER_FILES = 20
DEPTH = 2
DEPTH_OF_ERRORS = 5
PUBLIC_NAMES = 10

# What may pass a limit, and why: "src/credence/scoring/run.py" or "src/credence/scoring/run.py:run".
EXCEPTIONS: dict[str, str] = {}

# Tests of no one source file, and what they are of.
MIRROR_NOTHING = {
    "engines/test_parity.py": "both evaluators",
    "engines/sql/test_every_way.py": "everything that scores a log",
    "engines/test_spark_cluster.py": "Spark on a real cluster",
    "library/test_everyday_on_real_data.py": "everyday, on people who are not ours to ship",
    "scorecards/pmml/test_independent_evaluator.py": "PMML in and out, beside another program",
    "server/test_schema.py": "who may see which rows",
    "server/test_furnisher_how_to.py": "docs/how-to/send-events-as-a-furnisher.md",
    "server/database/test_versions.py": "every version of PostgreSQL that can be had",
    "server/faults/test_database_away.py": "the bureau, while its database is held or its disk is full",
    "server/faults/test_fuzz.py": "every route, with what nobody thought of",
    "server/faults/test_killed.py": "the bureau, while its processes are killed",
    "server/faults/test_probes.py": "every route, with the ids of another world",
    "server/web/flows/test_appeals.py": "what a furnisher, a person and a reviewer do one after the other",
    "server/web/flows/test_by_keys.py": "what several do one after the other, with keys alone",
    "server/web/flows/test_corrections.py": "from a wrong line to the points back",
    "server/web/furnisher/test_by_browser.py": "a furnisher's desk, in a browser",
    "server/web/person/test_by_browser.py": "the pages of a person, in a browser",
    "server/web/test_first_screen.py": "the first screen, in a browser",
    "server/test_reference.py": "the reference of the bureau",
    "server/test_every_route.py": "every route, and who may use it",
    "server/year/test_year.py": "the bureau, over a simulated year",
    "server/year/test_found.py": "what simulated years have found",
    "training/test_on_a_real_bank.py": "samples and training, on people who are not ours to ship",
    "test_docs.py": "the documents",
    "test_packaging.py": "what is installed",
    "test_tidy.py": "all files",
}

SAYS_NOTHING = {"common", "helper", "helpers", "manager", "misc", "util", "utils"}
REGISTRY_HOST = re.compile(r"pypi[.](org|io)|python[h]osted|npmjs[.]|crates[.]io")
# Addresses of objects, and archives: the first hold the process, the others the time they were made at.
CHANGES = re.compile(r"0x[0-9a-f]{6,}|PK\\x03")
MACHINE_PATH = re.compile(r"(?<![\w.~}-])/(work|root|home|Users|opt)/\w")


def code_files() -> list[Path]:
    return [*SOURCE.rglob("*.py"), *TESTS.rglob("*.py")]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def without_exceptions(found: Iterator[str]) -> list[str]:
    return [name for name in found if name.split(" ")[0] not in EXCEPTIONS]


def long_functions() -> Iterator[str]:
    for path in code_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{shown(path)}:{node.name} has {lines} lines"


def long_files() -> Iterator[str]:
    for folder, lines_most in FILE_LINES.items():
        for path in folder.rglob("*.py"):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > lines_most:
                yield f"{shown(path)} has {lines} lines"


def full_folders() -> Iterator[str]:
    for folder, files in Counter(path.parent for path in code_files()).items():
        if files > FOLDER_FILES:
            yield f"{shown(folder)} has {files} files"


def bases_by_class() -> dict[str, tuple[Path, set[str]]]:
    """For each class of ours, its file and the last part of each base's name."""
    return {
        node.name: (path, {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases})
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    }


def depth(name: str, classes: dict[str, tuple[Path, set[str]]]) -> int:
    """1 for a class with no ancestor of ours, 2 for its children."""
    if name not in classes:
        return 0
    return 1 + max((depth(base, classes) for base in classes[name][1] - {name}), default=0)


def deep_classes() -> Iterator[str]:
    classes = bases_by_class()
    for name, (path, _) in classes.items():
        depth_most = DEPTH_OF_ERRORS if path.parent.name == "errors" else DEPTH
        if depth(name, classes) > depth_most:
            yield f"{shown(path)}:{name} is {depth(name, classes)} deep"


def orphan_tests() -> Iterator[str]:
    for test in TESTS.rglob("test_*.py"):
        place = test.relative_to(TESTS)
        mirrored = SOURCE / place.parent / place.stem.removeprefix("test_")
        if not (mirrored.is_dir() or mirrored.with_suffix(".py").is_file()):
            yield place.as_posix()


def texts() -> Iterator[tuple[str, str]]:
    """Every file of the repository, committed or about to be, that is text."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes():
            yield name, path.read_text(encoding="utf-8")


def test_a_function_fits_on_a_screen() -> None:
    assert without_exceptions(long_functions()) == []


def test_a_file_can_be_read_in_one_sitting() -> None:
    assert without_exceptions(long_files()) == []


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    assert without_exceptions(full_folders()) == []


def test_no_class_stands_on_a_tower_of_ours() -> None:
    assert without_exceptions(deep_classes()) == []


def test_every_file_is_named_after_what_lives_in_it() -> None:
    words = {shown(path): set(path.stem.split("_")) for path in code_files()}
    folders = {shown(path.parent): set(path.parent.name.split("_")) for path in code_files()}
    assert [name for name, said in (words | folders).items() if said & SAYS_NOTHING] == []


def test_every_test_file_stands_where_its_source_stands() -> None:
    assert [name for name in orphan_tests() if name not in MIRROR_NOTHING] == []


def test_every_exception_is_still_needed() -> None:
    found = [*long_functions(), *long_files(), *full_folders(), *deep_classes()]
    assert EXCEPTIONS.keys() <= {line.split(" ")[0] for line in found}
    assert set(MIRROR_NOTHING) <= set(orphan_tests())


def test_no_file_names_a_package_registry() -> None:
    assert [name for name, text in texts() if REGISTRY_HOST.search(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert [name for name, text in texts() if MACHINE_PATH.search(text)] == []


def test_a_test_has_the_same_name_in_every_process(request: pytest.FixtureRequest) -> None:
    names = [item.nodeid for item in request.session.items]
    assert [name for name in names if CHANGES.search(name) or tempfile.gettempdir() in name] == []
    assert len(names) == len(set(names))


def test_the_package_offers_ten_names_at_most() -> None:
    assert len(credence.__all__) <= PUBLIC_NAMES
