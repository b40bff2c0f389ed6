import re
from datetime import date
from pathlib import Path

import pytest

from credence import EventLog, Moment, Statement, explain, load_scorecard
from credence.errors import PersonNotFoundError
from credence.scoring.statement import StatementLine
from tests.both_engines import card
from tests.world import AS_OF, LATER, event, record

MOMENT = Moment(AS_OF, LATER)


@pytest.fixture
def town(log: EventLog) -> EventLog:
    """Ana pays twelve bills, one of them late, and leaves one unpaid; Ben has one bill."""
    paid = [
        event("bill.paid", f"2026-{month:02d}-05", f"b{month}", days_late=9 if month == 4 else 0)
        for month in range(1, 11)
    ]
    unpaid = event("bill.unpaid", "2026-09-20T10:00:00Z", "u", due_date="2026-09-10") | {"furnisher": "power"}
    record(log, *paid, unpaid, event("bill.paid", "2026-11-01", "ben", "ben", days_late=0))
    return log


def of_ana(town: EventLog) -> Statement:
    return explain(load_scorecard("everyday"), town, "ana", MOMENT)


def line(statement: Statement, name: str) -> StatementLine:
    return next(line for line in statement.lines if line.characteristic == name)


def test_the_lines_add_up_to_the_score(town: EventLog) -> None:
    statement = of_ana(town)

    assert statement.score == statement.points_base + sum(line.points or 0 for line in statement.lines)
    assert statement.band == load_scorecard("everyday").band_of(statement.score or 0)


def test_a_statement_whose_lines_do_not_add_up_cannot_be_made(town: EventLog) -> None:
    statement = of_ana(town)
    fields = {name: getattr(statement, name) for name in statement.__dataclass_fields__}

    with pytest.raises(AssertionError, match="the lines add up to the score"):
        Statement(**fields | {"score": (statement.score or 0) + 1})


def test_a_line_says_the_answer_in_words_with_its_evidence_and_when_it_ends(town: EventLog) -> None:
    missed = line(of_ana(town), "payments_missed")

    assert (missed.answer, missed.points, missed.points_most) == ("1", 25, 60)
    assert (missed.events, missed.furnishers) == (("u",), ("power",))
    assert missed.ends_on == date(2028, 9, 21)
    assert missed.evidence[0].occurred_at == "2026-09-20T10:00:00Z"


def test_a_statement_in_chinese_says_its_answers_in_chinese_with_the_same_points(town: EventLog) -> None:
    card = load_scorecard("everyday", language="zh")
    ana, ben = (explain(card, town, person, MOMENT) for person in ("ana", "ben"))

    assert ana.score == of_ana(town).score
    words = [line.answer for line in ana.lines] + [
        part for one in ben.wanting for part in (one.known, one.needed)
    ]
    assert not [said for said in words if re.search("[a-z]", said)]


def test_a_share_is_said_with_both_its_sides(town: EventLog) -> None:
    on_time = line(of_ana(town), "paid_on_time")

    assert on_time.answer == "9 of 11 (81.8 %)"
    assert len(on_time.events) == 11


def test_evidence_without_an_end_leaves_the_line_without_one(log: EventLog, tmp_path: Path) -> None:
    record(log, event("payment.received", "2026-10-01", "1", amount=5, currency="CNY"))
    trial = card(tmp_path, {"count": {"kind": "payment.received"}})

    assert explain(trial, log, "ana", MOMENT).lines[0].ends_on is None


def test_evidence_ends_with_its_window_or_its_legal_limit_whichever_is_first(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, event("bill.unpaid", "2026-10-01", "1", due_date="2026-09-01"))

    def ends_on(months: int | None) -> date | None:
        window = {} if months is None else {"months": months}
        trial = card(tmp_path, {"count": {"kind": "bill.unpaid"}}, **window)
        return explain(trial, log, "ana", MOMENT).lines[0].ends_on

    assert ends_on(12) == date(2027, 10, 2)
    assert ends_on(None) == date(2031, 10, 1)


def test_without_a_score_every_lacking_rule_says_what_is_known_and_needed(town: EventLog) -> None:
    statement = explain(load_scorecard("everyday"), town, "ben", MOMENT)

    assert (statement.score, statement.band, statement.unscorable) == (None, None, "few_events")
    assert [(w.code, w.known, w.needed) for w in statement.wanting] == [
        ("few_events", "1", "at least 6"),
        ("too_new", "0 months", "at least 3 months"),
    ]
    assert {line.points for line in statement.lines} == {None}
    assert statement.reasons == ()


def test_the_next_evaluation_is_on_the_sixth(town: EventLog, tmp_path: Path) -> None:
    assert of_ana(town).next_evaluation == date(2026, 12, 6)
    assert explain(card(tmp_path, {"count": {}}), town, "ana", MOMENT).next_evaluation is None


def test_a_statement_names_the_newest_snapshot_unless_an_older_one_is_asked(town: EventLog) -> None:
    record(town, event("bill.unpaid", "2026-10-20", "u2", due_date="2026-10-10"))
    everyday = load_scorecard("everyday")

    now = explain(everyday, town, "ana", MOMENT)
    before = explain(everyday, town, "ana", Moment(AS_OF, LATER, snapshot=1))

    assert (now.snapshot, line(now, "payments_missed").answer) == (2, "2")
    assert (before.snapshot, line(before, "payments_missed").answer) == (1, "1")


def test_a_person_nobody_spoke_of_has_no_statement(town: EventLog) -> None:
    with pytest.raises(PersonNotFoundError, match="'zoe' by 2026-11-20T00:00:00Z"):
        explain(load_scorecard("everyday"), town, "zoe", MOMENT)


def test_reasons_are_the_points_lost_greatest_first(town: EventLog) -> None:
    told = [(reason.code, reason.points) for reason in of_ana(town).reasons]

    assert [points for _, points in told] == sorted((points for _, points in told), reverse=True)
    assert told[0] == ("I1", 45.0)
    assert len(told) == 4


def test_an_answer_without_points_is_what_is_wanting(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.paid", "2026-11-01", "b", days_late=0))
    rows = [{"below": 2, "unscorable": "FEW"}, {"points": 1}]
    trial = card(tmp_path, {"count": {}}, attributes=rows, reasons={"FEW": "Too little is known."})

    statement = explain(trial, log, "ana", MOMENT)

    assert (statement.score, statement.unscorable) == (None, "FEW")
    (wanting,) = statement.wanting
    assert (wanting.code, wanting.sentence) == ("FEW", "Too little is known.")
    assert (wanting.known, wanting.needed) == ("1", "another answer to: asked")


def test_a_reason_that_is_always_told_is_the_fifth(log: EventLog, tmp_path: Path) -> None:
    record(log, event("bill.unpaid", "2026-11-01", "u", due_date="2026-10-20"))
    codes = "ABCDEF"
    asked = {
        f"c{code.lower()}": {
            "measure": {"count": {"kind": "bill.unpaid"}},
            "attributes": [{"below": 1, "points": 20 - n}, {"points": 0, "reason": code}],
        }
        for n, code in enumerate(codes)
    }
    more = {"reasons": {code: code for code in codes}, "characteristics": asked}
    trial = card(tmp_path, {"count": {}}, **more, reasons_always=["F"])

    assert [r.code for r in explain(trial, log, "ana", MOMENT).reasons] == ["A", "B", "C", "D", "F"]
    assert [r.code for r in explain(card(tmp_path, {"count": {}}, **more), log, "ana", MOMENT).reasons] == [
        "A", "B", "C", "D",
    ]  # fmt: skip
