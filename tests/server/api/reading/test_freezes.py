"""A freeze stops every read at once, and can be set when everything else is busy."""

import asyncio
from datetime import timedelta
from pathlib import Path

from credence.server.jobs.freezes import tell
from tests.server.harness import run
from tests.server.services.reading.world import world


def test_a_frozen_score_is_told_to_nobody_but_whom_the_person_excepts(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, _) = there.here, there.partner
            ana = (await there.consent("ana"))["person"]
            first, second = [(await there.post("ana", "/v1/freezes")).json()["id"] for _ in range(2)]
            assert first == second
            refused = await there.ask(ana)
            assert (refused.status_code, refused.json()["code"]) == (403, "frozen")
            assert (await there.see("ana", "/v1/scores/current", scorecard="everyday")).status_code == 200
            url = f"/v1/freezes/exceptions/{partner.id}"
            until = (here.clock() + timedelta(days=3)).isoformat()
            excepted = await here.client.put(url, json={"ends_at": until}, headers=there.people["ana"][1])
            assert excepted.status_code == 200
            assert (await there.ask(ana)).status_code == 200
            held = (await there.see("ana", "/v1/freezes")).json()
            assert (held["frozen"], held["freeze"]["set_by"]) == (True, "person")
            assert [one["partner"] for one in held["exceptions"]] == [partner.id]
            for _ in range(2):
                ended = await here.client.delete(url, headers=there.people["ana"][1])
                assert ended.status_code == 204
            assert (await there.ask(ana)).json()["code"] == "frozen"
            assert (await here.client.put(url, json={}, headers=there.people["ana"][1])).status_code == 200
            here.clock.move(days=31)
            assert (await there.ask(ana)).json()["code"] == "frozen"
            for _ in range(2):
                assert (await there.post("ana", "/v1/freezes/thaw")).status_code == 204
            assert (await there.ask(ana)).status_code == 200
            assert (await there.see("ana", "/v1/freezes")).json()["freeze"] is None
            for what in ("freeze.set", "freeze.lifted", "freeze.exception_ended"):
                assert len(await there.audited(what)) == 1
            assert (await here.client.post("/v1/freezes")).status_code == 401

    run(work())


def test_an_exception_is_for_a_partner_that_is_there_and_ends_within_a_year(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, headers = there.here, there.people["ana"][1]
            late = (here.clock() + timedelta(days=366)).isoformat()
            for partner, body, status in (
                (there.partner[0].id, {"ends_at": late}, 422),
                ("par_" + "0" * 26, {}, 404),
            ):
                url = f"/v1/freezes/exceptions/{partner}"
                assert (await here.client.put(url, json=body, headers=headers)).status_code == status
            assert (await there.see("ana", "/v1/freezes")).json()["exceptions"] == []

    run(work())


def test_a_freeze_is_set_while_every_other_connection_and_the_log_are_busy(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            state = there.here.state
            with state.log.manifest.changing(there.here.clock()) as change:
                busy = [await state.pool.take() for _ in range(state.pool.most)]
                try:
                    frozen = await asyncio.wait_for(there.post("ana", "/v1/freezes"), 4)
                finally:
                    for one in busy:
                        state.pool.give_back(one)
                change.cancel()
            assert frozen.status_code == 201
            assert (await there.see("ana", "/v1/freezes")).json()["frozen"] is True

    run(work())


def test_partners_with_a_consent_are_told_of_a_fraud_alert_until_it_ends(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            far = (there.here.clock() + timedelta(days=364)).isoformat()
            ana = (await there.consent("ana", ends_at=far))["person"]
            assert "fraud_alert_until" not in (await there.ask(ana)).json()
            made = (await there.post("ana", "/v1/fraud-alerts", {"kind": "initial"})).json()
            assert (await there.ask(ana)).json()["fraud_alert_until"] == made["ends_at"]
            url = f"/v1/fraud-alerts/{made['id']}/lift"
            assert (await there.post("ben", url)).status_code == 404
            assert (await there.post("ana", url)).status_code == 204
            assert (await there.post("ana", url)).status_code == 404
            assert "fraud_alert_until" not in (await there.ask(ana)).json()
            assert (await there.post("ana", "/v1/fraud-alerts", {"kind": "loud"})).status_code == 422
            longer = (await there.post("ana", "/v1/fraud-alerts", {"kind": "extended"})).json()
            (held,) = (await there.see("ana", "/v1/freezes")).json()["fraud_alerts"]
            assert (held["id"], held["kind"]) == (longer["id"], "extended")
            there.here.clock.move(days=7 * 365)
            assert (await there.see("ana", "/v1/freezes")).status_code in (200, 401)

    run(work())


def test_who_asks_while_a_freeze_holds_is_seen_and_told_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, _) = there.here, there.partner
            consent = await there.consent("ana")
            await there.post("ana", "/v1/freezes")
            here.clock.move(minutes=1)
            for _ in range(2):
                assert (await there.ask(consent["person"])).json()["code"] == "frozen"
            seen = (await there.see("ana", "/v1/inquiries/refused", limit="1")).json()
            (one,) = seen["data"]
            assert one["at"] == "2026-11-06T09:01:00Z"
            assert (one["partner"], one["consent"]) == (partner.id, consent["id"])
            assert (one["purpose"], one["level"], one["scorecard"]) == ("rental_deposit", "score", "everyday")
            rest = await there.see("ana", "/v1/inquiries/refused", cursor=seen["next_cursor"])
            assert len(rest.json()["data"]) == 1
            assert (await there.see("ana", "/v1/inquiries")).json()["data"] == [], "nothing was read"
            assert (await there.see("ben", "/v1/inquiries/refused")).json()["data"] == []
            assert (await here.client.get("/v1/inquiries/refused")).status_code == 401
            assert len(await there.audited("score.refused")) == 2

    run(work())


def test_partners_with_a_consent_and_the_person_are_told_of_a_freeze_and_of_its_end(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, consent = there.here, await there.consent("ana")
            stranger, _ = await here.party("partner", "scores.read")
            freeze = (await there.post("ana", "/v1/freezes")).json()["id"]
            assert await tell(here.state, here.clock()) == 1
            assert await tell(here.state, here.clock()) == 0
            here.clock.move(minutes=1)
            assert (await there.post("ana", "/v1/freezes/thaw")).status_code == 204
            assert await tell(here.state, here.clock()) == 1
            async with here.as_() as context:
                events = await context.connection.fetch("SELECT * FROM outbox ORDER BY number")
                assert stranger.id not in {row["partner_id"] for row in events}
                assert [row["kind"] for row in events][1:] == ["freeze.set", "freeze.lifted"]
                assert {row["subject"] for row in events} == {consent["person"]}
                messages = await context.connection.fetch("SELECT kind, ids FROM messages ORDER BY told_at")
            assert [row["kind"] for row in messages] == ["freeze.set", "freeze.lifted"]
            assert freeze in messages[0]["ids"]

    run(work())


def test_a_new_reader_is_told_of_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ana = (await there.consent("ana"))["person"]
            first, _ = [(await there.ask(ana)).json()["inquiry"] for _ in range(2)]
            await there.consent("ana", level="band")
            assert (await there.ask(ana, level="band")).status_code == 200
            (told,) = (await there.see("ana", "/v1/messages")).json()["data"]
            assert (told["kind"], told["ids"]["partner"]) == ("inquiry.new_reader", there.partner[0].id)
            assert told["ids"]["inquiry"] == first

    run(work())


def test_in_a_breach_everybody_is_frozen_in_one_write_and_no_exception_holds(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, _) = there.here, there.partner
            known = {name: (await there.consent(name))["person"] for name in ("ana", "ben")}
            await there.post("ben", "/v1/freezes")
            url = f"/v1/freezes/exceptions/{partner.id}"
            assert (await here.client.put(url, json={}, headers=there.people["ana"][1])).status_code == 200
            _, headers = await here.party("operator", "admin")
            why = {"why": "Keys may be lost."}
            for status in (201, 409):
                made = await here.client.post("/v1/freezes/everybody", json=why, headers=headers)
                assert made.status_code == status
            for one in known.values():
                refused = (await there.ask(one)).json()
                assert (refused["code"], "everybody" in refused["detail"]) == ("frozen", True)
            held = (await there.see("ana", "/v1/freezes")).json()
            assert (held["frozen"], held["freeze"], held["everybody"]["why"]) == (True, None, why["why"])
            for _ in range(2):
                lifted = await here.client.post("/v1/freezes/everybody/thaw", headers=headers)
                assert lifted.status_code == 204
            codes = [(await there.ask(one)).status_code for one in known.values()]
            assert codes == [200, 403], "who froze themselves stays so"
            assert (await there.see("ana", "/v1/freezes")).json()["frozen"] is False
            assert (await there.post("ana", "/v1/freezes/everybody", why)).status_code == 403
            assert (await here.client.post("/v1/freezes/everybody", json=why)).status_code == 401
            for what in ("freeze.everybody_set", "freeze.everybody_lifted"):
                assert len(await there.audited(what)) == 1

    run(work())


def test_after_a_breach_everybody_who_was_read_about_is_frozen_and_told(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, _) = there.here, there.partner
            known = {name: (await there.consent(name))["person"] for name in ("ana", "ben", "cleo")}
            await there.ask(known["cleo"])
            here.clock.move(days=1)
            since = here.clock().isoformat()
            for name in ("ana", "ben"):
                await there.ask(known[name])
            _, headers = await here.party("operator", "admin")
            body = {"partner": partner.id, "since": since}
            done = await here.client.post("/v1/freezes/cohort", json=body, headers=headers)
            assert (done.status_code, done.json()["keys_ended"]) == (201, False)
            assert sorted(done.json()["people"]) == sorted(
                there.people[name][0].id for name in ("ana", "ben")
            )
            codes = [(await there.ask(known[name])).status_code for name in known]
            assert codes == [403, 403, 200]
            assert (await there.see("ana", "/v1/freezes")).json()["freeze"]["why"] == "breach"
            async with here.as_() as context:
                told = await context.connection.fetch(
                    "SELECT person_id FROM messages WHERE kind = 'freeze.breach'"
                )
            assert len(told) == 2
            assert (await there.post("ana", "/v1/freezes/cohort", body)).status_code == 403
            assert await tell(here.state, here.clock()) == 2
            kinds = [one["kind"] for one in (await there.see("ana", "/v1/messages")).json()["data"]]
            assert sorted(kinds) == ["freeze.breach", "inquiry.new_reader"], "nobody is told twice"

    run(work())


def test_in_a_breach_a_partners_keys_end_with_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, load=False) as there:
            here, (partner, _) = there.here, there.partner
            ana, (_, headers) = (await there.consent("ana"))["person"], await here.party("operator", "admin")
            said = {"partner": partner.id, "since": here.clock().isoformat(), "end_keys": True}
            assert (await there.ask(ana)).status_code == 200
            ended = await here.client.post("/v1/freezes/cohort", json=said, headers=headers)
            assert (ended.json()["frozen"], ended.json()["keys_ended"]) == (1, True)
            assert (await there.ask(ana)).status_code == 401
            strange = said | {"partner": "par_" + "0" * 26}
            nobody = await here.client.post("/v1/freezes/cohort", json=strange, headers=headers)
            assert nobody.status_code == 404
            assert len(await there.audited("partner_keys_ended")) == 1

    run(work())


def test_not_me_freezes_at_once_and_leaves_a_note_for_operators(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            ana = (await there.consent("ana"))["person"]
            inquiry = (await there.ask(ana)).json()["inquiry"]
            url = f"/v1/inquiries/{inquiry}/not-me"
            assert (await there.post("ben", url)).status_code == 404
            assert (await there.post("ana", url)).status_code == 201
            assert (await there.ask(ana)).json()["code"] == "frozen"
            assert (await there.see("ana", f"/v1/inquiries/{inquiry}")).json()["disowned_at"] is not None
            own = (await there.see("ana", "/v1/scores/current", scorecard="everyday")).json()["inquiry"]
            assert (await there.post("ana", f"/v1/inquiries/{own}/not-me")).status_code == 409
            (note,) = await there.audited("inquiry.disowned")
            assert note["partner_id"] == there.partner[0].id
            operator, _ = await there.here.party("operator")
            async with there.here.as_(operator) as context:
                rows = await context.connection.fetch("SELECT inquiry_id FROM disowned_inquiries")
            assert [row["inquiry_id"] for row in rows] == [inquiry]

    run(work())
