"""What is installed: few packages, small, pinned, and complete."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
LOCKS = [f"requirements{which}.lock" for which in ("", "-build", "-server", "-dev")]

PACKAGES = 15  # with credence itself
MEGABYTES = 150


def pinned(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def bytes_of(files: list[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def installed_bytes(package: str) -> int:
    found = distribution(package)
    return bytes_of([Path(str(found.locate_file(file))) for file in found.files or []])


def files_of_the_package() -> set[str]:
    found = (path for path in (SOURCE / "credence").rglob("*") if path.is_file())
    return {path.relative_to(SOURCE).as_posix() for path in found if "__pycache__" not in path.parts}


def headings_of_the_changelog() -> list[str]:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)


def test_the_core_is_at_most_15_packages() -> None:
    assert len({*pinned("requirements.lock"), "credence"}) <= PACKAGES


def test_the_core_is_at_most_150_megabytes() -> None:
    ours = bytes_of([SOURCE / file for file in files_of_the_package()])
    theirs = sum(installed_bytes(package) for package in pinned("requirements.lock"))
    assert ours + theirs <= MEGABYTES * 1_000_000


def test_what_is_installed_is_what_is_pinned() -> None:
    for package, version in pinned("requirements.lock").items():
        assert distribution(package).version == version


def test_spark_is_an_extra_of_which_the_tests_run_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = set(project["project"]["optional-dependencies"]["spark"])
    assert asked <= {*project["dependency-groups"]["dev"][1:]}


def test_spark_is_not_looked_for_until_it_is_asked_for() -> None:
    loaded = "import sys, credence.cli; print({'py4j', 'pyspark'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert told.stdout == "set()\n"


def test_boosted_trees_are_an_extra_that_training_does_not_need() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    assert not [name for name, needs in extras.items() if name != "ceiling" and "lightgbm" in str(needs)]
    assert set(extras["train"]) <= set(extras["ceiling"])
    assert not {"lightgbm", "scipy"} & pinned("requirements-server.lock").keys()
    assert {"lightgbm", "numpy"} <= pinned("requirements-dev.lock").keys()


def test_developers_run_the_versions_that_users_get() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-server.lock").items()
    assert pinned("requirements-server.lock").items() <= pinned("requirements-dev.lock").items()
    assert pinned("requirements-build.lock").items() <= pinned("requirements-dev.lock").items()


def test_every_pinned_package_has_hashes_and_no_address() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "//" not in text
        assert all("--hash=sha256:" in part for part in re.split(r"\n(?=\w)", text))


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert files_of_the_package() <= set(zipfile.ZipFile(wheel).namelist())


def test_the_latest_release_says_first_what_moves_scores() -> None:
    headings = headings_of_the_changelog()
    releases = [i for i, heading in enumerate(headings) if re.search(r"\d|unreleased", heading.lower())]
    assert headings[releases[0] + 1] == "Scores"
