from collections import Counter
from datetime import date
from random import Random

from credence import EventLog
from credence.events.batches import import_rows
from credence.lab.town import END, Habits, correction, diary, neighbours, town, wrong_bill
from tests.world import NOW


def without_recorded_at(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if name != "recorded_at"} for row in rows]


def test_the_town_is_the_same_every_time_and_another_with_another_seed() -> None:
    assert town(3) == town(3)
    assert town(3) != town(3, seed=1)


def test_it_has_as_many_neighbours_as_asked_and_three_people_with_a_story() -> None:
    assert {row["person_id"] for row in town(2)} == {"ana", "lin", "hu", "person-001", "person-002"}


def test_nothing_happens_after_its_last_day_and_all_is_known_the_day_it_happens() -> None:
    rows = town(8)
    assert max(str(row["occurred_at"]) for row in rows) < END.isoformat()
    assert all(row["occurred_at"] == row["recorded_at"] for row in rows if row["event_id"] != "hu-wrong")


def test_every_event_has_an_id_of_its_own() -> None:
    assert set(Counter(row["event_id"] for row in town(8)).values()) == {1}


def test_the_log_accepts_all_that_the_town_sends(log: EventLog) -> None:
    report = import_rows(log, without_recorded_at([*town(12), correction()]), NOW)
    assert report.sentences == []


def test_who_never_misses_pays_every_bill_and_who_always_misses_none() -> None:
    careful = diary(Habits("ana", months=3, late=0.0, missed=0.0, low=0.0), Random(1))
    careless = diary(Habits("ben", months=3, late=1.0, missed=1.0, low=1.0), Random(1))
    assert {row["kind"] for row in careful} >= {"bill.paid", "rent.paid", "balance.reported"}
    assert not {row["kind"] for row in careful} & {"bill.unpaid", "overdraft.charged"}
    assert {row["kind"] for row in careless} >= {"bill.unpaid", "overdraft.charged"}
    assert "bill.paid" not in {row["kind"] for row in careless}


def test_who_is_late_pays_all_the_same() -> None:
    rows = diary(Habits("ben", months=2, late=1.0, missed=0.0, low=0.0), Random(1))
    assert all(int(str(row["days_late"])) > 0 for row in rows if row["kind"] in ("bill.paid", "rent.paid"))


def test_what_was_checked_of_somebody_is_on_record() -> None:
    rows = diary(Habits("ana", months=1, verified=("identity.verified", "phone.verified")), Random(1))
    verified = {row["kind"]: row.get("method") for row in rows if str(row["kind"]).endswith(".verified")}
    assert verified == {"identity.verified": "document", "phone.verified": None}


def test_neighbours_differ() -> None:
    people = list(neighbours(40, Random(1)))
    assert len({habits.months for habits in people}) > 3
    assert {len(habits.verified) for habits in people} == {0, 1, 2, 3}


def test_the_wrong_bill_about_hu_is_taken_back_later() -> None:
    assert correction()["retracts"] == wrong_bill()["event_id"]
    assert correction()["furnisher"] == wrong_bill()["furnisher"]
    assert date.fromisoformat(str(correction()["recorded_at"])) > date(2026, 10, 6)
