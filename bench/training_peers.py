"""What others make of the same tables on the same folds: runs in .venv-training (`make bench-training`).

Everything of theirs that is chosen is chosen on the rows that a fold does not hold out. The figures go to
training_peers.json. `python -m bench.training_peers [--sets PART] [--only NAME]` measures some again.
"""

import argparse
import json
import warnings
from collections.abc import Callable
from dataclasses import astuple
from time import perf_counter, process_time
from typing import Any

from bench.training import PEERS, REFERENCE, Result
from bench.training_sets import SETS, Set
from credence.training import figures
from credence.training.arrays import Flags, Floats

# isort: split
import lightgbm
import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier
from optbinning import BinningProcess, Scorecard
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

# Leaves, rows a leaf at least, part of the columns, penalty; the depth stands before.
TRIED = (
    (1, 2, 20, 1.0, 1.0),
    (2, 4, 20, 0.8, 1.0),
    (2, 4, 100, 0.5, 10.0),
    (3, 8, 20, 0.8, 1.0),
    (3, 8, 100, 0.5, 10.0),
    (4, 12, 50, 0.5, 5.0),
    (5, 16, 50, 0.8, 1.0),
    (6, 31, 100, 0.5, 10.0),
    (6, 31, 20, 0.8, 1.0),
    (8, 63, 200, 0.5, 10.0),
)
ROUNDS, PATIENCE, INNER = 3000, 60, 5
# A fit of theirs: rows to learn from and to score, and what it takes to read them.
Frame = pd.DataFrame
Scored = tuple[Callable[[Frame], Any], int]


def frame(found: Set) -> Frame:
    """The columns; texts are categories."""
    made = {c.name: c.numbers if c.texts is None else pd.Categorical(c.texts) for c in found.columns}
    return pd.DataFrame(made)


def boosted(table: Frame, bad: Floats, _found: Set) -> Scored:
    """LightGBM: ten settings, each stopped early on inner folds, the one of least log-loss fitted again."""
    folds = list(StratifiedKFold(INNER, shuffle=True, random_state=1).split(table, bad))
    best: tuple[float, int, dict[str, Any]] | None = None
    for tried in TRIED:
        settings = _settings(tried)
        whole = lightgbm.Dataset(table, bad, free_raw_data=False)
        stop = lightgbm.early_stopping(PATIENCE, verbose=False)
        losses = lightgbm.cv(settings, whole, ROUNDS, folds=folds, callbacks=[stop])[
            "valid binary_logloss-mean"
        ]
        if best is None or min(losses) < best[0]:
            best = min(losses), int(np.argmin(losses)) + 1, settings
    assert best is not None, "some setting was tried"
    model = lightgbm.train(best[2], lightgbm.Dataset(table, bad), best[1])
    leaves = sum(tree["num_leaves"] for tree in model.dump_model()["tree_info"])
    return (lambda rows: model.predict(rows, num_threads=1)), leaves


def _settings(tried: tuple[float, ...]) -> dict[str, Any]:
    depth, leaves, rows, columns, penalty = tried
    return {
        "objective": "binary",
        "metric": "binary_logloss",
        "learning_rate": 0.03 if depth > 1 else 0.1,
        "max_depth": int(depth),
        "num_leaves": int(leaves),
        "min_data_in_leaf": int(rows),
        "feature_fraction": columns,
        "lambda_l2": penalty,
        "num_threads": 1,
        "seed": 1,
        "deterministic": True,
        "verbose": -1,
    }


def logistic(table: Frame, bad: Floats, _found: Set) -> Scored:
    """Logistic regression on scaled numbers and one-hot categories."""
    texts = list(table.select_dtypes("category"))
    numbers = [name for name in table if name not in texts]
    prepared = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore"), texts),
    )
    model = make_pipeline(prepared, LogisticRegression(max_iter=1000)).fit(table, bad)
    return (lambda rows: model.predict_proba(rows)[:, 1]), model[-1].coef_.size


def opt_binning(table: Frame, bad: Floats, found: Set) -> Scored:
    """OptBinning's scorecard."""
    plain = _plain(table)
    texts = list(table.select_dtypes("category"))
    codes = [float(value) for value in found.wishes.specials] or None
    process = BinningProcess(list(plain), categorical_variables=texts or None, special_codes=codes)
    card = Scorecard(
        binning_process=process,
        estimator=LogisticRegression(max_iter=1000),
        scaling_method="pdo_odds",
        scaling_method_params={"pdo": 20, "odds": 50, "scorecard_points": 600},
    )
    card.fit(plain, bad.astype(int), metric_special="empirical", metric_missing="empirical")
    lines = card.table(style="detailed")
    return (lambda rows: card.predict_proba(_plain(rows))[:, 1]), int((lines["Count"] > 0).sum())


def _plain(table: Frame) -> Frame:
    return table.astype(dict.fromkeys(table.select_dtypes("category"), object))


def explainable(table: Frame, bad: Floats, _found: Set) -> Scored:
    """EBM without pairs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ExplainableBoostingClassifier(interactions=0, n_jobs=1, random_state=1)
        model.fit(_plain(table), bad)
    lines = sum(int(np.unique(scores).size) for scores in model.term_scores_)
    return (lambda rows: model.predict_proba(_plain(rows))[:, 1]), lines


PEERS_OF: dict[str, Callable[[Frame, Floats, Set], Scored]] = {
    REFERENCE: boosted,
    "EBM without pairs": explainable,
    "OptBinning": opt_binning,
    "Logistic regression": logistic,
}


def measured(fit: Callable[[Frame, Floats, Set], Scored], found: Set, unseen: Flags) -> Result:
    """Fit all rows but those of a fold, and score these."""
    table = frame(found)
    started = process_time()
    predict, lines = fit(table[~unseen], found.bad[~unseen], found)
    seconds = process_time() - started
    rows, bad = table[unseen], found.bad[unseen]
    started = perf_counter()
    chances = np.asarray(predict(rows), dtype=np.float64)
    nanoseconds = (perf_counter() - started) * 1e9 / len(bad)
    return Result(figures.auc(-chances, bad), figures.log_loss(chances, bad), lines, seconds, nanoseconds)


def main() -> None:
    """Measure, and write what was found after each table and peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", nargs="+", default=[""], help="parts of the names of tables")
    parser.add_argument("--only", nargs="+", default=[""], help="parts of the names of peers")
    options = parser.parse_args()
    kept = json.loads(PEERS.read_text(encoding="utf-8")) if PEERS.is_file() else {}
    for name, (path, load) in SETS.items():
        if not path.is_file() or not any(asked.lower() in name.lower() for asked in options.sets):
            continue
        found = load()
        for peer, fit in PEERS_OF.items():
            if any(asked.lower() in peer.lower() for asked in options.only):
                results = [measured(fit, found, unseen) for unseen in found.held_out]
                kept.setdefault(name, {})[peer] = [_short(result) for result in results]
                print(f"{name}, {peer}: AUC {np.mean([r.auc for r in results]):.4f}", flush=True)
                PEERS.write_text(_text(kept), encoding="utf-8")


def _short(result: Result) -> list[float]:
    auc, lost, lines, seconds, nanoseconds = astuple(result)
    return [round(auc, 6), round(lost, 6), lines, round(seconds, 2), round(nanoseconds)]


def _text(kept: dict[str, Any]) -> str:
    """JSON with a line for each peer's folds."""
    tables = [
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(p)}: {json.dumps(r)}" for p, r in peers.items())
        + "\n}"
        for name, peers in kept.items()
    ]
    return "{\n" + ",\n".join(tables) + "\n}\n"


if __name__ == "__main__":
    main()
