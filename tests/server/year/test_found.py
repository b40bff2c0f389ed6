"""What simulated years have found, each in as few acts as show it."""

from pathlib import Path

from credence.server.services.furnishing.batches import TAKEN_BACK
from tests.server.harness import run
from tests.server.year import contesting, days, furnishing, reading
from tests.server.year.model import CARE, MISSED
from tests.server.year.town import CARD, Town, running, town

# The same said in other ways: when, so many days late, due when.
WRITTEN = (
    ("2026-10-20", 40.0, "2026-09-10"), ("2026-10-20", "+40", "2026/09/10"),
    ("2026/10/20", "040.00", "2026 09 10"), ("2026-10-19T24:00:00Z", 40, " 2026-9-10"),
)  # fmt: skip


async def erased_while_contesting(found: Town) -> None:
    """One person contests with words and another without; both are erased, and a third still waits."""
    ana, ben, cleo = found.lives
    sender = found.furnishers[0]
    for life in found.lives:
        await furnishing.sends(found, life, sender, MISSED, 5)
        await contesting.disputes(found, life, life.said[0], contesting.COUNTING)
    body = {"event": {"furnisher": sender, "event_id": ben.said[0].event_id}, "reason": "paid"}
    await contesting.withdraws(found, ben, ben.disputes[0])
    await found.good(ben.person_id, "POST", "/disputes", body)
    for life in (ana, ben):
        await days.erases(found, life)
    assert cleo.disputes


def test_a_furnisher_finds_its_other_disputes_when_somebody_was_erased(database: str, folder: Path) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            await erased_while_contesting(found)
            ana, _, cleo = found.lives
            sender = found.furnishers[0]
            shown = (await found.good(sender, "GET", "/disputes"))["data"]
            assert [one["dispute_id"] for one in shown] == [cleo.disputes[0].dispute_id]
            assert (await found.good(found.reviewer, "GET", "/disputes"))["data"] == []
            dispute, item, _ = ana.open_items()[0]
            path = f"/disputes/{dispute.dispute_id}"
            for outcome in ("verified", "deleted"):
                body = {"item_id": item, "outcome": outcome}
                reply = await found.send(sender, "POST", f"{path}/answers", body)
                assert (reply.status_code, reply.json()["code"]) == (410, "erased")
            for life in (ana, found.lives[1]):
                await days.unreadable(found, life)
                query = "SELECT kind FROM messages WHERE person_id = $1"
                assert await found.rows(query, life.person_id) == []

    run(work())


def test_a_dispute_of_somebody_erased_ends_at_once_and_makes_them_known_to_nobody_again(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            await furnishing.sends(found, ana, sender, MISSED, 5)
            await reading.grants(found, ana, found.partners[0], "statement", 120, 900)
            await contesting.disputes(found, ana, ana.said[0], contesting.COUNTING)
            await days.erases(found, ana)
            await days.pass_by(found, 1)
            rows = await found.rows("SELECT state FROM disputes WHERE person_id = $1", ana.person_id)
            assert [one["state"] for one in rows] == ["closed"]
            await days.unreadable(found, ana)

    run(work())


def test_nothing_against_somebody_comes_or_counts_earlier_by_replacing_something_else(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            await furnishing.sends(found, ana, sender, CARE, 5)
            await furnishing.sends(found, ana, sender, MISSED, 5)
            good, bad = ana.said
            await furnishing.replaces(found, ana, good, MISSED)
            await furnishing.replaces(found, ana, bad, MISSED)
            later = ana.said[-1]
            assert later.counts_from == bad.counts_from
            await furnishing.replaces(found, ana, later, MISSED)
            await days.pass_by(found, furnishing.NOTICE - 1)
            await reading.statement(found, ana, found.now.date(), None)
            assert ana.score(found.now.date(), found.now) == 1050
            await days.pass_by(found, 1)
            await reading.statement(found, ana, found.now.date(), None)
            assert ana.score(found.now.date(), found.now) == 1020

    run(work())


def test_what_was_taken_back_does_not_come_back_written_in_another_way(database: str, folder: Path) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            row: furnishing.Row = {"person": ana.known_as[sender], "kind": "bill.paid", "event_id": "b"}
            row |= {"occurred_at": "2026-10-20", "fields": {"days_late": 40, "due_date": "2026-09-10"}}
            assert (await furnishing.taken(found, sender, row))["outcome"] == "accepted"
            body = {"person": row["person"], "event_id": "b"}
            await found.good(sender, "POST", "/corrections", body)
            for number, (at, late, due) in enumerate(WRITTEN):
                again = row | {"event_id": f"b{number}", "occurred_at": at}
                again["fields"] = {"days_late": late, "due_date": due}
                result = await furnishing.taken(found, sender, again)
                assert result["errors"] == [{"field": "", "detail": TAKEN_BACK}]

    run(work())


def test_what_was_taken_back_does_not_come_back_as_a_replacement(database: str, folder: Path) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            for kind in (MISSED, CARE):
                await furnishing.sends(found, ana, sender, kind, 5)
            gone, other = ana.said
            await furnishing.takes_back(found, ana, gone, by_event=False)
            await furnishing.says_again_by_replacing(found, ana, other, gone)

    run(work())


def test_what_is_contested_stops_and_begins_to_count_for_readers_at_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            await furnishing.sends(found, ana, sender, CARE, 5)
            await furnishing.sends(found, ana, sender, MISSED, 5)
            await days.pass_by(found, 30)
            assert (await reading.own_score(found, ana))["score"] == 1020
            missed = ana.said[1]
            await contesting.disputes(found, ana, missed, contesting.SUSPENDING)
            assert (await reading.own_score(found, ana))["score"] == 1050
            await contesting.withdraws(found, ana, ana.disputes[0])
            assert (await reading.own_score(found, ana))["score"] == 1020
            await contesting.disputes(found, ana, missed, contesting.SUSPENDING)
            dispute, item, _ = ana.open_items()[0]
            await contesting.answers(found, (ana, dispute, item), "verified", reviewer=False)
            assert (await reading.own_score(found, ana))["score"] == 1020

    run(work())


def test_a_statement_rests_on_no_event_that_was_replaced_though_the_points_are_the_same(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with running(database, folder) as here:
            found = await town(here)
            ana, sender = found.lives[0], found.furnishers[0]
            await furnishing.sends(found, ana, sender, CARE, 5)
            await days.pass_by(found, 30)
            await furnishing.replaces(found, ana, ana.said[0], CARE)
            said = await found.good(ana.person_id, "GET", f"/statements?scorecard={CARD}")
            line = next(one for one in said["lines"] if one["characteristic"] == "elder_care")
            assert [one["event_id"] for one in line["evidence"]] == [ana.said[1].event_id]

    run(work())
