"""Whoever asks for a look at a decision is not forgotten: it is passed on in time, or said to be late."""

from datetime import date
from pathlib import Path
from typing import Any

from credence.server.jobs.reviews import remind_and_pass_on
from credence.server.services.deciding import unanswered
from credence.server.services.people import accounts
from tests.server.harness import run
from tests.server.people import audited, told
from tests.server.services.deciding.house import House, house

ASKED = date(2026, 11, 6)
# By the clock of the United States: 14 days, of which a half and three quarters.
REMINDED, ESCALATED, LATE = date(2026, 11, 13), date(2026, 11, 17), date(2026, 11, 21)


async def asked(h: House) -> dict[str, Any]:
    await h.publish()
    made = await h.decided("ben")
    url = f"/decisions/{made['decision_id']}/reviews"
    return await h.made("POST", url, h.there.people["ben"][1], {})


async def pass_to(h: House, day: date) -> list[int]:
    """Let days pass until one, with the job each day; how much it did on each."""
    here, done = h.there.here, []
    while here.clock().date() < day:
        here.clock.move(days=1)
        done.append(await remind_and_pass_on(here.state, here.clock()))
    return done


def test_a_review_without_an_answer_is_reminded_of_passed_on_and_late_in_turn(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            review, (_, as_admin) = await asked(h), await h.there.here.party("operator", "admin")
            ben = h.there.people["ben"]
            url = f"/reviews/{review['review_id']}"
            names = ("reminded_at", "escalated_at", "late_at")
            seen = []
            for day in (REMINDED, ESCALATED, LATE):
                assert (await pass_to(h, day))[-1] == 1
                shown = await h.made("GET", url, ben[1])
                seen.append([(shown[name] or "")[:10] for name in names])
            assert seen == [
                [str(REMINDED), "", ""],
                [str(REMINDED), str(ESCALATED), ""],
                [str(REMINDED), str(ESCALATED), str(LATE)],
            ]
            assert set(await pass_to(h, date(2026, 12, 24))) == {0}
            kinds = ("review.escalated", "review.late")
            assert [kind for kind in await told(h.there.here, ben[0]) if kind in kinds] == [*kinds]
            acts = await audited(h.there.here, ben[0])
            assert [act for act in acts if act.startswith("review.")] == [
                "review.asked", "review.reminded", "review.escalated", "review.late",
            ]  # fmt: skip
            (late,) = (await h.made("GET", "/reviews/late", as_admin))["data"]
            assert late["review_id"] == review["review_id"]
            for who in (h.reviewer[1], ben[1], h.partner[1]):
                assert (await h.send("GET", "/reviews/late", who)).status_code == 403
            # Late is not lost: it is answered like any other, and waits no more.
            await h.made("POST", f"{url}/open", h.reviewer[1])
            answered = await h.made("POST", f"{url}/answer", h.reviewer[1], {"reason": "It was right."})
            assert answered["answer"] == "upheld"
            assert (await h.made("GET", "/reviews/late", as_admin))["data"] == []
            async with h.there.here.as_() as context:
                assert not await unanswered.advance(context, review["review_id"])

    run(work())


def test_a_job_that_was_stopped_for_weeks_does_the_last_step_alone(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            review = await asked(h)
            h.there.here.clock.move(days=40)
            for much in (1, 0):
                assert await remind_and_pass_on(h.there.here.state, h.there.here.clock()) == much
            shown = await h.made("GET", f"/reviews/{review['review_id']}", h.there.people["ben"][1])
            assert shown["reminded_at"] == shown["escalated_at"] == shown["late_at"] is not None
            kinds = await told(h.there.here, h.there.people["ben"][0])
            assert kinds.count("review.late") == 1
            assert "review.escalated" not in kinds

    run(work())


def test_of_somebody_who_was_erased_no_review_waits(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            await asked(h)
            here, ben = h.there.here, h.there.people["ben"][0]
            fresh = type(ben)(ben.kind, ben.id, since=here.clock())
            async with here.as_(fresh) as context:
                await accounts.erase(context)
            assert await remind_and_pass_on(here.state, here.clock()) == 1
            assert await remind_and_pass_on(here.state, here.clock()) == 0
            assert (await h.made("GET", "/reviews", h.reviewer[1]))["data"] == []
            async with here.as_() as context:
                assert await context.connection.fetchval("SELECT answer FROM reviews") == "withdrawn"

    run(work())
