"""`everyday` on the Czech bank's people; skips where the data is not there."""

import os
from pathlib import Path

import pytest

from bench.berka import auc, errors, ks, ranked

ROOT = Path(__file__).parents[2]
BANK = Path(os.environ.get("CREDENCE_DATA", ROOT.parent / "shared" / "data")) / "berka"


@pytest.mark.skipif(not (BANK / "loan.parquet").is_file(), reason="the bank's tables are not here")
def test_the_expert_points_rank_good_loans_above_bad_ones(tmp_path: Path) -> None:
    scored, without = ranked(BANK, tmp_path)

    assert (len(scored), without) == (391, 1)
    assert auc(scored) - 2 * errors(scored)[0] > 0.65
    assert ks(scored) > 0.4


def test_auc_and_ks_of_a_worked_sample() -> None:
    scored = [(594, False)] * 400 + [(594, True)] * 10 + [(580, False)] * 500 + [(580, True)] * 20
    scored += [(497, False)] * 100 + [(497, True)] * 70

    assert auc(scored) == pytest.approx(0.815)
    assert ks(scored) == pytest.approx(0.60)
