"""What moved a score most, as the first screen tells it."""

from dataclasses import replace

from credence import EventLog, Moment, explain, load_scorecard
from credence.server.web.person.receipt import most_moved
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)


def test_the_line_that_moved_most_is_told_and_none_where_nothing_can_be_compared(log: EventLog) -> None:
    paid = [event("bill.paid", f"2026-{month:02d}-05", f"b{month}", days_late=0) for month in range(1, 11)]
    record(log, *paid, event("bill.unpaid", "2026-09-20", "u", due_date="2026-09-10"))
    card = load_scorecard("everyday")
    now = explain(card, log, "ana", MOMENT)
    missed = next(line for line in now.lines if line.characteristic == "payments_missed")
    before = replace(
        now,
        score=(now.score or 0) + 7,
        lines=tuple(
            replace(one, points=(one.points or 0) + 7) if one == missed else one for one in now.lines
        ),
    )

    found = most_moved(now, before)
    assert found is not None
    assert (found.line, found.points) == (missed, -7)
    assert most_moved(now, now) is None
    assert most_moved(now, None) is None
    assert most_moved(now, replace(before, definition_hash="another")) is None
    assert most_moved(replace(now, score=None), before) is None
