"""A Czech bank's books of 1993-98 (Berka, PKDD'99), a folder of Parquet files, as events.

They are loaded with their own time of recording (backfill): the day a thing happened. As of a loan's date
the day before counts, the day itself does not. The person is the account's owner. What is not obvious:

- Nothing of a loan becomes an event: not its file, its orders or its payments. A loan's payment is in the
  account's balance from its own day on, as it was at the bank, and never among its usual outgoings.
- A household payment is `bill.settled`, not `bill.paid`: the books have no due date, and to write
  `days_late: 0` would be to make a punctuality up.
- A withdrawal by card is `cash.withdrawn`: they are all round hundreds, so cash from a machine.
- An order has no date: it started with the first payment of its amount to its payee. Without one it is left
  out.
- The order of a day's transactions is unknown, and their numbers do not tell it. The balance that a day ended
  with is the one, of those the bank wrote that day, nearest to the sum of all that moved since the opening
  (nearest, not equal: the bank kept cents and the books have tenths).
- A balance is reported on the first of a month, for the month before, if the account was open for all of it
  and its books go on to the month's last day.
"""

from pathlib import Path

import duckdb

from credence.errors import IntakeError, SourceNotFoundError
from credence.events.fields import quoted
from credence.events.sources import REJECTS

# The files of the folder, and what is read of each.
COLUMNS = {
    "account": ("account_id", "date"),
    "disp": ("disp_id", "client_id", "account_id", "type"),
    "card": ("card_id", "disp_id", "issued"),
    "order": ("order_id", "account_id", "bank_to", "account_to", "amount", "k_symbol"),
    "trans": (
        "trans_id",
        "account_id",
        "date",
        "direction",
        "operation",
        "amount",
        "balance",
        "k_symbol",
        "partner_bank",
        "partner_account",
    ),
}
# What a transaction is: by the bank's symbol for it if that says so, by how the money moved otherwise.
KIND_OF_SYMBOL = {
    "pension": "income.received",
    "interest_credited": "interest.credited",
    "overdraft_interest": "overdraft.charged",
    "statement_fee": "fee.charged",
    "household": "bill.settled",
    "insurance": "insurance.paid",
}
KIND_OF_OPERATION = {
    "cash_deposit": "deposit.made",
    "cash_withdrawal": "cash.withdrawn",
    "card_withdrawal": "cash.withdrawn",
    "transfer_in": "transfer.received",
    "transfer_out": "transfer.sent",
}


def _minor_units(column: str) -> str:
    return f"CAST(TRY_CAST(CAST({column} AS VARCHAR) AS DECIMAL(18, 2)) * 100 AS BIGINT)"


def _case(column: str, values: dict[str, str]) -> str:
    cases = " ".join(f"WHEN {quoted(key)} THEN {quoted(value)}" for key, value in values.items())
    return f"CASE {column} {cases} END"


# The steps from the bank's tables to events; a later one may use the earlier ones.
BOOKS = {
    "owners": """
        SELECT disp_id, account_id, 'client-' || client_id AS person_id
        FROM bank_disp WHERE type = 'OWNER'""",
    "accounts": "SELECT account_id, TRY_CAST(date AS DATE) AS opened_on FROM bank_account",
    "orders": f"""
        SELECT order_id, account_id, bank_to || '-' || account_to AS counterparty,
            {_minor_units("amount")} AS amount
        FROM bank_order WHERE k_symbol IS DISTINCT FROM 'loan_payment'""",
    "all_transactions": f"""
        SELECT trans_id, account_id, TRY_CAST(date AS DATE) AS day, direction, operation, k_symbol,
            {_minor_units("amount")} AS amount, {_minor_units("balance")} AS balance,
            partner_bank || '-' || partner_account AS counterparty
        FROM bank_trans""",
    "transactions": "SELECT * FROM all_transactions WHERE k_symbol IS DISTINCT FROM 'loan_payment'",
}
BALANCES = {
    "days": """
        SELECT account_id, day, sum(if(direction = 'credit', amount, -amount)) AS moved
        FROM all_transactions GROUP BY account_id, day""",
    "sums": "SELECT *, sum(moved) OVER (PARTITION BY account_id ORDER BY day) AS moved_so_far FROM days",
    "evenings": """
        SELECT account_id, day, first(balance ORDER BY abs(balance - moved_so_far), trans_id) AS balance,
            lead(day) OVER (PARTITION BY account_id ORDER BY day) AS next_day
        FROM all_transactions JOIN sums USING (account_id, day) GROUP BY account_id, day""",
    "spans": """
        SELECT account_id, opened_on,
            date_trunc('month', opened_on + INTERVAL 1 MONTH - INTERVAL 1 DAY) AS whole_from,
            date_trunc('month', max(day) + INTERVAL 1 DAY) AS whole_until
        FROM accounts JOIN days USING (account_id) GROUP BY account_id, opened_on""",
    "months": """
        SELECT account_id, opened_on, CAST(month AS DATE) AS month,
            CAST(month + INTERVAL 1 MONTH AS DATE) AS month_end
        FROM spans, unnest(range(whole_from, whole_until, INTERVAL 1 MONTH)) AS months(month)""",
    "lows": """
        SELECT account_id, month_end, min(balance) AS lowest FROM months JOIN evenings USING (account_id)
        WHERE day < month_end AND coalesce(next_day > month, true) GROUP BY account_id, month_end""",
    "quarters": """
        SELECT *, CAST(greatest(month_end - INTERVAL 3 MONTH, opened_on) AS DATE) AS quarter FROM months""",
    "outgoings": """
        SELECT account_id, month_end, month_end - quarter AS days, sum(amount) AS spent
        FROM quarters JOIN transactions USING (account_id)
        WHERE direction = 'debit' AND day >= quarter AND day < month_end GROUP BY ALL""",
}
EVENTS = {
    "openings": """
        SELECT account_id, 'account-' || account_id AS event_id, 'account.opened' AS kind,
            opened_on AS occurred_at, 'current account' AS account_type
        FROM accounts""",
    "cards": """
        SELECT account_id, 'card-' || card_id AS event_id, 'card.issued' AS kind,
            TRY_CAST(issued AS DATE) AS occurred_at
        FROM bank_card JOIN owners USING (disp_id)""",
    "movements": f"""
        SELECT account_id, 'trans-' || trans_id AS event_id,
            coalesce({_case("k_symbol", KIND_OF_SYMBOL)}, {_case("operation", KIND_OF_OPERATION)},
                operation, k_symbol) AS kind, -- a word that is none of these is refused by its name
            day AS occurred_at, counterparty, amount,
            {_case("k_symbol", {"pension": "pension"})} AS source
        FROM transactions""",
    "starts": """
        SELECT account_id, 'order-' || order_id AS event_id, 'standing_order.started' AS kind,
            min(day) AS occurred_at, counterparty, amount
        FROM orders JOIN transactions USING (account_id, counterparty, amount)
        WHERE operation = 'transfer_out' GROUP BY ALL""",
    "balances": """
        SELECT account_id, 'balance-' || account_id || '-' || month_end AS event_id,
            'balance.reported' AS kind, month_end AS occurred_at, lowest AS balance_lowest,
            lowest * days // spent - if(lowest * days % spent < 0, 1, 0) AS cover_days
        FROM lows LEFT JOIN outgoings USING (account_id, month_end)""",
}
STAGED = """
    SELECT 'berka' AS furnisher, event_id, person_id, kind, occurred_at, occurred_at AS recorded_at,
        account_id AS account, * EXCLUDE (account_id, disp_id, event_id, person_id, kind, occurred_at),
        if(coalesce(amount, balance_lowest) IS NULL, NULL, 'CZK') AS currency, NULL AS unknown
    FROM events LEFT JOIN owners USING (account_id)"""


def stage(connection: duckdb.DuckDBPyConnection, folder: Path, _known: list[str], _scratch: Path) -> None:
    """Read the bank's folder into `staged`, as `sources.stage` reads a file.

    Raises:
        SourceNotFoundError: A file of the folder is not there.
        IntakeError: A file lacks a column, or is not Parquet.
    """
    for name, columns in COLUMNS.items():
        _read(connection, folder / f"{name}.parquet", columns)
    connection.execute(REJECTS)
    events = " UNION ALL BY NAME ".join(f"FROM {name}" for name in EVENTS)
    steps = BOOKS | BALANCES | EVENTS | {"events": events, "rows": STAGED}
    with_steps = ", ".join(f"{name} AS ({sql})" for name, sql in steps.items())
    number = "row_number() OVER (ORDER BY occurred_at, event_id) AS row"
    connection.execute(
        f"CREATE OR REPLACE TABLE staged AS WITH {with_steps} "
        f"SELECT {number}, CAST(COLUMNS(*) AS VARCHAR) FROM rows"
    )


def _read(connection: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> None:
    if not path.is_file():
        raise SourceNotFoundError(path)
    source = f"read_parquet({quoted(str(path))})"
    try:
        present = [row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
        missing = [name for name in columns if name not in present]
        if missing:
            raise IntakeError(path, f"it has no column '{missing[0]}'. It needs {', '.join(columns)}.")
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE bank_{path.stem} AS SELECT {', '.join(columns)} FROM {source}"
        )
    except duckdb.Error:
        raise IntakeError(path, "it cannot be read as Parquet. Was it written to its end?") from None
