"""Decisions: made under consent, recorded, seen by each side as far as it may, with a letter if against."""

from datetime import timedelta
from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import BANDS, SCOPES, house


def test_a_decision_is_made_recorded_and_seen_by_the_partner_and_the_person(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("ana", reference="A-1", amount=90000, currency="EUR")
            assert (made["outcome"], made["meaning"], made["level"]) == ("no_deposit", "accept", "threshold")
            assert (made["letter"], made["told"]["reference"]) == (False, "A-1")
            url = f"/decisions/{made['decision_id']}"
            assert await h.made("GET", url) == made
            mine = (await h.there.see("ana", f"/v1{url}")).json()
            assert (mine["told"]["score"], mine["told"]["amount"], mine["person"]) == (705, 90000, None)
            assert (await h.there.see("ana", f"/v1{url}/letter")).status_code == 404
            for who in (h.partner[1], h.there.people["ana"][1]):
                page = await h.made("GET", "/decisions?limit=1", who)
                assert [one["decision_id"] for one in page["data"]] == [made["decision_id"]]
                assert (await h.made("GET", f"/decisions?before={page['next_cursor']}", who))["data"] == []
            read = (await h.there.see("ana", f"/v1/inquiries/{made['inquiry_id']}")).json()
            assert (read["hard"], read["purpose"], read["level"]) == (True, "rental_deposit", "threshold")
            entry = (await h.there.audited("decision.made"))[0]
            assert (entry["person_id"], entry["partner_id"]) == (
                h.there.people["ana"][0].id, h.partner[0].id,
            )  # fmt: skip
            # What was used can be seen again: the statement of that day, as it was known.
            moment = {"as_of": mine["told"]["as_of"], "known_at": mine["told"]["known_at"]}
            async with h.there.here.as_() as context:
                sealed = await context.connection.fetchval("SELECT sealed FROM decision_details")
            assert b"705" not in sealed
            assert moment["as_of"] == "2026-11-06"

    run(work())


def test_the_same_key_gives_the_same_decision_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            consent = await h.there.consent("ana")
            body = {"person": consent["person"], "policy": "deposit@1", "purpose": "rental_deposit"}
            key = {"Idempotency-Key": "application-7"}
            first = await h.send("POST", "/decisions", body=body, more=key)
            again = await h.send("POST", "/decisions", body=body, more=key)
            assert again.json() == first.json()
            assert again.headers["Idempotent-Replayed"] == "true"
            assert (await h.count("decisions"), await h.count("inquiries")) == (1, 1)

    run(work())


def test_a_decision_against_somebody_comes_with_a_letter_that_only_they_read(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("ben")
            assert (made["outcome"], made["letter"]) == ("deposit_due", True)
            assert "score" not in made["told"]
            assert "reasons" not in made["told"]
            url = f"/v1/decisions/{made['decision_id']}/letter"
            page = await h.there.see("ben", url)
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert "Your score was 615, on a range from 350 to 950" in page.text
            assert "you had 35 points too few" in page.text
            sheet = await h.there.see("ben", url, form="pdf")
            assert sheet.headers["content-type"] == "application/pdf"
            assert sheet.content.startswith(b"%PDF-")
            assert (await h.there.see("ana", url)).status_code == 404
            assert (await h.send("GET", url.removeprefix("/v1"))).status_code == 403
            assert len(await h.there.audited("letter.opened")) == 2
            async with h.there.here.as_() as context:
                told = await context.connection.fetch("SELECT person_id, kind FROM messages")
            assert (h.there.people["ben"][0].id, "decision.declined") in [tuple(one.values()) for one in told]

    run(work())


def test_consent_is_asked_before_anything_is_looked_at_and_all_its_lacks_are_one_answer(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            await h.publish(BANDS)
            consent = await h.there.consent("ana", level="threshold", at_least=600)
            known_as = consent["person"]
            lacks = [
                await h.decide("per_nobody"),
                await h.decide(known_as),
                await h.decide(known_as, policy="bands@1", purpose="small_loan"),
                await h.decide(known_as, level="score"),
            ]
            await h.there.post("ana", f"/v1/consents/{consent['id']}/withdraw")
            lacks.append(await h.decide(known_as))
            told = [{k: v for k, v in one.json().items() if k != "request_id"} for one in lacks]
            assert told[0]["code"] == "consent_missing"
            assert all(one == told[0] for one in told)
            short = await h.there.consent(
                "ana", ends_at=(h.there.here.clock() + timedelta(days=1)).isoformat()
            )
            h.there.here.clock.move(days=2)
            assert (await h.decide(short["person"])).json()["code"] == "consent_missing"
            assert await h.count("decisions") == 0
            assert await h.count("inquiries") == 0

    run(work())


def test_a_frozen_score_decides_nothing_and_a_policy_decides_about_its_purpose_alone(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            consent = await h.there.consent("ana")
            other = await h.decide(consent["person"], purpose="small_loan")
            assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/purpose")
            strange = await h.decide(consent["person"], facts={"income": 5})
            assert (strange.status_code, strange.json()["errors"][0]["pointer"]) == (422, "/facts/income")
            assert (await h.decide(consent["person"], level="all")).status_code == 422
            assert (await h.decide(consent["person"], policy="nothing@1")).status_code == 404
            frozen = await h.there.post("ana", "/v1/freezes")
            assert frozen.status_code in (200, 201)
            refused = await h.decide(consent["person"])
            assert (refused.status_code, refused.json()["code"]) == (403, "frozen")
            assert await h.count("decisions") == 0

    run(work())


def test_a_partner_with_more_consent_may_be_told_more(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("ben", level="score")
            assert (made["level"], made["told"]["score"]) == ("score", 615)
            assert made["told"]["rows"][0]["clauses"][0]["distance"] == 35
            assert "reasons" not in made["told"]

    run(work())


def test_somebody_of_whom_nothing_is_published_is_evaluated_now(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("cleo")
            assert (made["outcome"], made["told"]["row"]) == ("refer", "unknown")
            mine = (await h.there.see("cleo", f"/v1/decisions/{made['decision_id']}")).json()
            assert mine["told"]["unscorable"] == "few_events"

    run(work())


def test_decisions_are_for_those_whom_they_are_about(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("ana")
            url = f"/decisions/{made['decision_id']}"
            _, other = await h.there.here.party("partner", *SCOPES)
            for headers in (other, h.there.people["ben"][1]):
                assert (await h.send("GET", url, headers)).status_code == 404
                assert (await h.made("GET", "/decisions", headers))["data"] == []
            assert (await h.send("GET", url, {})).status_code == 401
            assert (await h.send("POST", "/decisions", {}, {})).status_code == 401
            person = h.there.people["ana"][1]
            body = {"person": made["person"], "policy": "deposit@1", "purpose": "rental_deposit"}
            assert (await h.send("POST", "/decisions", person, body)).status_code == 403
            async with h.there.here.as_(h.partner[0]) as context:
                assert await context.connection.fetch("SELECT * FROM decision_details") == []

    run(work())
