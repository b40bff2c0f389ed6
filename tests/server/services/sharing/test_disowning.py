"""Not me: the freeze holds at once, and the bureau looks into it by its clock; no log, no partners."""

from pathlib import Path
from typing import Any

from credence.server.jobs.disputes import remind_and_decide
from tests.server.harness import run
from tests.server.services.contesting.test_readers import CONSENT
from tests.server.services.reading.world import World, world

KIND = "inquiry.made"


async def disowned(there: World) -> dict[str, Any]:
    """Ana says of the partner's look that it was not her."""
    consent = await there.consent("ana")
    assert (await there.ask(consent["person"])).status_code == 200
    (look,) = (await there.see("ana", "/v1/inquiries")).json()["data"]
    reply = await there.post("ana", f"/v1/inquiries/{look['id']}/not-me")
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()
    assert (await there.post("ana", f"/v1/inquiries/{look['id']}/not-me")).json() == found
    return found | {"inquiry": look["id"]}


async def dispute_of(there: World, dispute: str) -> dict[str, Any]:
    found: dict[str, Any] = (await there.see("ana", f"/v1/disputes/{dispute}")).json()
    return found


async def send(there: World, headers: dict[str, str], dispute: str, **said: object) -> int:
    """The status of an answer."""
    body = {"item_id": f"itm_{dispute.removeprefix('dis_')}_0001"} | said
    reply = await there.here.client.post(f"/v1/disputes/{dispute}/answers", json=body, headers=headers)
    return reply.status_code


def test_it_freezes_and_opens_one_dispute_that_a_reviewer_decides(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            made = await disowned(there)
            assert (await there.see("ana", "/v1/freezes")).json()["freeze"]["id"] == made["freeze"]
            found = await dispute_of(there, made["dispute"])
            assert (found["reason"], found["reason_title"]) == (
                "not_me",
                "Somebody looked, and it was not me",
            )
            (item,) = found["items"]
            assert (item["kind"], item["inquiry_id"], item["counts"]) == (KIND, made["inquiry"], True)
            assert [step["what"] for step in found["timeline"]] == ["opened", "bureau_took_up"]
            look = (await there.see("ana", f"/v1/inquiries/{made['inquiry']}")).json()
            assert look["dispute"] == made["dispute"]
            assert (await there.see("ana", f"/v1/disputes/{made['dispute']}/preview")).json() == []
            _, reviewer = await there.here.party("operator", "reviewer")
            event = {"event_id": "x", "kind": KIND, "occurred_at": "2026-11-06"}
            modified = {"outcome": "modified", "replacement": event}
            assert await send(there, reviewer, made["dispute"], **modified) == 422
            checked = ["The application of 6 November"]
            assert await send(there, reviewer, made["dispute"], outcome="verified", checked=checked) == 200
            assert (await dispute_of(there, made["dispute"]))["outcome"] == "verified"
            (other,) = (await there.see("ana", "/v1/disputes")).json()["data"]
            assert other["dispute_id"] == made["dispute"]

    run(work())


def test_silence_finds_for_the_person_and_the_log_is_left_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder, jurisdiction="eu") as there:
            partner, feed = await there.here.party("partner", "feed.read")
            async with there.here.as_() as context:
                person, until = there.people["ana"][0].id, context.now.replace(year=2027)
                said = (person, "statement", "everyday", context.now, until)
                await context.connection.execute(CONSENT, partner.id, *said)
            before = there.here.state.log.snapshot
            made = await disowned(there)
            there.here.clock.move(days=40)
            await remind_and_decide(there.here.state, there.here.clock())
            found = await dispute_of(there, made["dispute"])
            assert (found["state"], found["outcome"], found["items"][0]["answer"]) == (
                "closed", "deleted", "silence",
            )  # fmt: skip
            assert there.here.state.log.snapshot == before
            told = (await there.here.client.get("/v1/feed", headers=feed)).json()["data"]
            assert [event["type"] for event in told if event["type"].startswith("dispute")] == []
            assert (await there.see("ana", "/v1/corrections")).json()["data"] == []

    run(work())


def test_the_person_may_let_it_be_and_the_words_on_file_stand_beside_no_line(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            made = await disowned(there)
            assert (await there.post("ana", f"/v1/disputes/{made['dispute']}/withdrawal")).status_code == 200
            path, headers = f"/v1/disputes/{made['dispute']}/statement", there.people["ana"][1]
            put = await there.here.client.put(path, json={"text": "It was me after all."}, headers=headers)
            assert put.status_code == 200
            told = (await there.see("ana", "/v1/statements", scorecard="everyday")).json()
            assert "statements_on_file" not in told

    run(work())
