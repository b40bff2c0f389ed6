"""Days past due as Metro 2 files write them, for furnishers who map their files to `account.reported`.

Codes as in the public annotations of the CFPB's Metro 2 evaluator (account status, payment history profile).
"""

from collections.abc import Sequence

# From so many days past due on: the status of the account, and the sign of a month in its history.
STATUSES = (
    (180, "84", "6"),
    (150, "83", "5"),
    (120, "82", "4"),
    (90, "80", "3"),
    (60, "78", "2"),
    (30, "71", "1"),
)
CURRENT = ("11", "0")
MONTHS = 24
NO_HISTORY, NOT_REPORTED = "B", "D"


def status_of(days_past_due: int) -> tuple[str, str]:
    """The account status and the sign in the payment history of an open account."""
    found = ((status, sign) for least, status, sign in STATUSES if days_past_due >= least)
    return next(found, CURRENT)


def payment_history(days_past_due: Sequence[int | None]) -> str:
    """The payment history profile: 24 signs, the month before the report first.

    Args:
        days_past_due: Of each month since the account was opened, the latest first; None where none was
            reported. Months before it are signed B, and those before the last 24 are left out.
    """
    signs = [NOT_REPORTED if days is None else status_of(days)[1] for days in days_past_due[:MONTHS]]
    return "".join(signs).ljust(MONTHS, NO_HISTORY)
