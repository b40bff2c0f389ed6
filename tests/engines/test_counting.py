from datetime import date
from pathlib import Path

from credence import EventLog
from tests.both_engines import answer, card, scored
from tests.world import AS_OF, event, record

BILLS: dict[str, object] = {"count": {"kind": "bill.unpaid"}}


def unpaid(day: str, event_id: str, **said: object) -> dict[str, object]:
    return event("bill.unpaid", day, event_id, **{"due_date": day} | said)


def test_an_event_counts_from_the_day_after_it_happened_until_it_leaves_the_window(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, unpaid("2026-03-05", "1"))
    trial = card(tmp_path, BILLS, months=6)

    assert answer(trial, log, date(2026, 3, 5)) == 0
    assert answer(trial, log, date(2026, 3, 6)) == 1
    assert answer(trial, log, date(2026, 9, 5)) == 1
    assert answer(trial, log, date(2026, 9, 6)) == 0


def test_a_charge_off_is_too_old_seven_years_and_180_days_after_the_first_delinquency_in_the_us(
    log: EventLog, tmp_path: Path
) -> None:
    first = {"account": "a", "date_first_delinquency": "2019-05-15"}
    record(log, event("account.charged_off", "2019-12-01", "1", **first))
    charged_off: dict[str, object] = {"count": {"kind": "account.charged_off"}}

    assert answer(card(tmp_path, charged_off, jurisdiction="us"), log, date(2026, 11, 6)) == 1
    assert answer(card(tmp_path, charged_off, jurisdiction="us"), log, date(2026, 11, 11)) == 0
    assert answer(card(tmp_path, charged_off, jurisdiction="us"), log, date(2026, 12, 6)) == 0


def test_an_event_of_the_fifth_counts_on_the_sixth_and_one_of_the_seventh_waits(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, unpaid("2026-10-05", "1"), unpaid("2026-10-07", "2"))
    trial = card(tmp_path, BILLS)

    assert answer(trial, log, date(2026, 10, 6)) == 1
    assert answer(trial, log, date(2026, 11, 6)) == 2


def test_a_retraction_takes_effect_on_the_same_date_as_soon_as_it_is_known(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, unpaid("2026-10-05", "1"))
    assert log.snapshot is not None
    before = log.snapshot.made_at
    record(log, event("mark.retracts", "2026-11-06", "2", retracts="1"))
    trial = card(tmp_path, BILLS)

    assert answer(trial, log, AS_OF, before) == 1
    assert answer(trial, log, AS_OF) == 0


def test_a_replacement_counts_instead_of_its_target(log: EventLog, tmp_path: Path) -> None:
    record(log, unpaid("2026-10-05", "1"))
    record(log, event("bill.paid", "2026-10-04", "2", days_late=0, replaces="1"))

    assert answer(card(tmp_path, BILLS), log, AS_OF) == 0
    assert answer(card(tmp_path, {"count": {"kind": "bill.paid"}}), log, AS_OF) == 1


def test_replacing_a_replacement_leaves_only_the_last(log: EventLog, tmp_path: Path) -> None:
    record(log, unpaid("2026-10-05", "1"), unpaid("2026-10-06", "2", replaces="1"))
    record(log, unpaid("2026-10-07", "3", replaces="2"))

    assert answer(card(tmp_path, BILLS), log, AS_OF) == 1


def test_a_disputed_event_does_not_count_while_the_dispute_is_open(log: EventLog, tmp_path: Path) -> None:
    record(log, unpaid("2026-08-05", "1"))
    record(log, event("mark.suspends", "2026-09-01T14:00:00Z", "2", target="1"))
    record(log, event("mark.releases", "2026-10-01", "3", target="1"))
    trial = card(tmp_path, BILLS)

    assert answer(trial, log, date(2026, 8, 31)) == 1
    assert answer(trial, log, date(2026, 9, 1)) == 0
    assert answer(trial, log, date(2026, 9, 30)) == 0
    assert answer(trial, log, date(2026, 10, 1)) == 1


def test_an_event_in_its_notice_period_counts_from_the_date_of_the_notice(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, unpaid("2026-08-05", "1"))
    record(log, event("mark.counts_from", "2026-09-01", "2", target="1", date="2026-09-20"))
    trial = card(tmp_path, BILLS)

    assert answer(trial, log, date(2026, 8, 20)) == 0
    assert answer(trial, log, date(2026, 9, 19)) == 0
    assert answer(trial, log, date(2026, 9, 20)) == 1


def test_a_correction_that_arrives_before_its_target_holds_all_the_same(
    log: EventLog, tmp_path: Path
) -> None:
    record(log, event("mark.retracts", "2026-10-06", "2", retracts="1"))
    record(log, unpaid("2026-10-05", "1"))

    assert answer(card(tmp_path, BILLS), log, AS_OF) == 0


def test_a_correction_of_another_persons_event_has_no_effect(log: EventLog, tmp_path: Path) -> None:
    record(log, unpaid("2026-10-05", "1"))
    record(log, event("mark.retracts", "2026-10-06", "2", "ben", retracts="1"))

    assert answer(card(tmp_path, BILLS), log, AS_OF) == 1


def test_the_bureau_may_suspend_what_a_furnisher_sent(log: EventLog, tmp_path: Path) -> None:
    record(log, unpaid("2026-10-05", "1"))
    mark = event("mark.suspends", "2026-10-06", "2", target="1", target_furnisher="bank")
    record(log, mark | {"furnisher": "bureau"})

    assert answer(card(tmp_path, BILLS), log, AS_OF) == 0


def test_a_score_needs_an_old_enough_account_and_a_recent_report_perhaps_of_another(
    log: EventLog, tmp_path: Path
) -> None:
    opened = {"kind": "account.reported", "date": "opened_on", "unit": "months"}
    rules = [
        {"measure": {"age_of_oldest": opened}, "at_least": 6, "code": "too_new", "sentence": "Too new"},
        {
            "measure": {"count": {"kind": "account.reported"}},
            "months": 6,
            "at_least": 1,
            "code": "not_reported",
            "sentence": "Not reported",
        },
    ]
    trial = card(tmp_path, {"count": {}}, scorable_when=rules)
    young = {"account": "a", "opened_on": "2026-06-06"}
    record(log, event("account.reported", "2026-11-01", "1", "ben", **young))
    old = {"account": "b", "opened_on": "2026-02-06"}
    record(log, event("account.reported", "2026-04-06", "2", **old))
    record(log, event("account.reported", "2026-11-01", "3", **young | {"opened_on": "2026-09-06"}))

    assert scored(trial, log, AS_OF, person_id="ben").unscorable == "too_new"
    assert scored(trial, log, AS_OF).unscorable is None
