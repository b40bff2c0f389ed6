"""A partner's question is answered as far as consent goes, and is there for the person to see."""

from datetime import timedelta
from pathlib import Path

from tests.server.harness import START, run
from tests.server.services.reading.world import world


def test_a_question_is_answered_recorded_and_seen_by_the_person(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, (partner, _) = there.here, there.partner
            ana = (await there.consent("ana", level="threshold", at_least=650))["person"]
            told = (await there.ask(ana, level="threshold", at_least=650, hard=True)).json()
            here.clock.move(seconds=1)
            mine = (await there.see("ana", "/v1/scores/current", scorecard="everyday")).json()
            assert told["outcome"] == ("yes" if mine["score"] >= 650 else "no")
            assert "score" not in told
            assert "band" not in told
            own, asked = (await there.see("ana", "/v1/inquiries")).json()["data"]
            assert (own["own"], own["hard"], own["purpose"]) == (True, False, "own_view")
            assert (asked["id"], asked["partner"], asked["hard"], asked["own"]) == (
                told["inquiry"], partner.id, True, False,
            )  # fmt: skip
            assert (asked["purpose"], asked["level"], asked["as_of"]) == (
                "rental_deposit", "threshold", "2026-11-06",
            )  # fmt: skip
            assert asked["result"]["outcome"] == told["outcome"]
            assert asked["at"] == START.isoformat().replace("+00:00", "Z")
            one = await there.see("ana", f"/v1/inquiries/{told['inquiry']}")
            assert one.json() == asked
            assert (await there.see("ben", f"/v1/inquiries/{told['inquiry']}")).status_code == 404
            entries = await there.audited("score.read")
            assert [(one["actor"], one["partner_id"]) for one in entries] == [
                ("partner", partner.id), ("person", None),
            ]  # fmt: skip
            page = (await there.see("ana", "/v1/inquiries", limit="1")).json()
            rest = await there.see("ana", "/v1/inquiries", limit="1", cursor=page["next_cursor"])
            assert rest.json()["data"] == [asked]

    run(work())


def test_a_question_needs_a_scope_a_registered_purpose_and_a_number_or_none(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here = there.here
            ana = (await there.consent("ana"))["person"]
            _, scopeless = await here.party("partner")
            assert (await there.ask(ana, {})).status_code == 401
            assert (await there.ask(ana, scopeless)).status_code == 403
            assert (await there.ask(ana, there.people["ana"][1])).json()["code"] == "not_allowed"
            allowed = await there.ask(ana, purpose="utility_deposit")
            assert (allowed.status_code, allowed.json()["code"]) == (403, "purpose_not_allowed")
            wrong: list[dict[str, object]] = [
                {"purpose": "gossip"}, {"level": "threshold"}, {"at_least": 650}, {"scorecard": "suining"},
                {"level": "all"}, {"why": "curious"},
            ]  # fmt: skip
            for said in wrong:
                assert (await there.ask(ana, None, **said)).status_code == 422
            assert (await there.ask("ana")).status_code == 422
            # Whoever may be told the score may ask about any number.
            for number, outcome in ((350, "yes"), (950, "no")):
                asked = await there.ask(ana, level="threshold", at_least=number)
                assert asked.json()["outcome"] == outcome
            assert len((await there.see("ana", "/v1/inquiries")).json()["data"]) == 2

    run(work())


def test_not_enough_history_is_no_low_score(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            cleo = (await there.consent("cleo", level="statement"))["person"]
            told = (await there.ask(cleo, level="threshold", at_least=350)).json()
            assert told["outcome"] == "no_score"
            whole = (await there.ask(cleo, level="statement")).json()
            assert (whole["outcome"], "score" in whole) == ("no_score", False)
            assert (await there.see("cleo", "/v1/scores", scorecard="everyday")).json()["data"] == []

    run(work())


def test_history_has_a_score_a_day_and_pages(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            there.here.clock.move(days=31)
            await there.publish(there.here.clock().date(), there.here.clock() - timedelta(hours=1))
            seen = (await there.see("ana", "/v1/scores", scorecard="everyday", limit="1")).json()
            assert [one["as_of"] for one in seen["data"]] == [seen["next_before"]] == ["2026-12-07"]
            more = await there.see(
                "ana", "/v1/scores", scorecard="everyday", limit="2", before=seen["next_before"]
            )
            assert [(one["as_of"], one["published"]) for one in more.json()["data"]] == [("2026-11-06", True)]
            assert more.json()["next_before"] is None
            assert (await there.see("ana", "/v1/inquiries")).json()["data"][0]["result"]["history"] == 1

    run(work())


def test_an_operator_looks_with_a_reason_that_the_person_sees(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            here, ana = there.here, there.people["ana"][0]
            _, headers = await here.party("operator", "support")
            body = {"person": ana.id, "scorecard": "everyday", "reason": "She called about her letter."}

            async def look(**said: str) -> tuple[int, str]:
                reply = await here.client.post("/v1/scores/look", json=body | said, headers=headers)
                return reply.status_code, reply.json().get("code", "")

            assert await look() == (200, "")
            assert await look(reason="because") == (422, "invalid_request")
            assert await look(person="per_" + "0" * 26) == (404, "not_found")
            (seen,) = (await there.see("ana", "/v1/inquiries")).json()["data"]
            assert (seen["reader"], seen["reason"], seen["purpose"]) == (
                "operator", "She called about her letter.", "oversight",
            )  # fmt: skip
            assert "lines" not in seen["result"]
            refused = await there.post("ana", "/v1/scores/look", body)
            assert refused.status_code == 403
            not_me = await there.post("ana", f"/v1/inquiries/{seen['id']}/not-me")
            assert not_me.status_code == 201

    run(work())
