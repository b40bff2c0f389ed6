"""An override holds for the next decisions of its policy about its person, until its last day."""

from pathlib import Path
from typing import Any

from tests.server.harness import run
from tests.server.services.deciding.house import DEPOSIT, House, house

LAST = "2026-12-01"
STRICTER = DEPOSIT.replace("version: 1\n", "version: 2\n").replace("650", "800")
OTHER_WORDS = DEPOSIT.replace("version: 1\n", "version: 3\n").replace("deposit_due", "three_months")
OTHER_POLICY = DEPOSIT.replace("name: deposit\n", "name: keys\n")


async def overridden(h: House, made: dict[str, Any], name: str, outcome: str) -> dict[str, Any]:
    """The review with which a reviewer overrides a decision."""
    person = h.there.people[name][1]
    asked = await h.made("POST", f"/decisions/{made['decision_id']}/reviews", person, {})
    url = f"/reviews/{asked['review_id']}"
    await h.made("POST", f"{url}/open", h.reviewer[1])
    said = {"reason": "The receipts are there.", "outcome": outcome, "ends_on": LAST}
    return await h.made("POST", f"{url}/answer", h.reviewer[1], said)


async def again(h: House, person: str, policy: str = "deposit@1", **said: object) -> dict[str, Any]:
    reply = await h.decide(person, policy=policy, **said)
    assert reply.status_code == 201, reply.text
    told: dict[str, Any] = reply.json()
    return told


def test_the_next_decision_follows_the_override_and_says_so_until_its_last_day(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            for text in (DEPOSIT, OTHER_POLICY, STRICTER):
                await h.publish(text)
            made = await h.decided("ben")
            assert (made["outcome"], "override" in made["told"]) == ("deposit_due", False)
            review, person = await overridden(h, made, "ben", "no_deposit"), made["person"]
            followed = await again(h, person)
            assert (followed["outcome"], followed["meaning"], followed["letter"]) == (
                "no_deposit", "accept", False,
            )  # fmt: skip
            told = followed["told"]
            assert (told["reason"], told["terms"]) == ("The receipts are there.", {"deposit": "none"})
            assert told["override"] == {
                "review_id": review["review_id"], "decision_id": made["decision_id"],
                "outcome_alone": "deposit_due", "ends_on": LAST,
                "reason_alone": "Your score is less than 650, so you leave a deposit of two months.",
            }  # fmt: skip
            own = await h.made("GET", f"/decisions/{followed['decision_id']}", h.there.people["ben"][1])
            assert own["told"]["override"] == told["override"]
            # Whichever version; no other policy, and nobody else.
            assert (await again(h, person, "deposit@2"))["outcome"] == "no_deposit"
            assert (await again(h, person, "keys@1"))["outcome"] == "deposit_due"
            ana = (await h.there.consent("ana"))["person"]
            assert "override" not in (await again(h, ana))["told"]
            h.there.here.clock.move(days=25)
            assert h.there.here.clock().date().isoformat() == LAST
            assert (await again(h, person))["outcome"] == "no_deposit"
            h.there.here.clock.move(days=1)
            assert (await again(h, person))["outcome"] == "deposit_due"

    run(work())


def test_an_override_gives_way_to_what_is_better_and_ends_where_its_outcome_does(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await h.publish()
            made = await h.decided("ben")
            await overridden(h, made, "ben", "refer")
            assert (await again(h, made["person"]))["outcome"] == "refer"
            easy = DEPOSIT.replace("version: 1\n", "version: 2\n").replace("650", "400")
            await h.publish(easy)
            assert (await again(h, made["person"], "deposit@2"))["outcome"] == "no_deposit"
            h.there.here.clock.move(minutes=1)
            await overridden(h, await again(h, made["person"], "deposit@2"), "ben", "deposit_due")
            # What was overridden is what the policy alone still says: the last word is the reviewer's.
            assert (await again(h, made["person"], "deposit@2"))["outcome"] == "deposit_due"
            await h.publish(OTHER_WORDS)
            assert (await again(h, made["person"], "deposit@3"))["told"].get("override") is None

    run(work())
