"""When a delivery is tried again: ten times over three days, each a little later by seeded chance."""

from datetime import datetime, timedelta
from random import Random

# After the first try: how long until the next. Together 75 hours and 35 minutes.
WAITS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
TRIES = len(WAITS) + 1
# At most so much is added, so that what failed together is not tried together.
JITTER = 0.1


def next_try(delivery_id: str, tries: int, now: datetime) -> datetime | None:
    """When a delivery that failed so many times is tried again; None where it is given up."""
    if tries >= TRIES:
        return None
    wait = WAITS[tries - 1]
    # Seeded by what is tried, so that two workers, and a simulated year, give the same.
    part = Random(f"{delivery_id}/{tries}").random()  # noqa: S311 - nothing secret
    return now + wait * (1 + JITTER * part)
