from pathlib import Path

import msgspec
import pytest

from credence.cli.runs.report import read_report, report_lines
from credence.errors import RunDamagedError, RunNotFoundError

BAND = {"band": "low", "people": 1200, "before": 3}
CARD = {
    "scorecard": "everyday", "version": 1, "people": 1200, "scored": 900, "mean": 512.25, "mean_change": -3.5,
    "psi": 0.3, "meaning": "shifted", "bands": [BAND], "before": {"as_of": "2026-10-06"},
    "unscorable": [{"code": "few", "sentence": "Too little is known.", "people": 300, "before": None}],
    "characteristics": [
        {"name": f"c{n}", "psi": n / 10, "meaning": "stable", "csi": (-1.5, None)[n // 6]} for n in range(7)
    ],
}  # fmt: skip
REPORT = {
    "as_of": "2026-11-06", "known_at": "2026-11-07T08:00:00Z", "published": True, "accepted": "It is right.",
    "limits_reached": ["everyday: PSI 0.3."], "scorecards": [CARD],
    "furnishers": [
        {"name": "power", "month": 40, "month_before": 1000, "silent_days": 1},
        {"name": "water", "month": 0, "month_before": 0, "silent_days": None},
    ],
}  # fmt: skip


def written(folder: Path, report: object) -> Path:
    (folder / "report.json").write_bytes(msgspec.json.encode(report))
    return folder


def test_the_main_facts_stand_in_columns(tmp_path: Path) -> None:
    assert (
        "\n".join(report_lines(written(tmp_path, REPORT)))
        == f"""\
As of 2026-11-06, as known at 2026-11-07T08:00:00Z: published.
- everyday: PSI 0.3.
Accepted: It is right.

everyday@1: 1,200 people, 900 with a score, on average 512.2 (-3.5 since 2026-10-06).
PSI 0.3000 since 2026-10-06: shifted.
Bands (the last run)
  low  1,200  (3)
Without a score (the last run)
  few: Too little is known.  300
Characteristics that moved most: PSI (CSI in points)
  c6, stable  0.6000
  c5, stable  0.5000  (-1.50)
  c4, stable  0.4000  (-1.50)
  c3, stable  0.3000  (-1.50)
  c2, stable  0.2000  (-1.50)

Events of furnishers, last month (the month before)
  power, newest 1 day before  40  (1,000)
  water, never an event        0      (0)

The whole report: {tmp_path / "report.html"}"""
    )


def test_without_a_last_run_a_scorecard_or_furnishers_less_is_told(tmp_path: Path) -> None:
    card = CARD | {"before": None, "mean": None, "mean_change": None, "psi": None, "meaning": None}
    card |= {"bands": [], "unscorable": []}
    card |= {"characteristics": [{"name": "c", "psi": None, "meaning": None, "csi": None}]}
    bare = REPORT | {"published": False, "accepted": None, "scorecards": [card], "furnishers": []}
    assert report_lines(written(tmp_path, bare))[2:] == [
        "",
        "everyday@1: 1,200 people, 900 with a score.",
        "",
        f"The whole report: {tmp_path / 'report.html'}",
    ]


def test_groups_are_told_by_their_lowest_ratio(tmp_path: Path) -> None:
    columns = [
        {"column": "sex", "lowest_group": "women", "lowest_ratio": 0.5},
        {"column": "region", "lowest_group": None, "lowest_ratio": None},
    ]
    card = CARD | {"groups": {"cut_off": 600, "columns": columns}}
    lines = report_lines(written(tmp_path, REPORT | {"scorecards": [card]}))
    start = lines.index("Groups: the lowest ratio of 600 and above to the most favoured")
    assert lines[start + 1 : start + 3] == [
        "  sex, women                  0.500",
        "  region, nothing to compare",
    ]
    card = CARD | {"groups": {"cut_off": None, "columns": columns[1:]}}
    lines = report_lines(written(tmp_path, REPORT | {"scorecards": [card]}))
    assert "Groups: the lowest ratio to the most favoured" in lines


@pytest.mark.parametrize("report", [b"", b"{", b'"\xff"', b"{}", b"[]"])
def test_a_report_that_is_none_is_told(tmp_path: Path, report: bytes) -> None:
    (tmp_path / "report.json").write_bytes(report)
    with pytest.raises(RunDamagedError, match=r"its report\.json cannot be read"):
        report_lines(tmp_path)


def test_a_folder_without_a_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunNotFoundError):
        read_report(tmp_path)
