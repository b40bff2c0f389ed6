"""Reviews: anybody may ask for a look at a decision; an override is shown to both, and the original stays."""

from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import House, house


async def asked(
    h: House, words: str | None = "I paid in cash."
) -> tuple[dict[str, object], dict[str, object]]:
    """Ben asks for a look at a decision against him."""
    await h.publish()
    made = await h.decided("ben")
    url = f"/decisions/{made['decision_id']}/reviews"
    return made, await h.made("POST", url, h.there.people["ben"][1], {"words": words})


def test_an_override_is_seen_by_both_sides_and_the_decision_stays(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made, review = await asked(h)
            assert review["due_on"] == "2026-11-20"
            url, reviewer, ben = f"/reviews/{review['review_id']}", h.reviewer[1], h.there.people["ben"][1]
            waiting = await h.made("GET", "/reviews?limit=1", reviewer)
            assert [one["review_id"] for one in waiting["data"]] == [review["review_id"]]
            assert (await h.made("GET", f"/reviews?after={waiting['next_cursor']}", reviewer))["data"] == []
            said = {"reason": "The receipts are there.", "outcome": "no_deposit", "ends_on": "2027-03-01"}
            blind = await h.send("POST", f"{url}/answer", reviewer, said)
            assert (blind.status_code, blind.json()["code"]) == (422, "invalid_request")
            opened = await h.made("POST", f"{url}/open", reviewer)
            assert (opened["words"], opened["told"]["score"]) == ("I paid in cash.", 615)
            reads = (await h.there.see("ben", "/v1/inquiries")).json()["data"]
            assert {(read["reader"], read["hard"]) for read in reads} == {
                ("partner", True),
                ("operator", False),
            }
            answered = await h.made("POST", f"{url}/answer", reviewer, said)
            assert answered["answer"] == "overridden"
            for who in (h.partner[1], ben):
                found = await h.made("GET", f"/decisions/{made['decision_id']}", who)
                assert found["outcome"] == "deposit_due"
                assert found["reviews"][0]["outcome"] == "no_deposit"
                assert found["reviews"][0]["reason"] == "The receipts are there."
                assert (await h.made("GET", url, who))["ends_on"] == "2027-03-01"
            async with h.there.here.as_() as context:
                query = "SELECT kind FROM outbox WHERE partner_id = $1 AND kind LIKE 'decision.%'"
                assert await context.connection.fetchval(query, h.partner[0].id) == "decision.reviewed"
                query = "SELECT kind FROM messages WHERE person_id = $1"
                told = await context.connection.fetch(query, h.there.people["ben"][0].id)
            assert {"review.asked", "review.answered"} <= {row["kind"] for row in told}
            assert len(await h.there.audited("decision.overridden")) == 1

    run(work())


def test_an_override_says_another_outcome_of_the_policy_and_when_it_ends(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            _, review = await asked(h, None)
            url, reviewer = f"/reviews/{review['review_id']}", h.reviewer[1]
            assert (await h.made("POST", f"{url}/open", reviewer))["words"] is None
            for said, places in (
                ({"outcome": "deposit_due", "ends_on": "2027-01-01"}, ["/outcome"]),
                ({"outcome": "gold", "ends_on": "2026-11-05"}, ["/outcome", "/ends_on"]),
                ({"ends_on": "2027-01-01"}, ["/outcome"]),
                ({"outcome": "refer", "ends_on": "2028-01-01"}, ["/ends_on"]),
                ({"outcome": "refer"}, ["/ends_on"]),
            ):
                found = await h.send("POST", f"{url}/answer", reviewer, {"reason": "So."} | said)
                assert [one["pointer"] for one in found.json()["errors"]] == places
            upheld = await h.made("POST", f"{url}/answer", reviewer, {"reason": "The rule was kept."})
            assert (upheld["answer"], upheld["outcome"], upheld["ends_on"]) == ("upheld", None, None)
            again = await h.send("POST", f"{url}/answer", reviewer, {"reason": "No."})
            assert (again.status_code, again.json()["code"]) == (409, "already_answered")
            assert (await h.made("GET", "/reviews?after=nonsense", reviewer))["data"] == []

    run(work())


def test_reviews_are_asked_by_the_person_and_answered_by_reviewers(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            made, review = await asked(h)
            url, ask = f"/reviews/{review['review_id']}", f"/decisions/{made['decision_id']}/reviews"
            again = await h.send("POST", ask, h.there.people["ben"][1], {})
            assert (again.status_code, again.json()["code"]) == (409, "under_review")
            assert (await h.send("POST", ask, h.there.people["ana"][1], {})).status_code == 404
            assert (await h.send("POST", ask, body={})).status_code == 403
            assert (await h.send("POST", ask, {}, {})).status_code == 401
            assert (await h.send("GET", url, h.there.people["ana"][1])).status_code == 404
            for who in (h.partner[1], h.there.people["ben"][1], h.risk[0][1]):
                assert (await h.send("POST", f"{url}/open", who)).status_code == 403
                assert (await h.send("GET", "/reviews", who)).status_code == 403

    run(work())
