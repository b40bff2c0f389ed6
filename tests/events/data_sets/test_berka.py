"""The reader of the Czech bank's books: on a made-up bank, and on the real one where it is at hand."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import duckdb
import pytest

from credence.errors import IntakeError, SourceNotFoundError
from credence.events.batches import ImportOptions, ImportReport, import_staged
from credence.events.data_sets import berka
from credence.events.intake import Intake
from credence.events.log import EventLog, connect
from credence.events.manifest import silent

Row = dict[str, str | None]
Values = tuple[object, ...]

ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("CREDENCE_DATA", ROOT.parent / "shared" / "data")) / "berka"
real_data = pytest.mark.skipif(not REAL.is_dir(), reason=f"the Czech bank's books are not at {REAL}")

TABLES = {
    "account": "account_id BIGINT, date DATE",
    "disp": "disp_id BIGINT, client_id BIGINT, account_id BIGINT, type VARCHAR",
    "card": "card_id BIGINT, disp_id BIGINT, issued DATE",
    "order": "order_id BIGINT, account_id BIGINT, bank_to VARCHAR, account_to BIGINT, amount DOUBLE, "
    "k_symbol VARCHAR",
    "trans": "trans_id BIGINT, account_id BIGINT, date DATE, direction VARCHAR, operation VARCHAR, "
    "amount DOUBLE, balance DOUBLE, k_symbol VARCHAR, partner_bank VARCHAR, partner_account BIGINT",
}
BANK: dict[str, list[Values]] = {
    "account": [(1, "1995-01-01")],
    "disp": [(1, 10, 1, "OWNER"), (2, 11, 1, "DISPONENT")],
    "card": [(5, 1, "1995-02-03"), (6, 2, "1995-02-04")],
    "order": [],
    "trans": [],
}


def bank(folder: Path, **tables: list[Values]) -> Path:
    """The books of one account, opened on 1995-01-01, with these tables instead of its own."""
    folder.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        for name, rows in (BANK | tables).items():
            connection.execute(f'CREATE TABLE "{name}" ({TABLES[name]})')
            marks = ", ".join("?" * (TABLES[name].count(",") + 1))
            if rows:
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
            connection.execute(f"COPY \"{name}\" TO '{folder / name}.parquet'")
    return folder


def cash(number: int, day: str, amount: float, balance: float) -> Values:
    """Cash paid in, or taken out where the amount is negative."""
    words = ("credit", "cash_deposit") if amount > 0 else ("debit", "cash_withdrawal")
    return (number, 1, day, *words, abs(amount), balance, None, None, None)


def sent(number: int, day: str, amount: float, symbol: str | None = None) -> Values:
    """Money sent to account 777 at the bank AB."""
    return (number, 1, day, "debit", "transfer_out", amount, 0.0, symbol, "AB", 777)


def staged(folder: Path, kinds: Iterable[str] = ()) -> list[Row]:
    """The rows that come of a bank's books, of these kinds or of all, without what they do not say."""
    with connect() as connection:
        berka.stage(connection, folder, [], folder)
        cursor = connection.execute("SELECT * EXCLUDE (row) FROM staged ORDER BY row")
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    said = [{name: value for name, value in row.items() if value is not None} for row in rows]
    return [row for row in said if not kinds or row["kind"] in kinds]


def balances(folder: Path) -> list[tuple[str | None, str | None, str | None]]:
    """What the books report of balances: when, the lowest, and how many days it covers."""
    reported = staged(folder, ["balance.reported"])
    return [(row["occurred_at"], row["balance_lowest"], row.get("cover_days")) for row in reported]


def asked(question: str) -> list[Values]:
    """What DuckDB answers to a question."""
    with connect() as connection:
        return connection.execute(question).fetchall()


def imported(folder: Path, log: EventLog) -> ImportReport:
    """What becomes of a bank's books in a log."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    intake = Intake(log.vocabulary, log.manifest.settings, "2026-01-01", backfill=True)

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        berka.stage(connection, folder, intake.columns(), scratch)

    return import_staged(log, intake, stage, now, (ImportOptions(backfill=True), None, silent))


@pytest.mark.parametrize(
    ("operation", "symbol", "kind"),
    [
        ("cash_deposit", None, "deposit.made"),
        ("cash_withdrawal", None, "cash.withdrawn"),
        ("card_withdrawal", None, "cash.withdrawn"),
        ("transfer_in", None, "transfer.received"),
        ("transfer_in", "pension", "income.received"),
        ("transfer_out", None, "transfer.sent"),
        ("transfer_out", "leasing", "transfer.sent"),
        ("transfer_out", "household", "bill.settled"),
        ("cash_withdrawal", "household", "bill.settled"),
        ("transfer_out", "insurance", "insurance.paid"),
        ("cash_withdrawal", "statement_fee", "fee.charged"),
        ("cash_withdrawal", "overdraft_interest", "overdraft.charged"),
        (None, "interest_credited", "interest.credited"),
    ],
)
def test_the_symbol_says_the_kind_and_the_operation_where_it_does_not(
    tmp_path: Path, operation: str | None, symbol: str | None, kind: str
) -> None:
    trans = (7, 1, "1995-01-05", "credit", operation, 12.5, 12.5, symbol, None, None)
    (row,) = staged(bank(tmp_path, trans=[trans]), [kind])
    assert (row["event_id"], row["amount"], row["currency"]) == ("trans-7", "1250", "CZK")


def test_a_pension_is_income_and_a_household_payment_claims_no_punctuality(tmp_path: Path) -> None:
    pension = (1, 1, "1995-01-05", "credit", "transfer_in", 5000.0, 5000.0, "pension", "CD", 9)
    folder = bank(tmp_path, trans=[pension, sent(2, "1995-01-06", 80.0, "household")])
    income, household = staged(folder, ["income.received", "bill.settled"])
    assert (income["source"], income["counterparty"]) == ("pension", "CD-9")
    assert household["counterparty"] == "AB-777"
    assert "days_late" not in household


def test_amounts_are_read_from_their_decimals_to_the_cent(tmp_path: Path) -> None:
    said = (0.1, 0.29, 14.6, 1.1, 78900.0, 1234567.89)
    trans = [cash(number, "1995-01-05", amount, 0.0) for number, amount in enumerate(said)]
    amounts = [row["amount"] for row in staged(bank(tmp_path, trans=trans), ["deposit.made"])]
    assert amounts == ["10", "29", "1460", "110", "7890000", "123456789"]


def test_everything_is_the_owners_and_a_card_of_anyone_else_is_left_out(tmp_path: Path) -> None:
    rows = staged(bank(tmp_path, trans=[cash(7, "1995-03-01", 1.0, 1.0)]))
    assert [row["event_id"] for row in rows[:2]] == ["account-1", "card-5"]
    assert {row["person_id"] for row in rows} == {"client-10"}


def test_everything_is_recorded_on_the_day_it_happened(tmp_path: Path) -> None:
    trans = [cash(1, "1995-01-01", 900.0, 900.0), cash(2, "1995-02-28", -1.0, 899.0)]
    rows = staged(bank(tmp_path, trans=trans))
    assert {row["kind"] for row in rows} >= {"account.opened", "balance.reported", "deposit.made"}
    assert [row["recorded_at"] for row in rows] == [row["occurred_at"] for row in rows]


def test_an_order_starts_with_its_first_payment_and_without_one_is_left_out(tmp_path: Path) -> None:
    orders: list[Values] = [
        (31, 1, "AB", 777, 80.0, None),
        (32, 1, "AB", 777, 81.0, None),
        (33, 1, "CD", 777, 80.0, None),
    ]
    trans = [sent(2, "1995-03-05", 80.0), sent(3, "1995-02-05", 80.0)]
    (start,) = staged(bank(tmp_path, order=orders, trans=trans), ["standing_order.started"])
    assert (start["event_id"], start["occurred_at"]) == ("order-31", "1995-02-05")
    assert (start["counterparty"], start["amount"]) == ("AB-777", "8000")


def test_a_loans_order_and_its_payments_are_no_events(tmp_path: Path) -> None:
    orders: list[Values] = [(31, 1, "AB", 777, 80.0, "loan_payment"), (32, 1, "AB", 777, 90.0, None)]
    trans = [
        sent(2, "1995-01-05", 80.0),
        sent(3, "1995-02-05", 80.0, "loan_payment"),
        sent(4, "1995-02-06", 90.0, "loan_payment"),
    ]
    rows = staged(bank(tmp_path, order=orders, trans=trans))
    assert [row["event_id"] for row in rows if row["kind"] != "balance.reported"] == [
        "account-1",
        "trans-2",
        "card-5",
    ]


def test_a_loans_payment_lowers_the_balance_of_its_month_and_is_no_usual_outgoing(tmp_path: Path) -> None:
    trans = [cash(1, "1995-01-01", 900.0, 900.0), cash(2, "1995-01-02", -310.0, 590.0)]
    payment = (3, 1, "1995-02-10", "debit", "transfer_out", 295.0, 295.0, "loan_payment", "AB", 777)
    february = cash(4, "1995-02-28", 1.0, 296.0)
    reported = balances(bank(tmp_path, trans=[*trans, payment, february]))
    assert reported == [("1995-02-01", "59000", "59"), ("1995-03-01", "29500", "56")]


def test_a_balance_is_reported_for_every_whole_month_that_the_books_reach_the_end_of(tmp_path: Path) -> None:
    trans = [cash(1, "1995-01-02", 900.0, 900.0), cash(2, "1995-03-10", -300.0, 600.0)]
    opened_later: list[Values] = [(1, "1995-01-02")]
    until_the_tenth = balances(bank(tmp_path, account=opened_later, trans=trans))
    last_day = [*trans, cash(3, "1995-03-31", 50.0, 650.0)]
    until_the_end = balances(bank(tmp_path, account=opened_later, trans=last_day))
    assert until_the_tenth == [("1995-03-01", "90000", None)]
    assert until_the_end == [("1995-03-01", "90000", None), ("1995-04-01", "60000", "178")]


def test_cover_looks_back_three_months_and_no_further(tmp_path: Path) -> None:
    trans = [
        cash(1, "1995-01-01", 9000.0, 9000.0),
        cash(2, "1995-01-31", -5000.0, 4000.0),
        cash(3, "1995-02-01", -890.0, 3110.0),
        cash(4, "1995-04-30", 1.0, 3111.0),
    ]
    assert balances(bank(tmp_path, trans=trans))[-1] == ("1995-05-01", "311000", "311")


def test_cover_is_negative_after_an_overdrawn_day_however_small(tmp_path: Path) -> None:
    trans = [
        cash(1, "1995-01-01", 100.0, 100.0),
        cash(2, "1995-01-10", -100.1, -0.1),
        cash(3, "1995-01-31", 50.0, 49.9),
    ]
    assert balances(bank(tmp_path, trans=trans)) == [("1995-02-01", "-10", "-1")]


def test_a_day_ends_with_the_balance_that_its_sums_lead_to_whatever_the_numbers_say(tmp_path: Path) -> None:
    trans = [
        cash(1, "1995-01-01", 1000.0, 1000.0),
        cash(2, "1995-01-31", 400.0, 500.1),
        cash(3, "1995-01-31", -900.0, 100.1),
    ]
    assert balances(bank(tmp_path, trans=trans)) == [("1995-02-01", "50010", "17")]


def test_what_the_books_say_of_a_day_does_not_depend_on_later_days(tmp_path: Path) -> None:
    orders: list[Values] = [(31, 1, "AB", 777, 80.0, None)]
    early = [
        cash(1, "1995-01-01", 900.0, 900.0),
        sent(2, "1995-01-31", 80.0),
        cash(3, "1995-02-28", 1.0, 821.0),
    ]
    late = [sent(4, "1995-03-31", 80.0), cash(5, "1995-04-05", -800.0, -59.0)]
    cut = staged(bank(tmp_path / "early", order=orders, trans=early))
    whole = staged(bank(tmp_path / "late", order=orders, trans=early + late))
    assert cut == [row for row in whole if (row["occurred_at"] or "") <= "1995-03-01"]


def test_the_books_pass_the_intake_and_are_known_from_their_day_on(tmp_path: Path) -> None:
    orders: list[Values] = [(31, 1, "AB", 777, 80.0, None)]
    trans = [cash(1, "1995-01-01", 900.0, 900.0), sent(2, "1995-01-31", 80.0)]
    log = EventLog.create(tmp_path / "log")
    report = imported(bank(tmp_path / "bank", order=orders, trans=trans), log)
    known = log.events_of("client-10", datetime(1995, 1, 30))  # noqa: DTZ001  the log counts in UTC
    assert (report.sentences, report.total("accepted")) == ([], 6)
    assert {str(event["event_id"]) for event in known} == {"account-1", "trans-1"}


def test_rows_that_name_no_owner_or_no_known_operation_are_rejected_and_not_lost(tmp_path: Path) -> None:
    nobodys = (7, 99, "1995-01-05", "credit", "cash_deposit", 1.0, 1.0, None, None, None)
    strange = (8, 1, "1995-01-05", "debit", "by_pigeon", 1.0, 1.0, None, None, None)
    log = EventLog.create(tmp_path / "log")
    report = imported(bank(tmp_path / "bank", trans=[nobodys, strange]), log)
    said = {sentence for _, sentence, _, _ in report.sentences}
    assert said == {"person_id is missing", "there is no kind 'by_pigeon' in the vocabulary"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (bank(tmp_path) / "card.parquet").unlink()
    with pytest.raises(SourceNotFoundError, match=r"There is no file at .*card\.parquet"):
        staged(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    asked(f"COPY (SELECT 5 AS card_id, 1 AS disp_id) TO '{bank(tmp_path)}/card.parquet'")
    with pytest.raises(IntakeError, match=r"it has no column 'issued'. It needs card_id, disp_id, issued\."):
        staged(tmp_path)


def test_a_file_that_is_not_parquet_is_refused(tmp_path: Path) -> None:
    (bank(tmp_path) / "card.parquet").write_text("card_id,disp_id,issued\n")
    with pytest.raises(IntakeError, match=r"card\.parquet: it cannot be read as Parquet"):
        staged(tmp_path)


@real_data
def test_the_real_books_pass_the_intake_without_a_reject(tmp_path: Path) -> None:
    log = EventLog.create(tmp_path / "log")
    report = imported(REAL, log)
    kinds = asked(f"SELECT kind, count(*) FROM ({log.relation()}) GROUP BY kind")
    assert (report.sentences, report.total("accepted")) == ([], 100_364)
    assert {str(kind): count for kind, count in kinds} == {
        "account.opened": 4_500,
        "balance.reported": 14_241,
        "card.issued": 892,
        "cash.withdrawn": 24_741 + 66,
        "deposit.made": 15_063,
        "fee.charged": 8_631,
        "income.received": 1_770,
        "insurance.paid": 1_325,
        "interest.credited": 14_593,
        "overdraft.charged": 107,
        "bill.settled": 5_748 + 163,
        "standing_order.started": 1_552,
        "transfer.received": 3_450,
        "transfer.sent": 3_522,
    }


@real_data
def test_no_real_event_comes_of_a_loan(tmp_path: Path) -> None:
    loans = asked(
        f"SELECT 'trans-' || trans_id FROM '{REAL}/trans.parquet' WHERE k_symbol = 'loan_payment' UNION ALL "
        f"SELECT 'order-' || order_id FROM '{REAL}/order.parquet' WHERE k_symbol = 'loan_payment'"
    )
    ids = {row["event_id"] for row in staged(REAL)}
    assert len(loans) == 123 + 717
    assert ids.isdisjoint(name for (name,) in loans)


@real_data
def test_what_the_real_books_say_of_a_day_does_not_depend_on_later_days(tmp_path: Path) -> None:
    copytree(REAL, tmp_path / "bank")
    early = f"SELECT * FROM '{REAL}/trans.parquet' WHERE date < '1993-12-16'"
    asked(f"COPY ({early}) TO '{tmp_path}/bank/trans.parquet'")
    whole = {row["event_id"]: row for row in staged(REAL)}
    cut = staged(tmp_path / "bank")
    assert [row for row in cut if row != whole[row["event_id"]]] == []
    assert max(row["occurred_at"] or "" for row in cut if row["kind"] == "balance.reported") == "1993-12-01"


@real_data
def test_every_real_low_is_a_balance_the_bank_wrote(tmp_path: Path) -> None:
    cents = "CAST(round(balance * 100) AS BIGINT)"
    written = asked(f"SELECT DISTINCT account_id, {cents} FROM '{REAL}/trans.parquet'")
    lows = {(row["account"], row["balance_lowest"]) for row in staged(REAL, ["balance.reported"])}
    assert lows <= {(str(account), str(balance)) for account, balance in written}
