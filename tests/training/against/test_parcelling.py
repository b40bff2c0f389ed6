from pathlib import Path

import numpy as np
import pytest

from credence.training.against.parcelling import RATE_MOST, Parcel, Refused, by_column, inferred, parcelled
from credence.training.applied import applied
from credence.training.evidence import Evidence
from tests.training.tables import numbers, people, table, texts


def test_everybody_with_a_score_is_in_one_parcel(evidence: Evidence) -> None:
    refused = people(500, seed=11)
    found, unscored = parcelled(evidence, refused)
    assert unscored == 0
    assert sum(parcel.refused for parcel in found.parcels) == 500
    assert sum(parcel.rows for parcel in found.parcels) == 1200
    bad = sum(parcel.rows * parcel.bad_rate for parcel in found.parcels)
    assert bad == pytest.approx(evidence.table.bad.sum())
    assert found.parcels[-1].below is None
    for number, parcel in enumerate(found.parcels[:-1]):
        assert parcel.below is not None
        assert (found.scores[found.places == number] < parcel.below).all()
    assert found.parcels[0].bad_rate > found.parcels[-1].bad_rate


def test_rows_without_a_score_are_in_none(evidence: Evidence) -> None:
    columns = [
        numbers("Debt", [1, 2]), numbers("age", [None, 30]), texts("purpose", ["car", "car"]),
        numbers("late", [1, 2]),
    ]  # fmt: skip
    found, unscored = parcelled(evidence, table(columns, [0.0, 0]))
    assert (len(found.scores), unscored) == (1, 1)


def test_outcomes_are_as_many_as_the_rate_times_the_factor_says() -> None:
    parcels = [Parcel(500, 40, 0.4, 50), Parcel(None, 40, 0.1, 100)]
    places = np.array([0] * 50 + [1] * 100)
    refused = Refused(people(150), np.zeros(150), places, parcels)
    for factor, low, high in ((1.0, 20, 10), (1.5, 30, 15), (9.0, round(50 * RATE_MOST), 90)):
        outcomes = refused.outcomes(factor, 3)
        assert (outcomes[:50].sum(), outcomes[50:].sum()) == (low, high)
    assert refused.outcomes(1.0, 3).tolist() == refused.outcomes(1.0, 3).tolist()
    assert refused.outcomes(1.0, 3).tolist() != refused.outcomes(1.0, 4).tolist()
    # Whoever is taken to be bad stays so where the factor is greater.
    assert (refused.outcomes(1.0, 3) <= refused.outcomes(1.5, 3)).all()


def test_those_with_outcomes_keep_them_and_their_folds(evidence: Evidence) -> None:
    refused, _ = parcelled(evidence, people(300, seed=12))
    found = inferred(evidence, refused, 1.2)
    assert found.table.bad[found.known].tolist() == evidence.table.bad.tolist()
    assert found.table.folds[found.known].tolist() == evidence.table.folds.tolist()
    assert (len(found.scores), int((~found.known).sum())) == (1500, 300)


def test_points_by_column_add_up_to_the_score(evidence: Evidence, folder: Path) -> None:
    parts = by_column(evidence.fit, evidence.points, evidence.table)
    scores, _ = applied(evidence.fit, evidence.points, evidence.table)
    assert (sum(parts.values()) + evidence.points.base).tolist() == scores.tolist()  # type: ignore[union-attr]
