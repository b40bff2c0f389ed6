"""What speaks against a person needs evidence, and counts only once they were told and time has passed."""

from datetime import date
from pathlib import Path

from credence.server.jobs import corrections, notices, receipts
from credence.server.services.contesting import tombstones
from credence.server.services.furnishing import batches, log_writer
from credence.server.services.furnishing.receipts import rules_of
from credence.server.services.furnishing.rows import read
from tests.server.harness import Bureau, bureau, run
from tests.server.sending import EVIDENCE, Sending, fault, outcomes, sending


async def told(here: Bureau, who: Sending) -> list[str]:
    """The kinds of messages a person has."""
    async with here.as_() as context:
        query = "SELECT kind FROM messages WHERE person_id = $1 ORDER BY message_id"
        return [row["kind"] for row in await context.connection.fetch(query, who.ana.id)]


def marks(who: Sending) -> list[tuple[object, object]]:
    return [(e["target"], e["date"]) for e in who.events() if e["kind"] == "mark.counts_from"]


def test_it_counts_from_the_day_that_the_person_is_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            rows = [power.unpaid(1), power.bill(2), power.unpaid(3, kind="eviction.filed")]
            rows[2]["fields"] = {"case_number": "C-1"}
            assert outcomes(await power.taken(*rows)) == ["accepted"] * 3
            page = await here.client.get("/v1/notices?limit=1", headers=power.ana_headers)
            rest = f"/v1/notices?cursor={page.json()['next_cursor']}"
            shown = [*page.json()["data"]]
            shown += (await here.client.get(rest, headers=power.ana_headers)).json()["data"]
            shown.sort(key=lambda one: str(one["kind"]))
            assert [(one["kind"], one["counts_from"], one["counts"]) for one in shown] == [
                ("bill.unpaid", "2026-12-06", False), ("eviction.filed", "2026-11-20", False),
            ]  # fmt: skip
            assert shown[0]["evidence"] == EVIDENCE
            assert shown[0]["contest"] == {"furnisher": power.furnisher.id, "event_id": "p-1"}
            assert shown[0]["title"] == "A bill was left unpaid"
            assert sorted(marks(power)) == [("p-1", date(2026, 12, 6)), ("p-3", date(2026, 11, 20))]
            assert await told(here, power) == ["event.against"]
            async with here.as_() as context:
                query = "SELECT person_id FROM audit WHERE what = 'notice.given'"
                assert [row["person_id"] for row in await context.connection.fetch(query)] == [
                    power.ana.id
                ] * 2

    run(work())


def test_a_person_sees_only_notices_of_their_own(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            await power.taken(power.unpaid(1))
            mine = await here.client.get("/v1/notices", headers=other.ana_headers)
            assert mine.json() == {"data": [], "next_cursor": None}
            assert (await here.client.get("/v1/notices")).status_code == 401
            assert (await here.client.get("/v1/notices", headers=power.headers)).status_code == 403

    run(work())


def test_it_needs_evidence(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            lacking = ["", "too short", "x" + " " * 60 + "x", "x" * 2001, "evd_unknown", "evd_\0", None]
            rows = [power.unpaid(number, evidence=text) for number, text in enumerate(lacking)]
            results = await power.taken(*rows)
            assert outcomes(results) == ["rejected"] * len(lacking)
            assert {fault(result) for result in results} == {"evidence"}
            taken_back = power.unpaid(9, evidence=None, retracts="p-1")
            assert outcomes(await power.taken(taken_back)) == ["accepted"]
            assert await told(here, power) == []

    run(work())


def test_sent_again_it_is_told_once_and_its_day_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.taken(power.unpaid(1))
            here.clock.move(days=10)
            again = [power.unpaid(1), power.unpaid(1, fields={"due_date": "2026-05-30"})]
            assert outcomes(await power.taken(*again)) == ["known", "conflict"]
            assert marks(power) == [("p-1", date(2026, 12, 6))]
            assert await told(here, power) == ["event.against"]

    run(work())


def test_what_is_refused_is_told_to_nobody_and_its_notice_begins_when_it_is_right(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            assert outcomes(await power.taken(power.unpaid(1, fields={}))) == ["rejected"]
            assert (await told(here, power), marks(power)) == ([], [])
            here.clock.move(days=10)
            assert outcomes(await power.taken(power.unpaid(1))) == ["accepted"]
            assert marks(power) == [("p-1", date(2026, 12, 16))]

    run(work())


def test_a_crash_between_telling_the_log_and_the_receipt_loses_and_doubles_nothing(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await power.send(power.unpaid(1), power.bill(2))
            # The process dies once the log has taken the rows, before it has noted it.
            async with here.as_() as context:
                query = "SELECT body FROM receipts WHERE done_at IS NULL"
                body = bytes(await context.connection.fetchval(query))
                rules = await rules_of(context, power.furnisher.id, here.state.log.vocabulary)

                async def nothing(*_: object) -> frozenset[int]:
                    return frozenset()

                batch = await batches.prepare(context, rules, read(body, "json"), nothing)
            await batches.take(here.state, [batch], here.clock(), corrections.follow)
            here.clock.move(days=1)
            assert await receipts.take(here.state, here.clock()) == 2
            found = await here.client.get(reply.headers["location"], headers=power.headers)
            assert outcomes(found.json()["results"]) == ["known", "known"]
            assert marks(power) == [("p-1", date(2026, 12, 6))]
            assert len(power.events()) == 3
            assert await told(here, power) == ["event.against"]

    run(work())


def test_a_crash_after_telling_and_before_the_log_keeps_the_day(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.send(power.unpaid(1))
            (folder / "log" / "manifest.sqlite").rename(folder / "manifest.sqlite")
            failed = 0
            try:
                await receipts.take(here.state, here.clock())
            except Exception:  # noqa: BLE001 - the log is gone, whatever that is called
                failed += 1
            (folder / "manifest.sqlite").rename(folder / "log" / "manifest.sqlite")
            assert failed == 1
            assert await receipts.take(here.state, here.clock()) == 1
            assert marks(power) == [("p-1", date(2026, 12, 6))]

    run(work())


def test_a_person_is_told_once_more_before_it_counts(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.taken(power.unpaid(1))
            assert await notices.remind(here.state, here.clock()) == 0
            here.clock.move(days=26)
            assert [await notices.remind(here.state, here.clock()) for _ in range(2)] == [1, 0]
            assert await told(here, power) == ["event.against", "event.counts_soon"]
            here.clock.move(days=30)
            shown = (await here.client.get("/v1/notices", headers=power.ana_headers)).json()["data"]
            assert shown[0]["counts"] is True
            with log_writer.opened(here.state) as log:
                assert log.snapshot is not None

    run(work())


def test_what_was_taken_back_does_not_come_again(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            async with here.as_() as context:
                row: dict[str, object] = {
                    "person_id": f"log-{power.ana.id}",
                    "kind": "bill.paid",
                    "occurred_at": "2026-09-03",
                }
                row |= {"days_late": 0, "furnisher": power.furnisher.id}
                content = tombstones.row_content(row, "UTC")
                await tombstones.lay(context, {(power.furnisher.id, "p-1"): content})
            results = await power.taken(power.bill(1), power.bill(2, 5))
            assert outcomes(results) == ["rejected", "accepted"]
            assert "certify" in results[0]["errors"][0]["detail"]

    run(work())
