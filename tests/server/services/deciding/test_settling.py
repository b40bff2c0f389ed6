"""What a policy passes on is settled by the partner, once; a person who is declined has a letter."""

from pathlib import Path
from typing import Any

from tests.server.harness import run
from tests.server.services.deciding.house import House, house

WORDS = "The deposit of your last flat was kept."
WHY = {"accepted": False, "reason": WORDS}


async def referred(h: House) -> str:
    """A decision about Cleo, of whom too little is known."""
    await h.publish()
    return str((await h.decided("cleo"))["decision_id"])


async def told(h: House) -> list[str]:
    async with h.there.here.as_() as context:
        query = "SELECT kind FROM messages WHERE person_id = $1 AND kind LIKE 'decision.%'"
        rows = await context.connection.fetch(query, h.there.people["cleo"][0].id)
    return [row["kind"] for row in rows]


def test_a_decline_is_told_with_its_reason_and_a_letter(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made, cleo = await referred(h), h.there.people["cleo"][1]
            assert (await h.send("GET", f"/decisions/{made}/letter", cleo)).status_code == 404
            review = await h.made("POST", f"/decisions/{made}/settle", body=WHY)
            assert (review["answer"], review["reason"], review["ends_on"]) == (
                "declined",
                WORDS,
                None,
            )
            for who in (cleo, h.partner[1]):
                seen = await h.made("GET", f"/decisions/{made}", who)
                assert (seen["meaning"], seen["settled"], seen["letter"]) == ("refer", "declined", True)
                assert [one["reason"] for one in seen["reviews"]] == [WORDS]
            letter = await h.send("GET", f"/decisions/{made}/letter", cleo)
            assert WORDS in letter.text
            assert await told(h) == ["decision.declined"]
            async with h.there.here.as_() as context:
                query = "SELECT ids ->> 'answer' FROM outbox WHERE partner_id = $1 AND kind = $2"
                answer = await context.connection.fetchval(query, h.partner[0].id, "decision.reviewed")
            assert answer == "declined"
            assert len(await h.there.audited("decision.declined")) == 1

    run(work())


def test_an_acceptance_is_told_and_holds_for_no_other_decision(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made = await referred(h)
            await h.made("POST", f"/decisions/{made}/settle", body={"accepted": True, "reason": "Seen."})
            assert await told(h) == ["decision.accepted"]
            h.there.here.clock.move(seconds=1)
            again = await h.decided("cleo")
            assert (again["outcome"], again["settled"], again["letter"]) == ("refer", None, False)
            listed = await h.made("GET", "/decisions", h.there.people["cleo"][1])
            assert [one["settled"] for one in listed["data"]] == [None, "accepted"]

    run(work())


def test_it_is_said_once_and_only_of_what_was_passed_on(database: str, folder: Path) -> None:
    async def refused(h: House, made: str, status: int, code: str, body: Any = WHY) -> None:  # noqa: ANN401
        found = await h.send("POST", f"/decisions/{made}/settle", body=body)
        assert (found.status_code, found.json()["code"]) == (status, code)

    async def work() -> None:
        async with house(database, folder) as h:
            made = await referred(h)
            await refused(h, made, 422, "invalid_request", {"accepted": True, "reason": ""})
            await h.made("POST", f"/decisions/{made}/settle", body=WHY)
            await refused(h, made, 409, "already_answered")
            await refused(h, (await h.decided("ben"))["decision_id"], 422, "invalid_request")
            overridden = str((await h.decided("cleo"))["decision_id"])
            ask = f"/decisions/{overridden}/reviews"
            review = (await h.made("POST", ask, h.there.people["cleo"][1], {}))["review_id"]
            await h.made("POST", f"/reviews/{review}/open", h.reviewer[1])
            said = {"reason": "She pays.", "outcome": "no_deposit", "ends_on": "2026-12-01"}
            await h.made("POST", f"/reviews/{review}/answer", h.reviewer[1], said)
            await refused(h, overridden, 409, "already_answered")
            h.there.partner = await h.there.here.party("partner", "decisions.write")
            await refused(h, made, 404, "not_found")
            assert (await h.send("POST", f"/decisions/{made}/settle", {}, WHY)).status_code == 401

    run(work())
