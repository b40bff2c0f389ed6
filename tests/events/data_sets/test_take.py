from pathlib import Path

import duckdb
import pytest

from credence import EventLog
from credence.errors import BackfillError, IntakeError, SourceNotFoundError
from credence.events.data_sets.take import import_data_set
from tests.world import NOW

# The books of a Czech bank with one account and one card.
BOOKS = {
    "account": "1 AS account_id, DATE '1995-01-01' AS date",
    "disp": "1 AS disp_id, 10 AS client_id, 1 AS account_id, 'OWNER' AS type",
    "card": "5 AS card_id, 1 AS disp_id, DATE '1995-02-03' AS issued",
    "order": "1 AS order_id, 1 AS account_id, 'AB' AS bank_to, 7 AS account_to, 5.0 AS amount, "
    "'household' AS k_symbol",
    "trans": "1 AS trans_id, 1 AS account_id, DATE '1995-01-02' AS date, 'credit' AS direction, "
    "'cash_deposit' AS operation, 5.0 AS amount, 5.0 AS balance, NULL::VARCHAR AS k_symbol, "
    "NULL::VARCHAR AS partner_bank, NULL::BIGINT AS partner_account",
}


def write_books(folder: Path) -> None:
    with duckdb.connect() as connection:
        for name, columns in BOOKS.items():
            connection.execute(f"COPY (SELECT {columns}) TO '{folder / name}.parquet' (FORMAT parquet)")


def test_a_data_set_enters_the_log_with_its_own_instants(log: EventLog, tmp_path: Path) -> None:
    write_books(tmp_path)
    report = import_data_set(log, "berka", tmp_path, NOW)
    assert report.sentences == []
    assert report.total("accepted") == sum(file.rows for file in log.files()) > 0
    years = log.reader().execute(f"SELECT DISTINCT year(recorded_at) FROM ({log.relation()})").fetchall()
    assert years == [(1995,)]


def test_a_data_set_without_its_tables_is_not_read(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        import_data_set(log, "berka", tmp_path, NOW)


def test_an_unknown_data_set_is_answered_with_the_known_ones(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        import_data_set(log, "fico", tmp_path, NOW)
    assert str(caught.value) == f"{tmp_path}: there is no data set 'fico'. Known data sets: berka."


def test_a_data_set_cannot_enter_a_log_from_which_scores_were_published(
    log: EventLog, tmp_path: Path
) -> None:
    log.manifest.publish("november")
    with pytest.raises(BackfillError, match="has a published run"):
        import_data_set(log, "berka", tmp_path, NOW)
