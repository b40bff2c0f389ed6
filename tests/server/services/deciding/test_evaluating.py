"""What a policy asks is the same from a published score as evaluated at this moment."""

from pathlib import Path

from credence.engines.policies.clauses import Subject
from credence.scorecards.load import load_scorecard
from credence.server.services.deciding.evaluating import Known, always, known_of
from credence.server.services.deciding.reading_text import Ready
from credence.server.services.reading import consents
from tests.server.harness import run
from tests.server.services.deciding.house import House, house
from tests.server.services.deciding.policies_at_hand import limit, policy

ANSWERS = """
rows:
  - when: {score: {at_least: 600}, answers: {paid_on_time: {at_least: 0.9}, payments_missed: {up_to: 0}}}
    outcome: accept
    reason: On time.
otherwise: {outcome: decline, reason: Late.}
unknown: {outcome: refer, reason: Not known.}
"""


async def known(h: House, name: str, ready: Ready) -> Known:
    async with h.there.here.as_(h.there.people[name][0]) as context:
        grant = await consents.own(context)
        return await known_of(context, h.there.here.state.log, grant, ready, {})


def test_the_published_score_with_its_lines_says_what_an_evaluation_says(database: str, folder: Path) -> None:
    async def work() -> None:
        async with house(database, folder) as h:
            for ready in (policy(ANSWERS), limit(600)):
                for name in ("ana", "ben"):
                    first = await known(h, name, ready)
                    async with h.there.here.as_() as context:
                        await context.connection.execute("UPDATE publications SET definition_hash = 'other'")
                    now = await known(h, name, ready)
                    async with h.there.here.as_() as context:
                        told = ready.policy.scorecard.definition_hash
                        await context.connection.execute("UPDATE publications SET definition_hash = $1", told)
                    assert first.facts.known_at < now.facts.known_at
                    assert first.facts.values == now.facts.values
                    assert first.facts.reasons == now.facts.reasons
                    assert (first.facts.score, first.facts.band) == (now.facts.score, now.facts.band)
                    assert all(isinstance(subject, Subject) for subject in first.facts.values)

    run(work())


def got_of_fico(*, others_took_more: bool) -> dict[str, tuple[int, str | None]]:
    """Points of somebody whose inquiries took one point, and nothing or all else more."""
    card = load_scorecard("fico")
    code = card.reasons_always[0]
    got: dict[str, tuple[int, str | None]] = {}
    for one in card.characteristics:
        codes = [row.reason for row in one.rows() if row.reason is not None]
        most = one.points_most or 0
        took = 1 if code in codes else 1000 if others_took_more else 0
        got[one.name] = (most - took, (code if code in codes else codes[0]) if took and codes else None)
    return got


def test_a_reason_that_is_always_told_is_told_fifth_where_four_others_took_more() -> None:
    card = load_scorecard("fico")
    assert always(card, 400, got_of_fico(others_took_more=True)) == card.reasons_always


def test_among_the_four_greatest_or_without_a_score_it_is_not_told_again() -> None:
    card = load_scorecard("fico")
    assert always(card, 800, got_of_fico(others_took_more=False)) == ()
    assert always(card, None, got_of_fico(others_took_more=True)) == ()
    assert always(load_scorecard("everyday"), 400, {}) == ()
