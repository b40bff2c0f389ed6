"""Settling: what a policy passes on to somebody of the partner is accepted or declined, and why is told.

It is kept as a look at the decision that was answered; the decision stays as it was made.
"""

from dataclasses import astuple
from zoneinfo import ZoneInfo

from credence.errors import AlreadyAnsweredError, InvalidRequestError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.deciding import decisions, reviews
from credence.server.services.deciding.clocks import days_of
from credence.server.services.deciding.decisions import REFER, Made
from credence.server.services.deciding.reviews import REVIEW, Review
from credence.server.services.people import messages
from credence.server.store.decisions import ACCEPTED, DECLINED

INSERT = """
INSERT INTO reviews
(review_id, decision_id, person_id, partner_id, asked_at, remind_on, escalate_on, due_on,
 opened_at, answer, answered_at, answered_by, reason)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $11, $12
WHERE NOT EXISTS (SELECT FROM reviews WHERE decision_id = $2 AND answer = 'overridden')
ON CONFLICT DO NOTHING RETURNING review_id
"""
# What the person is told of either answer.
TOLD = {ACCEPTED: "decision.accepted", DECLINED: "decision.declined"}


async def settle(context: Context, keys: Keys, decision_id: str, reason: str, *, accepted: bool) -> Review:
    """Accept or decline what the policy passed on, with a reason that the person reads.

    Args:
        context: The context, of the partner.
        keys: The keys of the bureau.
        decision_id: The decision.
        reason: Why, in words.
        accepted: Whether it is in the person's favour.

    Raises:
        NoSuchThingError: The partner made no such decision.
        ErasedError: The person was erased.
        InvalidRequestError: The policy decided itself.
        AlreadyAnsweredError: It was settled before, or a reviewer overrode it.
    """
    made = await decisions.one(context, keys, decision_id)
    if made.meaning != REFER:
        sentence = (
            "The policy decided this itself. Only what it passes on to somebody is accepted or declined."
        )
        raise InvalidRequestError(sentence)
    answer = ACCEPTED if accepted else DECLINED
    review_id = await _kept(context, made, answer, reason)
    about = {"person": made.person_id, "partner": made.partner_id}
    await audit.record(context, f"decision.{answer}", **about, review=review_id, decision=decision_id)
    await messages.tell(context, made.person_id, TOLD[answer], decision=decision_id)
    ids = {"decision_id": decision_id, "review_id": review_id, "answer": answer}
    await outbox.add(context, "decision.reviewed", made.partner_id, made.person_id, **ids)
    return await reviews.one(context, review_id)


async def _kept(context: Context, made: Made, answer: str, reason: str) -> str:
    """Keep the answer, unless there is one; its id."""
    on = made.made_at.astimezone(ZoneInfo(context.settings.timezone)).date()
    days = astuple(days_of(context.settings.jurisdiction, on))
    by = context.actor.member or context.actor.id
    whose = made.decision_id, made.person_id, made.partner_id, made.made_at
    values = new_id("rev", context.now), *whose, *days, context.now, answer, by, reason
    review_id: str | None = await context.connection.fetchval(INSERT, *values)
    if review_id is None:
        raise AlreadyAnsweredError(REVIEW)
    return review_id
