"""Reviews: a person asks for a look at a decision; a reviewer upholds or overrides it, and it stays."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from credence.errors import AlreadyAnsweredError, InvalidRequestError, NoSuchThingError, UnderReviewError
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services import audit
from credence.server.services.contesting import outbox
from credence.server.services.context import Context
from credence.server.services.deciding import decisions
from credence.server.services.deciding.clocks import days_of
from credence.server.services.deciding.told import Told
from credence.server.services.people import messages, vault
from credence.server.services.reading import consents, inquiries
from credence.server.store.decisions import ACCEPTED, DECLINED

REVIEW, OVERRIDDEN, UPHELD = "review", "overridden", "upheld"
WORDS_MOST, DAYS_MOST = 4000, 366
COLUMNS = """
review_id, decision_id, person_id, partner_id, words, asked_at, due_on, reminded_at, escalated_at, late_at,
opened_at, answer, answered_at, outcome, reason, ends_on
"""
OPEN = "SELECT due_on FROM reviews WHERE decision_id = $1 AND answered_at IS NULL"
INSERT = """
INSERT INTO reviews
(review_id, decision_id, person_id, partner_id, words, asked_at, remind_on, escalate_on, due_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
ONE = f"SELECT {COLUMNS} FROM reviews WHERE review_id = $1"  # noqa: S608 - columns named above
OF = f"SELECT {COLUMNS} FROM reviews WHERE decision_id = $1 ORDER BY review_id"  # noqa: S608
WAITING = f"""
SELECT {COLUMNS} FROM reviews WHERE answered_at IS NULL AND (due_on, review_id) > ($1, $2)
ORDER BY due_on, review_id LIMIT $3
"""  # noqa: S608
LATE = f"""
SELECT {COLUMNS} FROM reviews WHERE answered_at IS NULL AND escalated_at IS NOT NULL
AND (due_on, review_id) > ($1, $2) ORDER BY due_on, review_id LIMIT $3
"""  # noqa: S608
OPENED = "UPDATE reviews SET opened_at = $2 WHERE review_id = $1 AND opened_at IS NULL"
ANSWER = """
UPDATE reviews SET answer = $2, answered_at = $3, answered_by = $4, outcome = $5, reason = $6, ends_on = $7
WHERE review_id = $1
"""


@dataclass(frozen=True)
class Review:
    """A look at a decision that was asked for, and what came of it.

    Attributes:
        review_id: Its id.
        decision_id: The decision, which stays as it was made.
        person_id: Whom it is about.
        partner_id: Whose decision it is.
        words: What the person says to it, encrypted.
        asked_at: When it was asked for, or passed on by the policy.
        due_on: The last day on which an answer is in time.
        reminded_at: When reviewers were reminded: half-way.
        escalated_at: When it was passed on to those who lead them: with a quarter of the time left.
        late_at: When its last day had passed without an answer.
        opened_at: When a reviewer first looked at it.
        answer: upheld or overridden; accepted or declined by the partner, of what its policy passed on to it;
            None until there is one.
        answered_at: When it was answered.
        outcome: What holds instead, where it was overridden.
        reason: Why, in the reviewer's words.
        ends_on: The last day on which the override holds.
    """

    review_id: str
    decision_id: str
    person_id: str
    partner_id: str
    words: bytes | None
    asked_at: datetime
    due_on: date
    reminded_at: datetime | None
    escalated_at: datetime | None
    late_at: datetime | None
    opened_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    outcome: str | None
    reason: str | None
    ends_on: date | None


@dataclass(frozen=True)
class Answer:
    """What a reviewer says: another outcome of the policy until a day, or None, and why."""

    reason: str
    outcome: str | None = None
    ends_on: date | None = None


async def ask(context: Context, keys: Keys, decision_id: str, words: str | None) -> Review:
    """Ask that somebody looks at a decision about oneself.

    Args:
        context: The context, of the person.
        keys: The keys of the bureau.
        decision_id: The decision.
        words: What the person says to it.

    Raises:
        NoSuchThingError: There is no such decision about them.
        UnderReviewError: Somebody is at it already.
    """
    made = await decisions.one(context, keys, decision_id)
    due = await context.connection.fetchval(OPEN, decision_id)
    if due is not None:
        raise UnderReviewError(str(due))
    review_id, person = new_id("rev", context.now), context.actor.id
    sealed = words and await vault.seal(context, keys, person, f"review:{review_id}", words.encode())
    days = days_of(context.settings.jurisdiction, today(context))
    values = decision_id, person, made.partner_id, sealed, context.now, *astuple(days)
    system = await context.as_system()
    await system.connection.execute(INSERT, review_id, *values)
    await context.back()
    await audit.record(context, "review.asked", person=person, partner=made.partner_id, review=review_id)
    await messages.tell(context, person, "review.asked", review=review_id)
    return await one(context, review_id)


async def one(context: Context, review_id: str) -> Review:
    """A review that whoever asks may see.

    Raises:
        NoSuchThingError: There is none.
    """
    row = await context.connection.fetchrow(ONE, review_id)
    if row is None:
        raise NoSuchThingError(REVIEW, review_id)
    return _review(row)


async def of_decision(context: Context, decision_id: str) -> list[Review]:
    """The reviews of a decision that whoever asks may see, oldest first."""
    return [_review(row) for row in await context.connection.fetch(OF, decision_id)]


def settled_by(looks: Sequence[Review]) -> Review | None:
    """The look by which somebody of the partner settled what its policy had passed on."""
    return next((look for look in looks if look.answer in (ACCEPTED, DECLINED)), None)


async def waiting(context: Context, after: tuple[date, str], limit: int) -> list[Review]:
    """Reviews without an answer, the one that is due first at the head."""
    return [_review(row) for row in await context.connection.fetch(WAITING, *after, limit)]


async def late(context: Context, after: tuple[date, str], limit: int) -> list[Review]:
    """Reviews that were passed on because nobody had answered, the one that is due first at the head."""
    return [_review(row) for row in await context.connection.fetch(LATE, *after, limit)]


async def open_(context: Context, keys: Keys, review_id: str) -> tuple[Review, Told, str | None]:
    """All that a reviewer looks at: the review, the decision, the person's words. That it was opened is seen.

    Raises:
        NoSuchThingError: There is none.
        ErasedError: The person was erased.
    """
    found = await one(context, review_id)
    made = await decisions.one(context, keys, found.decision_id)
    assert made.told is not None, "one decision is read whole"
    grant = await consents.for_operator(context, found.person_id, f"{REVIEW} {review_id} of a decision")
    told = {"decision": found.decision_id, "review": review_id}
    await inquiries.record(context, grant, told, hard=False)
    await context.connection.execute(OPENED, review_id, context.now)
    words = None
    if found.words is not None:
        words = await vault.unseal(context, keys, found.person_id, f"review:{review_id}", found.words)
    return await one(context, review_id), made.told, None if words is None else words.decode()


async def answer(context: Context, keys: Keys, review_id: str, said: Answer) -> Review:
    """Uphold a decision or override it, with a reason that the person and the partner see.

    Raises:
        NoSuchThingError: There is no such review.
        AlreadyAnsweredError: It was answered.
        InvalidRequestError: It was not opened first, the outcome is none of the policy, or the end is amiss.
    """
    found, made = await one(context, review_id), None
    if found.answered_at is not None:
        raise AlreadyAnsweredError(REVIEW)
    if found.opened_at is None:
        sentence = "Open the review first: whoever answers has looked."
        raise InvalidRequestError(sentence)
    if said.outcome is not None or said.ends_on is not None:
        made = await decisions.one(context, keys, found.decision_id)
        _check(said, made, today(context))
    word = UPHELD if made is None else OVERRIDDEN
    values = word, context.now, context.actor.id, said.outcome, said.reason, said.ends_on
    await context.connection.execute(ANSWER, review_id, *values)
    about = {"person": found.person_id, "partner": found.partner_id}
    await audit.record(context, f"decision.{word}", **about, review=review_id, decision=found.decision_id)
    await messages.tell(context, found.person_id, "review.answered", review=review_id)
    ids = {"decision_id": found.decision_id, "review_id": review_id, "answer": word}
    await outbox.add(context, "decision.reviewed", found.partner_id, found.person_id, **ids)
    return await one(context, review_id)


def _check(said: Answer, made: decisions.Made, today: date) -> None:
    """An override says another outcome that the policy has, and a last day in the year to come."""
    assert made.told is not None, "one decision is read whole"
    known = made.told.outcomes
    faults = {}
    if said.outcome not in known or said.outcome == made.outcome:
        others = ", ".join(word for word in known if word != made.outcome)
        faults["/outcome"] = f"'{said.outcome}' is no other outcome of the policy. Others are: {others}."
    if said.ends_on is None or not 0 <= (said.ends_on - today).days <= DAYS_MOST:
        faults["/ends_on"] = f"An override ends on a day from today on, at most {DAYS_MOST} days from now."
    if faults:
        raise InvalidRequestError(" ".join(faults.values()), faults)


def today(context: Context) -> date:
    """The bureau's day."""
    return context.now.astimezone(ZoneInfo(context.settings.timezone)).date()


def _review(row: Mapping[str, Any]) -> Review:
    return Review(**row)
