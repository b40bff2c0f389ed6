"""Whoever is erased is gone: out of every table but those that say what is kept and why, and for good."""

import re
from dataclasses import replace
from pathlib import Path

import asyncpg
import psycopg
import pytest

from credence.errors import ErasedError
from credence.server.jobs import people, receipts
from credence.server.services.contesting import moved
from credence.server.services.context import Actor
from credence.server.services.furnishing import log_writer
from credence.server.services.people import accounts, erasing
from credence.server.services.people.accounts import KEPT
from tests.server.harness import Bureau, bureau, run
from tests.server.sending import fault, sending
from tests.server.services.deciding.house import House, house

WORDS = "unmistakable words"
# That there was a key, and that it is destroyed.
KEYS = "data_keys"


async def everything(h: House) -> None:
    """What a person may have: consents, reads, a decision with a review, a dispute with a correction."""
    ben, reviewer = h.there.people["ben"][1], h.reviewer[1]
    await h.publish()
    made = await h.decided("ben")
    asked = await h.made("POST", f"/decisions/{made['decision_id']}/reviews", ben, {"words": WORDS})
    url = f"/reviews/{asked['review_id']}"
    await h.made("POST", f"{url}/open", reviewer)
    said = {"reason": WORDS, "outcome": "no_deposit", "ends_on": "2027-03-01"}
    await h.made("POST", f"{url}/answer", reviewer, said)
    await h.made("GET", "/scores/current?scorecard=everyday", ben)
    line = {"scorecard": "everyday", "as_of": "2026-11-06", "characteristic": "paid_on_time"}
    body = {"line": line, "reason": "paid", "text": WORDS}
    dispute = (await h.made("POST", "/disputes", ben, body))["dispute_id"]
    items = (await h.made("GET", f"/disputes/{dispute}", ben))["items"]
    answer = {"item_id": items[0]["item_id"], "outcome": "deleted", "note": WORDS}
    await h.made("POST", f"/disputes/{dispute}/answers", reviewer, answer)
    for path in ("/freezes", "/freezes/thaw"):
        await h.send("POST", path, ben)
    await h.made("POST", "/fraud-alerts", ben, {"kind": "initial"})


def rows_with(database: str, *texts: str) -> dict[str, list[str]]:
    """The rows of every table in which one of some texts stands, as texts."""
    found: dict[str, list[str]] = {}
    with psycopg.connect(database, options="-c search_path=credence") as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'credence'::regnamespace AND relkind = 'r'"
        ).fetchall()
        for (name,) in tables:
            rows = connection.execute(f'SELECT t::text FROM "{name}" t').fetchall()
            if some := [row for (row,) in rows if any(text in row for text in texts)]:
                found[name] = some
    return found


def test_of_an_erased_person_only_what_is_kept_with_a_reason_is_left(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            here, ben = h.there.here, h.there.people["ben"][0]
            await everything(h)
            before = rows_with(database, ben.id)
            assert {"scores_1", "evaluations", "corrections", "reviews", "messages"} <= before.keys()
            assert WORDS in str(before["reviews"])
            assert '"score"' in str(before["inquiries"])
            await erase(here, ben)
            assert await people.erase_from_log(here.state, here.clock()) == 1
            after = rows_with(database, ben.id)
            assert {"people", "inquiries", "corrections", "reviews", "audit"} <= after.keys()
            assert after.keys() <= {*KEPT, KEYS}
            said = str({name: rows for name, rows in after.items() if name != "audit"})
            assert not re.search(r"\d{3} ?[,}]? ?(new|old)|score\"|band|points", said)
            assert rows_with(database, WORDS, "log-ben") == {}
            with log_writer.opened(here.state) as log:
                assert log.events_of("log-ben") == []

    run(work())


def test_what_is_kept_of_a_read_is_emptied_for_the_erased_alone_and_else_never_changed(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            here, ben = h.there.here, h.there.people["ben"][0]
            await h.publish()
            await h.decided("ben")
            for change in ("result = '{}'", "result = '{\"score\": 1}'"):
                with pytest.raises(asyncpg.RaiseError, match="never changed"):
                    async with here.as_() as context:
                        await context.connection.execute(f"UPDATE inquiries SET {change}")
            for change in ("UPDATE inquiries SET purpose = 'x'", "DELETE FROM inquiries"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    async with here.as_() as context:
                        await context.connection.execute(change)
            await erase(here, ben)
            with pytest.raises(asyncpg.RaiseError, match="never changed"):
                async with here.as_() as context:
                    await context.connection.execute("UPDATE inquiries SET result = '{\"score\": 1}'")

    run(work())


async def erase(here: Bureau, who: Actor) -> None:
    async with here.as_(replace(who, since=here.clock())) as context:
        await accounts.erase(context)


def test_what_was_received_before_an_erasure_and_is_taken_after_it_is_refused(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await power.send(power.bill(1), power.unpaid(2))
            await erase(here, power.ana)
            assert await receipts.take(here.state, here.clock()) == 2
            found = (await here.client.get(reply.headers["location"], headers=power.headers)).json()
            assert found["counts"] == {"accepted": 0, "known": 0, "conflict": 0, "rejected": 2}
            assert [fault(result) for result in found["results"]] == ["person", "person"]
            assert power.events() == []
            assert rows_with(database, power.person) == {}

    run(work())


def test_an_erasure_waits_for_what_was_on_its_way_and_takes_it_too(
    database: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PAUSE_SECONDS", 0)

    async def work() -> None:
        async with house(database, folder) as h:
            here, ben = h.there.here, h.there.people["ben"][0]
            # Somebody has looked ben up and has not kept yet what is about him.
            async with here.as_() as context:
                await erasing.hold_off(context)
                await erase(here, ben)
                assert await people.erase_from_log(here.state, here.clock()) == 0
                row: dict[str, object] = {"person_id": "log-ben", "furnisher": "power", "event_id": "late"}
                row |= {"kind": "bill.paid", "occurred_at": "2026-10-01", "days_late": 0}
                assert (await log_writer.append(here.state, [row], here.clock())).total("accepted") == 1
                values = ben.id, "everyday"
                await context.connection.execute(
                    "INSERT INTO evaluations (person_id, scorecard, as_of, known_at, version, reasons, lines,"
                    " definition_hash, why) VALUES ($1, $2, now(), now(), 1, '[]', '[]', '', '')",
                    *values,
                )
            assert await people.erase_from_log(here.state, here.clock()) == 1
            assert rows_with(database, ben.id).keys() <= {*KEPT, KEYS}
            with log_writer.opened(here.state) as log:
                assert log.events_of("log-ben") == []

    run(work())


def test_nothing_about_somebody_who_was_erased_meanwhile_goes_into_the_log(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            mark: dict[str, object] = {"furnisher": "bureau", "event_id": "m", "kind": "mark.suspends"}
            mark |= {"person_id": f"log-{power.ana.id}", "occurred_at": "2026-11-06", "target": "p-1"}
            await erase(here, power.ana)
            async with here.as_() as context:
                with pytest.raises(ErasedError):
                    await moved.send(context, here.state, [mark])
            assert power.events() == []

    run(work())
