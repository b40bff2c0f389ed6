from dataclasses import replace

import numpy as np
import pytest

from credence.training.evidence import Evidence
from credence.training.report import reliability_section as looked
from credence.training.report.reliability_section import reliability_section


def test_chances_out_of_fold_are_right_but_for_chance(by_chance: Evidence) -> None:
    section = reliability_section(by_chance)
    assert isinstance(section.facts, dict)
    assert section.facts["calibration_error"] <= section.facts["calibration_error_by_chance"]
    assert not section.warns
    assert "nineteen times of twenty" in section.says[0]
    within = [tenth["low"] <= tenth["predicted"] <= tenth["high"] for tenth in section.facts["tenths"]]
    assert sum(within) >= 8
    assert [picture.title for picture in section.pictures] == ["Predicted and seen"]


def moved(evidence: Evidence, by: float) -> Evidence:
    """The same with chances that are all off."""
    found = replace(evidence)
    found.__dict__["held"] = replace(evidence.folded, chances=np.clip(evidence.chances + by, 0.01, 0.99))
    return found


def test_chances_that_are_far_off_warn(by_chance: Evidence) -> None:
    section = reliability_section(moved(by_chance, 0.15))
    assert section.warns
    assert section.says[0].endswith("and far enough to mislead.")
    assert isinstance(section.facts, dict)
    assert section.facts["predicted"] - section.facts["seen"] == pytest.approx(0.15, abs=0.03)


def test_chances_that_are_off_by_little_do_not(by_chance: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked, "ERROR_MOST", 0.5)
    section = reliability_section(moved(by_chance, 0.15))
    assert not section.warns
    assert section.says[0].endswith("but not far.")
