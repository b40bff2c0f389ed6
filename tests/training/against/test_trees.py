import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from credence.errors import CeilingExtraMissingError
from credence.training import figures
from credence.training.against.trees import Tuning, booster, grown
from credence.training.columns import Column, Table
from tests.training.tables import people, table

FEW = Tuning(tried=((1, 2, 0.1, 20, 1.0), (4, 12, 0.1, 20, 1.0)), inner=2, rounds_most=60, patience=10)


def test_trees_find_what_two_answers_tell_together() -> None:
    chance = np.random.Generator(np.random.PCG64(1))
    one, other = chance.normal(size=1500), chance.choice(["a", "b"], 1500)
    bad = chance.random(1500) < np.where((one > 0) == (other == "a"), 0.9, 0.1)
    texts = np.array([None if n > 2 else str(text) for n, text in zip(one, other, strict=True)], dtype=object)
    asked = [Column("one", one), Column("other", texts=texts)]
    crossed = table(asked, bad.astype(np.float64).tolist())
    told: list[tuple[int, int]] = []
    found = grown(crossed, None, 5, lambda done, total: told.append((done, total)), FEW)
    assert figures.auc(-found.chances, crossed.bad) > 0.85
    assert {settings[0] for settings in found.chosen} == {4}
    assert min(found.rounds) >= 1
    assert told[-1] == (25, 25) == (FEW.steps(5), FEW.steps(5))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_the_same_rows_grow_the_same_trees() -> None:
    first, again = (grown(people(500), None, 7, lambda _done, _total: None, FEW) for _ in range(2))
    assert first.chances.tolist() == again.chances.tolist()


def test_a_fold_is_not_seen_by_its_trees() -> None:
    """Outcomes that are turned around in one fold change none of its chances."""
    asked = people(500)
    turned = np.where(asked.folds == 2, 1 - asked.bad, asked.bad)
    other = Table(asked.columns, turned, asked.folds, 0)
    mine, theirs = (grown(each, None, 7, lambda _done, _total: None, FEW).chances for each in (asked, other))
    assert mine[asked.folds == 2].tolist() == theirs[asked.folds == 2].tolist()
    assert mine[asked.folds == 1].tolist() != theirs[asked.folds == 1].tolist()


def test_later_rows_are_told_by_trees_of_all_others() -> None:
    asked, told = people(600), list[tuple[int, int]]()
    columns = [column.taken(np.arange(600) < 300) for column in people(600, seed=8).columns]
    columns[2] = Column("purpose", texts=np.array(["yacht", *columns[2].numbered()[0]] * 75, dtype=object))
    later = table(columns, people(600, seed=8).bad[:300].tolist())
    found = grown(asked, later, 7, lambda done, total: told.append((done, total)), FEW)
    assert figures.auc(-found.later, later.bad) > 0.65
    assert len(found.chosen) == len(found.rounds) == 6
    assert told[-1] == (FEW.steps(6), FEW.steps(6))
    alone = grown(asked, None, 7, lambda _done, _total: None, FEW)
    assert alone.chances.tolist() == found.chances.tolist()
    assert len(alone.later) == 0


def test_where_the_package_is_missing_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(CeilingExtraMissingError, match=r"pip install 'credence\[ceiling\]'"):
        booster()


def test_where_the_system_lacks_a_library_the_sentence_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "lightgbm.py").write_text("raise OSError('libgomp.so.1: cannot open')\n", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "lightgbm", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(
        CeilingExtraMissingError, match=r"libgomp.so.1: cannot open.*apt-get install libgomp1"
    ):
        booster()


def test_the_package_is_not_looked_for_until_trees_are_asked_for() -> None:
    loaded = "import sys, credence.training.run; print('lightgbm' in sys.modules, 'scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
    assert told.stdout == "False False\n"
