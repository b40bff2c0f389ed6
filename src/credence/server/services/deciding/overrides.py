"""Overrides in force: what a reviewer decided for a person holds for the next decision of the policy, too.

An override holds until its last day, for every version of the policy that has its outcome, as long as the
policy alone says what was overridden, or something worse for the person. Where it says something better by
now, that holds.
"""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from credence.decisions.model import MEANINGS
from credence.server.services.context import Context
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.deciding.told import Override, Told

IN_FORCE = """
SELECT review_id, reviews.decision_id, reviews.outcome, decisions.outcome AS overridden, reason, ends_on
FROM reviews JOIN decisions USING (decision_id)
WHERE reviews.person_id = $1 AND reviews.partner_id = $2 AND answer = 'overridden' AND ends_on >= $4
AND policy = $3 ORDER BY answered_at DESC, review_id DESC LIMIT 1
"""


async def followed(system: Context, ready: Ready, person_id: str, kept: Told) -> Told:
    """A decision as it is with the override that is in force for it, marked; as it was, where there is none.

    Args:
        system: The context, of the partner's act in the bureau's name.
        ready: The policy.
        person_id: The person.
        kept: What the policy alone decided.
    """
    policy = ready.named.rpartition("@")[0]
    today = system.now.astimezone(ZoneInfo(system.settings.timezone)).date()
    row = await system.connection.fetchrow(IN_FORCE, person_id, system.actor.id, policy, today)
    if row is None or row["outcome"] == kept.outcome:
        return kept
    places = [found for _, found in ready.policy.places() if found and found.outcome == row["outcome"]]
    if not places:
        return kept
    meaning = ready.policy.meaning(places[0])
    # Meanings stand in their order, the best for the person first.
    worse = MEANINGS.index(kept.meaning) > MEANINGS.index(meaning)
    if not worse and kept.outcome != row["overridden"]:
        return kept
    mark = Override(row["review_id"], row["decision_id"], kept.outcome, kept.reason, row["ends_on"])
    return replace(
        kept, outcome=row["outcome"], meaning=meaning, terms=dict(places[0].terms), reason=row["reason"],
        override=mark,
    )  # fmt: skip
