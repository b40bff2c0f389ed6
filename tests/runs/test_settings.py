from pathlib import Path

import pytest

from credence.errors import DefinitionError, SourceNotFoundError
from credence.runs.limits import USUAL, Limits
from credence.runs.schedule import Schedule
from credence.runs.settings import NO_ENGINE, RunSettings, read_settings
from tests.scorecards.cards import lab

WHOLE = """
name: monthly
log: ../log
runs: runs
scorecards: [everyday, everyday@1, mine/scorecard.yaml]
people: people.csv
contacts: everyday
engine: local[*]
schedule: {day: 6}
limits:
  psi_most: 0.2
  people_change_share_most: off
  unscorable_share_most: 1
  csi_points_most: 12
  furnisher_silent_days_most: 40
  group_ratio_least: 0.8
groups: ../groups.csv
cut_off: 640
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "monthly.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    """What is wrong with a file of settings, with the lines."""
    with pytest.raises(DefinitionError) as caught:
        read_settings(written(folder, text))
    return [str(fault) for fault in caught.value.faults]


def test_relative_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scorecard.yaml").write_text(lab(), encoding="utf-8")
    assert read_settings(written(tmp_path, WHOLE)) == RunSettings(
        name="monthly",
        log=tmp_path / "../log",
        runs=tmp_path / "runs",
        scorecards=("everyday", "everyday@1", str(tmp_path / "mine/scorecard.yaml")),
        people=tmp_path / "people.csv",
        contacts="everyday",
        engine="local[*]",
        schedule=Schedule(6),
        limits=Limits(
            psi_most=0.2,
            unscorable_share_change_most=0.1,
            unscorable_share_most=1.0,
            csi_points_most=12.0,
            furnisher_silent_days_most=40,
            group_ratio_least=0.8,
        ),
        groups=tmp_path / "../groups.csv",
        cut_off=640,
    )


def test_absolute_paths_stay_as_they_are(tmp_path: Path) -> None:
    log = tmp_path / "elsewhere" / "log"
    assert read_settings(written(tmp_path, f"log: {log}")).log == log


def test_what_is_not_said_is_left_to_the_command_and_the_usual_limits(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "name: monthly")) == RunSettings(name="monthly")
    assert RunSettings().limits == USUAL


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = """log: 3
folder: runs
scorecards: [everyday, evryday, everyday, ""]
schedule: {day: 32, time: none}
limits:
  psi_mast: 0.2
  csi_points_most: -1
  unscorable_share_most: 10
  mean_change_points_most: soon
  furnisher_silent_days_most: 90
"""
    found = faults(tmp_path, text)
    assert [fault.split(":")[0] for fault in found] == [
        "line 1, log", "line 2, folder", "line 3, scorecards[2]", "line 3, scorecards[3]",
        "line 3, scorecards[4]", "line 4, schedule.day", "line 4, schedule.time",
        "line 6, limits.psi_mast", "line 7, limits.csi_points_most", "line 8, limits.unscorable_share_most",
        "line 9, limits.mean_change_points_most", "line 10, limits.furnisher_silent_days_most",
    ]  # fmt: skip
    assert "Did you mean 'psi_most'?" in found[7]
    assert "There is no scorecard named " in found[2]
    assert "must be a share from 0 to 1 (0.1 is 10 %), or off, not '10'." in found[9]
    assert found[8].endswith("must be at least 0, or off, not '-1'.")
    assert found[11].endswith("must be at most 58, not 90.")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- everyday", "line 1: must be a mapping (name: value), not a list."),
        ("scorecards: []", "line 1, scorecards: names no scorecard: name one, or leave the key out."),
        ("scorecards: everyday", "line 1, scorecards: must be a list, not 'everyday'."),
        ("engine: duckdb", f"line 1, engine: {NO_ENGINE.format('duckdb')}"),
        ("engine:", "line 1, engine: must be a text, not nothing."),
        ("schedule: {}", "line 1, schedule: 'day' is missing."),
        ("schedule: 6", "line 1, schedule: must be a mapping (name: value), not '6'."),
        ("limits: off", "line 1, limits: must be a mapping (name: value), not 'off'."),
        (
            "limits:\n  psi_most: off\n  psi_most: 1",
            "line 3, limits.psi_most: 'psi_most' is given twice: keep one.",
        ),
        (
            "limits: {group_ratio_least: 80}",
            "line 1, limits.group_ratio_least: must be a share from 0 to 1 (0.1 is 10 %), or off, not '80'.",
        ),
        ("cut_off: high", "line 1, cut_off: must be a whole number, not 'high'."),
        ("", "line 1: The file is empty."),
    ],
)
def test_what_is_no_settings_is_told(tmp_path: Path, text: str, fault: str) -> None:
    assert faults(tmp_path, text) == [fault]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        read_settings(tmp_path / "none.yaml")
