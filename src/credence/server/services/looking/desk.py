"""What a partner or a furnisher sees first: how much there is of everything, and what waits for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from credence.server.services.context import Context
from credence.server.store.decisions import UNSETTLED

# Counts are of so many days, and so many ahead.
SINCE, AHEAD = timedelta(days=30), timedelta(days=14)
LIVE = "partner_id = $1 AND withdrawn_at IS NULL AND ends_at > $2"
MADE = "SELECT count(*) FROM decisions WHERE partner_id = $1 AND made_at > $3"
PARTNER = f"""
SELECT name, purposes,
  (SELECT count(DISTINCT person_id) FROM consents WHERE {LIVE}) AS people,
  (SELECT count(*) FROM consents WHERE {LIVE} AND ends_at <= $4) AS ending,
  (SELECT count(*) FROM consent_requests WHERE partner_id = $1 AND consent_id IS NULL AND lapses_at > $2)
    AS requests,
  (SELECT count(*) FROM inquiries WHERE partner_id = $1 AND at > $3) AS questions,
  ({MADE} AND meaning = 'accept') AS accepted,
  ({MADE} AND meaning = 'refer') AS referred,
  ({MADE} AND meaning = 'decline') AS declined,
  (SELECT count(*) FROM decisions WHERE partner_id = $1 AND {UNSETTLED}) AS unsettled,
  (SELECT count(*) FROM reviews WHERE partner_id = $1 AND answered_at IS NULL) AS reviews,
  (SELECT count(*) FROM definitions WHERE partner_id = $1 AND kind = 'policy' AND state = 'draft') AS drafts,
  (SELECT count(*) FROM offers WHERE partner_id = $1 AND closed_at IS NULL
   AND ends_on BETWEEN $2::date AND $4::date) AS offers,
  (SELECT count(*) FROM webhook_endpoints WHERE partner_id = $1 AND removed_at IS NULL
   AND disabled_at IS NOT NULL) AS disabled
FROM partners WHERE partner_id = $1
"""  # noqa: S608 - made of constants
FURNISHER = """
SELECT
  (SELECT count(*) FROM notices WHERE furnisher = $1 AND counts_from > $2) AS notices,
  (SELECT count(*) FROM imports WHERE furnisher_id = $1 AND state = 'waiting') AS files,
  (SELECT count(*) FROM receipts WHERE furnisher_id = $1 AND done_at IS NULL) AS receipts,
  count(DISTINCT dispute_id) AS disputes, min(due_on) AS due_on
FROM dispute_items i JOIN disputes d USING (dispute_id) JOIN people p ON p.person_id = d.person_id
WHERE i.furnisher_id = $1 AND i.answer IS NULL AND d.state = 'open' AND p.erased_at IS NULL
"""


@dataclass(frozen=True)
class Partner:
    """A partner's desk: whom it may ask about, what was asked and decided in the last days, what waits.

    Attributes:
        name: What it is called.
        purposes: What it may ask for.
        people: How many people it may ask about.
        ending: Consents that end within two weeks.
        requests: Requests for a consent that nobody answered yet.
        questions: What it asked in the last thirty days; so are the next three.
        accepted: Decisions in somebody's favour.
        referred: Decisions that somebody of the partner looks at.
        declined: Decisions against somebody.
        unsettled: Decisions that wait for somebody of the partner.
        reviews: Decisions at which a reviewer of the bureau looks again.
        drafts: Policies that are not published.
        offers: Offers that end within two weeks.
        disabled: Addresses to which nothing is sent any more, as they did not answer.
    """

    name: str
    purposes: list[str]
    people: int
    ending: int
    requests: int
    questions: int
    accepted: int
    referred: int
    declined: int
    unsettled: int
    reviews: int
    drafts: int
    offers: int
    disabled: int

    @property
    def waits(self) -> bool:
        """Whether anything waits for somebody."""
        return any((
            self.ending, self.requests, self.unsettled, self.reviews, self.drafts, self.offers, self.disabled,
        ))  # fmt: skip


@dataclass(frozen=True)
class Furnisher:
    """What waits at a furnisher's desk.

    Attributes:
        notices: Events against people, which they were told of and which do not count yet.
        files: Files on their way into the log.
        receipts: Other events on their way.
        disputes: Disputes without an answer.
        due_on: When the first of these must be answered.
    """

    notices: int
    files: int
    receipts: int
    disputes: int
    due_on: date | None


async def of_partner(context: Context) -> Partner:
    """The desk of the partner that acts."""
    now = context.now
    row = await context.connection.fetchrow(PARTNER, context.actor.id, now, now - SINCE, now + AHEAD)
    assert row is not None, "whoever acts is there"
    return Partner(**row)


async def of_furnisher(context: Context, today: date) -> Furnisher:
    """What waits at the desk of the furnisher that acts; `today` is the bureau's day."""
    system = await context.as_system()
    row = await system.connection.fetchrow(FURNISHER, context.actor.id, today)
    assert row is not None, "counts are always there"
    return Furnisher(**row)
