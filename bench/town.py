"""Made-up events of a made-up town: the same for the same number of people, on every machine.

Everything about an event follows from a hash of its person and its number, so that a correction can name
an earlier event without looking it up. One file a month, as a furnisher would send them.
"""

from datetime import date, datetime
from pathlib import Path

import duckdb

from credence.events.calendar import add_months

MONTHS = 24
FIRST = date(2024, 11, 1)
AS_OF = date(2026, 11, 1)
NOW = datetime.fromisoformat("2026-11-06T00:00:00+00:00")
SEED = 20_261_106
# A Pareto tail of 20 to 2,700 events a person with a mean of 58.
EVENTS_LEAST, EVENTS_MOST, TAIL = 21.0, 2_700, 1.5
# How many of 1,000 events are of each kind.
KINDS = {
    "payment.settled": 300, "card.used": 100, "account.reported": 80, "bill.paid": 70,
    "payment.received": 60, "transfer.sent": 60, "transfer.received": 50, "income.received": 50,
    "bill.due": 50, "repayment.made": 50, "rent.paid": 40, "balance.reported": 30, "cash.withdrawn": 20,
    "bill.unpaid": 10, "inquiry.made": 10, "rent.unpaid": 5, "repayment.missed": 5, "payment.refunded": 5,
    "fee.charged": 3, "address.verified": 2,
}  # fmt: skip
AMOUNTS = ("payment", "card", "bill", "transfer", "income", "repayment", "rent", "cash", "fee")
ACCOUNTS = ("account", "balance", "repayment", "card", "cash", "bill", "rent")
COUNTERPARTIES = ("payment", "card", "bill", "transfer", "income", "repayment", "rent", "inquiry")
LATENESS = ("bill.paid", "rent.paid", "repayment.made")
DUE = ("bill.due", "bill.paid", "bill.unpaid", "rent.paid", "rent.unpaid", "repayment.missed")


def write(people: int, folder: Path) -> int:
    """Write the town's events, a Parquet file a month; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false; SET TimeZone = 'UTC'")
    events = 0
    for month in range(MONTHS):
        query = f"COPY ({_month(people, month)}) TO '{folder / f'{month:02d}.parquet'}' (COMPRESSION zstd)"
        row = connection.execute(query).fetchone()
        events += row[0] if row else 0
    return events


def _month(people: int, month: int) -> str:
    """The events of one month: number n of person p lies in the month (n + p) % 24."""
    most = (
        f"least({EVENTS_MOST}, {EVENTS_LEAST} * pow((hash(p, {SEED}) % 1000000 + 1) / 1000000, {-1 / TAIL}))"
    )
    who = f"SELECT p, CAST(floor({most}) AS BIGINT) AS most FROM range({people}) AS t(p)"
    first = f"(24 + {month} - p % 24) % 24"
    numbers = f"SELECT p, unnest(range({first}, most, 24)) AS n FROM ({who})"
    rolled = f"SELECT p, n, {_roll('p, n')} AS h, {_roll('n, p')} AS g FROM ({numbers})"
    start = add_months(FIRST, month)
    at = f"TIMESTAMPTZ '{start} 00:00:00+00' + to_seconds(CAST(h // 7 % 2419200 AS BIGINT))"
    corrects = "CASE WHEN n >= 2 THEN CAST(g % 10000 AS INTEGER) ELSE 9999 END"
    dated = f"SELECT *, {at} AS sent_at, {_kind()} AS plain, {corrects} AS turn FROM ({rolled})"
    return (
        f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in _columns().items())} FROM ({_marked(dated)})"
    )


def _roll(of: str) -> str:
    return f"CAST(hash({of}, {SEED}) >> 1 AS BIGINT)"


def _kind() -> str:
    cases, upto = [], 0
    for kind, share in KINDS.items():
        upto += share
        cases.append(f"WHEN h % 1000 < {upto} THEN '{kind}'")
    return f"CASE {' '.join(cases)} END"


def _marked(rows: str) -> str:
    """One event in a hundred corrects or marks the one before the last, sent by the same furnisher."""
    kind = (
        "CASE WHEN turn < 25 THEN 'mark.retracts' WHEN turn < 40 THEN 'mark.suspends' "
        "WHEN turn < 50 THEN 'mark.releases' ELSE plain END"
    )
    return (
        f"SELECT *, {kind} AS kind, "
        "CASE WHEN turn < 50 THEN 'mark' ELSE split_part(plain, '.', 1) END AS noun, "
        f"CASE WHEN turn BETWEEN 50 AND 99 THEN {_event_id('n - 2')} END AS replaces, "
        f"CASE WHEN turn < 25 THEN {_event_id('n - 2')} END AS retracts, "
        f"CASE WHEN turn BETWEEN 25 AND 49 THEN {_event_id('n - 2')} END AS target FROM ({rows})"
    )


def _event_id(number: str) -> str:
    return f"format('{{:016x}}', hash(p, {number}, {SEED}))"


def _columns() -> dict[str, str]:
    """Every column of a file, as SQL."""

    def where(nouns: tuple[str, ...], value: str) -> str:
        column = "kind" if "." in nouns[0] else "noun"
        return f"CASE WHEN {column} IN ({', '.join(map(repr, nouns))}) THEN {value} END"

    reported, day = ("account.reported",), "CAST(sent_at AS DATE)"
    late = "h // 11 % 100 = 0"
    before = "to_days(CAST(1 + g % 40 AS INTEGER))"
    return {
        "furnisher": "format('furnisher-{:03d}', (p % 40) * 2 + n % 2)",
        "event_id": _event_id("n"),
        "person_id": f"format('{{:016x}}', hash(p, {SEED}))",
        "kind": "kind",
        "occurred_at": f"CASE WHEN {late} THEN sent_at - {before} ELSE sent_at END",
        "reported_at": f"CASE WHEN {late} THEN sent_at END",
        "replaces": "replaces",
        "retracts": "retracts",
        "target": "target",
        "amount": where(AMOUNTS, "CAST(100 + g // 13 % (1 + h // 17 % 500000) AS BIGINT)"),
        "currency": where(
            (*AMOUNTS, "account", "balance"), "CASE WHEN g // 19 % 100 = 0 THEN 'USD' ELSE 'CNY' END"
        ),
        "counterparty": where(COUNTERPARTIES, "format('shop {}', g // 23 % (1 + h // 29 % 20000))"),
        "account": where(ACCOUNTS, "format('acc-{}-{}', p, h // 31 % 3)"),
        "mcc": where(("card",), "CAST(5000 + g // 37 % 400 AS VARCHAR)"),
        "channel": where(("payment.settled",), "CASE WHEN h // 41 % 2 = 0 THEN 'mpm' ELSE 'web' END"),
        "source": where(("income.received",), "CASE WHEN h // 43 % 5 = 0 THEN 'benefit' ELSE 'salary' END"),
        "service": where(("bill.due", "bill.paid"), "['power', 'gas', 'water', 'phone'][1 + h // 47 % 4]"),
        "days_late": where(LATENESS, "CAST(greatest(0, CAST(g // 53 % 40 AS INTEGER) - 30) AS INTEGER)"),
        "due_date": where(DUE, f"{day} + CAST(h // 59 % 20 AS INTEGER)"),
        "status": where(reported, "CASE WHEN g // 61 % 12 = 0 THEN 'late' ELSE 'current' END"),
        "days_past_due": where(
            reported, "CASE WHEN g // 61 % 12 = 0 THEN CAST(h // 67 % 90 AS INTEGER) ELSE 0 END"
        ),
        "opened_on": where(reported, "DATE '2024-11-01' - CAST(p % 5000 AS INTEGER)"),
        "credit_limit": where(reported, "CAST(100000 + p % 40 * 50000 AS BIGINT)"),
        "balance": where(("account.reported", "balance.reported"), "CAST(h // 71 % 2000000 AS BIGINT)"),
        "cover_days": where(("balance.reported",), "CAST(h // 73 % 60 AS INTEGER)"),
        "inquiry": where(("inquiry.made",), "CASE WHEN h // 79 % 3 = 0 THEN 'soft' ELSE 'hard' END"),
        "purpose": where(("inquiry.made",), "'small_loan'"),
        "method": where(("address.verified",), "'post'"),
    }
