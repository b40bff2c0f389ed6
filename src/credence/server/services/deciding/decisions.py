"""Decisions: made by a partner's policy under a person's consent, kept for both, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from credence.decisions.decide import decide as decide_by_rows
from credence.errors import InvalidRequestError, NoSuchThingError
from credence.events.log import EventLog
from credence.server.ids import new_id
from credence.server.keys import Keys
from credence.server.services.context import Context
from credence.server.services.deciding import overrides, policies
from credence.server.services.deciding.application import Application, values_of
from credence.server.services.deciding.elevated import elevated
from credence.server.services.deciding.evaluating import known_from
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.deciding.told import Told, told
from credence.server.services.people import messages, vault
from credence.server.services.reading import asking, inquiries
from credence.server.services.reading.consents import Wish
from credence.server.services.reading.grants import Grant
from credence.server.services.reading.levels import rank
from credence.server.store.decisions import DECLINED, SETTLED, UNSETTLED

DECLINE, REFER = "decline", "refer"
COLUMNS = f"""
decision_id, decisions.person_id, decisions.partner_id, made_at, policy, policy_version, scorecard, purpose,
level, consent_id, inquiry_id, statement_id, outcome, meaning, {SETTLED} AS settled
"""
# The decision, what is sealed of it, and its entry in the audit.
INSERT = """
WITH made AS (
  INSERT INTO decisions (decision_id, person_id, partner_id, made_at, policy, policy_version, policy_hash,
    scorecard, purpose, level, consent_id, inquiry_id, statement_id, outcome, meaning)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
), details AS (
  INSERT INTO decision_details (decision_id, person_id, sealed) VALUES ($1, $2, $16)
)
INSERT INTO audit (entry_id, at, request_id, actor, actor_id, what, person_id, partner_id, details)
VALUES ($17, $4, $18, 'partner', $3, 'decision.made', $2, $3,
        jsonb_build_object('decision', $1::text, 'policy', $5::text || '@' || $6::integer,
                           'policy_hash', $7::text, 'inquiry', $12::text)
        || CASE WHEN $19::text IS NULL THEN '{}' ELSE jsonb_build_object('member', $19::text) END)
"""
# Run in the bureau's name: whose a decision is stands in the query itself.
ONE = f"""
SELECT {COLUMNS}, partners.name AS partner, sealed, known_as FROM decisions
JOIN partners USING (partner_id) JOIN decision_details USING (decision_id)
LEFT JOIN pairwise ON pairwise.party_id = decisions.partner_id AND pairwise.person_id = decisions.person_id
WHERE decision_id = $1 AND $2 IN (decisions.person_id, decisions.partner_id, 'operator')
"""  # noqa: S608 - columns named above
LIST = f"""
SELECT {COLUMNS}, partners.name AS partner, known_as FROM decisions JOIN partners USING (partner_id)
LEFT JOIN pairwise ON pairwise.party_id = decisions.partner_id AND pairwise.person_id = decisions.person_id
WHERE $1 IN (decisions.person_id, decisions.partner_id) AND decision_id < $2
AND ($4::text IS NULL OR meaning = $4) AND ($5::text IS NULL OR known_as = $5)
AND CASE $6::text WHEN 'partner' THEN {UNSETTLED} WHEN 'bureau' THEN EXISTS
     (SELECT FROM reviews WHERE reviews.decision_id = decisions.decision_id AND answered_at IS NULL)
    ELSE true END
ORDER BY decision_id DESC LIMIT $3
"""  # noqa: S608


@dataclass(frozen=True)
class Asked:
    """What a partner asks to be decided.

    Attributes:
        person: The person, as the partner knows them.
        policy: The policy, as name@version.
        purpose: What for.
        application: What is applied for.
        level: How much the partner wants to be told; what the policy needs, if not said.
    """

    person: str
    policy: str
    purpose: str
    application: Application
    level: str | None = None


@dataclass(frozen=True)
class Made:
    """A decision as it is kept, all that is told of it, and how what was passed on was settled."""

    decision_id: str
    person_id: str
    known_as: str | None
    partner_id: str
    partner: str
    made_at: datetime
    policy: str
    scorecard: str
    purpose: str
    level: str
    consent_id: str
    inquiry_id: str
    statement_id: str
    outcome: str
    meaning: str
    told: Told | None = None
    settled: str | None = None

    @property
    def against(self) -> bool:
        """Whether it is against the person: by the policy, or by whoever settled what it passed on."""
        return self.meaning == DECLINE or self.settled == DECLINED


async def decide(context: Context, keys: Keys, log: EventLog, asked: Asked) -> Made:
    """Decide about a person by a policy, under the person's consent.

    What consent does not cover is refused before anything of the person is looked at.

    Raises:
        NoSuchThingError: There is no such policy.
        PolicyRetiredError: The policy is a draft, or retired.
        InvalidRequestError: A fact is none that the policy asks for, or a level or purpose is none.
        PurposeNotAllowedError: The partner may not ask for the purpose.
        ConsentMissingError: There is no live consent that goes so far, whatever the cause.
        FrozenError: There is one, and the person has frozen their scores.
        PolicyNotValidError: The policy does not hold today.
    """
    system = elevated(context)
    ready = await policies.find(system, context.actor.id, asked.policy)
    check_purpose(ready, asked.purpose)
    beside = values_of(ready.policy, asked.application)
    grant, score = await asking.found(system, asked.person, wish_of(ready, asked))
    known = await known_from(system, log, ready, (grant, score), beside)
    decision = decide_by_rows(ready.policy, known.facts)
    kept = told(ready, decision, asked.application, known.always)
    kept = await overrides.followed(system, ready, grant.person_id, kept)
    return await _kept(system, keys, asked, ready, grant, kept)


def check_purpose(ready: Ready, purpose: str) -> None:
    """Make sure that a policy decides about something; one for the lab may leave that open.

    Raises:
        InvalidRequestError: It does not.
    """
    known = ready.policy.purpose or ready.policy.scorecard.purpose
    if known and purpose not in known:
        sentence = f"'{ready.named}' does not decide about '{purpose}'. It decides about: {', '.join(known)}."
        raise InvalidRequestError(sentence, {"/purpose": sentence})


def wish_of(ready: Ready, asked: Asked) -> Wish:
    """What a decision reads: what its policy needs, or what is more detailed and was asked for.

    Raises:
        InvalidRequestError: There is no such level.
    """
    wanted = ready.level if asked.level is None else asked.level
    level = wanted if rank(wanted) > rank(ready.level) else ready.level
    at_least = ready.at_least if level == "threshold" else None
    return Wish(asked.purpose, level, ready.policy.scorecard.name, at_least)


async def _kept(context: Context, keys: Keys, asked: Asked, ready: Ready, grant: Grant, kept: Told) -> Made:
    """Tell the person of a decision against them, record the read, and keep the decision.

    All that is looked up comes first: what is written then goes with the end of the transaction.
    """
    decision_id, statement_id = new_id("dec", context.now), new_id("stm", context.now)
    card, policy, person, partner = ready.policy.scorecard, ready.policy, grant.person_id, context.actor.id
    # The record names the decision and no more of it: the rest is kept under the person's key.
    result = {"scorecard": card.name, "as_of": kept.as_of, "known_at": kept.known_at, "decision": decision_id}
    sealed = await vault.seal(context, keys, person, f"decision:{decision_id}", msgspec.json.encode(kept))
    if kept.meaning == DECLINE:
        await messages.tell(context, person, "decision.declined", decision=decision_id)
    inquiry = await inquiries.record(context, grant, result, hard=True)
    by = ready.named.rpartition("@")[0], policy.version, policy.definition_hash, ready.card
    how = *by, grant.purpose, grant.level, grant.consent_id
    came = inquiry, statement_id, kept.outcome, kept.meaning, sealed
    noted = new_id("aud", context.now), context.request_id, grant.reader.member
    values = decision_id, person, partner, context.now, *how, *came, *noted
    await context.connection.later(INSERT, *values)
    assert grant.consent_id is not None, "a partner's grant comes from a consent"
    assert grant.called is not None, "a partner's grant says what it is called"
    return Made(
        decision_id, person, asked.person, partner, grant.called, context.now, ready.named, ready.card,
        grant.purpose, grant.level, grant.consent_id, inquiry, statement_id, kept.outcome, kept.meaning, kept,
    )  # fmt: skip


async def one(context: Context, keys: Keys, decision_id: str) -> Made:
    """A decision of the partner or about the person who asks; operators see any.

    Raises:
        NoSuchThingError: There is none that they may see.
        ErasedError: The person was erased.
    """
    mine = "operator" if context.actor.kind == "operator" else context.actor.id
    system = await context.as_system()
    row = await system.connection.fetchrow(ONE, decision_id, mine)
    await context.back()
    if row is None:
        what = "decision"
        raise NoSuchThingError(what, decision_id)
    named = f"decision:{decision_id}"
    content = await vault.unseal(context, keys, row["person_id"], named, row["sealed"])
    return _made(row, msgspec.json.decode(content, type=Told))


async def listed(
    context: Context,
    before: str,
    limit: int,
    *,
    meaning: str | None = None,
    known_as: str | None = None,
    waits_for: str | None = None,
) -> list[Made]:
    """The decisions of the partner, or about the person, who asks, newest first.

    Of one meaning alone, if it is said; of one person, by the id that the partner knows; those that wait for
    a reviewer of the `bureau`, or for somebody of the `partner`.
    """
    system = await context.as_system()
    values = context.actor.id, before, limit, meaning, known_as, waits_for
    rows = await system.connection.fetch(LIST, *values)
    await context.back()
    return [_made(row) for row in rows]


def _made(row: Mapping[str, Any], kept: Told | None = None) -> Made:
    said = {name: row[name] for name in Made.__dataclass_fields__ if name not in ("policy", "told")}
    return Made(**said, policy=f"{row['policy']}@{row['policy_version']}", told=kept)
