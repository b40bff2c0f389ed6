"""Who may read a person's statements is told of disputes on them; others learn nothing."""

from datetime import timedelta
from pathlib import Path

from credence.server.jobs.disputes import remind_and_decide
from tests.server.harness import run
from tests.server.services.contesting.case import CARD, Case, case

CONSENT = """
INSERT INTO consents (consent_id, person_id, partner_id, purpose, level, scorecard, granted_at, ends_at)
VALUES ($1, $2, $1, 'rental_deposit', $3, $4, $5, $6)
"""


async def partner(one: Case, level: str, days: int) -> str:
    """A partner with a consent of a level, for so many days."""
    actor, one.headers[f"{level} {days}"] = await one.here.party("partner", "feed.read")
    async with one.here.as_() as context:
        ends_at = context.now + timedelta(days=days)
        values = (one.person.id, level, CARD, context.now, ends_at)
        await context.connection.execute(CONSENT, actor.id, *values)
    return f"{level} {days}"


def test_partners_who_may_read_statements_follow_a_dispute(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            told, short = await partner(one, "statement", 90), await partner(one, "statement", 5)
            untold = await partner(one, "score", 90)
            dispute = await one.open("e1")
            one.here.clock.move(days=15)
            await remind_and_decide(one.here.state, one.here.clock())
            await one.answer("reviewer", dispute, "verified")
            feeds = {
                who: [event["type"] for event in (await one.ask(who, "GET", "/feed"))["data"]]
                for who in (told, short, untold)
            }
            assert feeds == {
                told: ["dispute.opened", "dispute.due", "dispute.decided"],
                short: ["dispute.opened"],
                untold: [],
            }

    run(work())
