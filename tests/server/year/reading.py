"""What people grant and stop, and what others then read: each reply is held to what should be told."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx

from tests.server.year.model import BASE, LEVELS, Consent, Life, band
from tests.server.year.town import CARD, Town

PURPOSE = "rental_deposit"
WISH = {"purpose": PURPOSE, "scorecard": CARD}
Told = dict[str, Any]


async def grants(town: Town, life: Life, partner: str, level: str, days: int, at_least: int) -> None:
    """Grant a partner something; it knows the person by an id that nobody else knows."""
    number = at_least if level == LEVELS[0] else None
    ends_at = town.now + timedelta(days=days)
    body = WISH | {"partner": partner, "level": level, "at_least": number, "ends_at": ends_at.isoformat()}
    made = await town.good(life.person_id, "POST", "/consents", body)
    ids = [one for other in town.lives for party, one in other.known_as.items() if party != partner]
    assert made["person"] not in [*ids, *(other.person_id for other in town.lives)]
    assert life.known_as.setdefault(partner, made["person"]) == made["person"]
    life.consents.append(Consent(made["id"], partner, level, number, ends_at))


async def withdraws(town: Town, life: Life, consent: Consent) -> None:
    """Withdraw a consent, which ends it at once."""
    await town.good(life.person_id, "POST", f"/consents/{consent.consent_id}/withdraw")
    consent.withdrawn = True
    reply = await _asked(town, consent.partner, life, (consent.level, consent.at_least))
    expected = life.answer(consent.partner, consent.level, consent.at_least, town.now)
    await _held(town, life, consent.partner, reply, expected)


async def refuses(town: Town, life: Life, partner: str, level: str) -> None:
    """Be asked for a consent and do nothing; nothing is granted, and no points are lost."""
    before = await own_score(town, life)
    number = 900 if level == LEVELS[0] else None
    body = WISH | {"level": level, "at_least": number, "days": 90, "person": life.known_as.get(partner)}
    await town.good(partner, "POST", "/consent-requests", body)
    after = await own_score(town, life)
    assert before.get("score") == after.get("score")


async def asks(town: Town, partner: str, life: Life, level: str, at_least: int) -> None:
    """Ask about a person, whatever was granted; the reply is what may be told, and no more."""
    number = at_least if level == LEVELS[0] else None
    reply = await _asked(town, partner, life, (level, number))
    await _held(town, life, partner, reply, life.answer(partner, level, number, town.now))


async def _asked(town: Town, partner: str, life: Life, what: tuple[str, int | None]) -> httpx.Response:
    person = life.known_as.get(partner, life.person_id)
    body = WISH | {"person": person, "level": what[0], "at_least": what[1]}
    return await town.send(partner, "POST", "/scores/ask", body)


async def _held(town: Town, life: Life, partner: str, reply: httpx.Response, expected: str) -> None:
    said = reply.json()
    found = "ok" if reply.is_success else said["code"]
    assert found == expected, (expected, said)
    if found != "ok":
        assert "score" not in said
        return
    await recorded(town, life, said["inquiry"], partner, said["level"])
    tells(town, life, said)


async def recorded(town: Town, life: Life, inquiry: str, reader: str, level: str) -> None:
    """A read has its record and its entry in the audit, both of its own request."""
    rows = await town.rows("SELECT * FROM inquiries WHERE inquiry_id = $1", inquiry)
    assert [(one["person_id"], one["reader_id"], one["level"]) for one in rows] == [
        (life.person_id, reader, level)
    ]
    query = "SELECT * FROM audit WHERE what = 'score.read' AND details->>'inquiry' = $1"
    entries = await town.rows(query, inquiry)
    assert [(one["person_id"], one["actor_id"], one["request_id"]) for one in entries] == [
        (life.person_id, reader, rows[0]["request_id"])
    ]
    assert inquiry not in life.reads
    life.reads.add(inquiry)


def tells(town: Town, life: Life, said: Told) -> None:
    """What is told is the score of its day, as known at its instant, without anything taken back since."""
    if said.get("as_of") is None:
        assert said["outcome"] == "no_score"
        # Nobody is scored whose account is closed; everybody else of whom anything was known is.
        known = [one.taken_at for one in life.said if not life.left]
        assert not known or not [at for at, _ in town.published.values() if at >= min(known)], said
        return
    as_of, known_at = date.fromisoformat(said["as_of"]), datetime.fromisoformat(said["known_at"])
    score = life.score(as_of, known_at)
    brief = {name: value for name, value in said.items() if name not in ("lines", "rows", "facts")}
    assert score == life.score_as_it_stands(as_of, known_at), (score, brief, life.said)
    level = LEVELS.index(said["level"])
    if level == 0 and said.get("at_least") is not None:
        assert said["outcome"] == ("yes" if score >= said["at_least"] else "no"), (brief, score, life.said)
    deep = (None, band(score) if level >= 1 else None, score if level >= 2 else None)
    assert (said.get("band"), said.get("score")) == deep[1:], (brief, score, life.said)
    assert ("lines" in said) == (level == 4)
    if "lines" in said:
        assert said["points_base"] + sum(line["points"] for line in said["lines"]) == score


async def own_score(town: Town, life: Life) -> Told:
    """The person's own newest score."""
    said: Told = await town.good(life.person_id, "GET", f"/scores/current?scorecard={CARD}")
    await recorded(town, life, said["inquiry"], life.person_id, LEVELS[-1])
    tells(town, life, said)
    return said


async def statement(town: Town, life: Life, as_of: date, known_at: datetime | None) -> None:
    """The person's statement of a day, whose points add up, made again as it was."""
    query = f"/statements?scorecard={CARD}&as_of={as_of}"
    if known_at is not None:
        query += f"&known_at={known_at.isoformat().replace('+00:00', 'Z')}"
    said = await town.good(life.person_id, "GET", query)
    life.own_reads += 1
    assert said["points_base"] + sum(line["points"] for line in said["lines"]) == said["score"]
    assert said["points_base"] == BASE
    assert said["score"] == life.score(as_of, datetime.fromisoformat(said["known_at"])), (
        said["score"],
        life.said,
    )


async def looks(town: Town, life: Life) -> None:
    """An operator looks, with a reason that the person sees."""
    body = {"person": life.person_id, "scorecard": CARD, "reason": "The person called about a letter."}
    reply = await town.send(town.support, "POST", "/scores/look", body)
    if life.erased:
        assert reply.status_code == 404, reply.text
        return
    said = reply.json()
    await recorded(town, life, said["inquiry"], town.support, LEVELS[-1])
    tells(town, life, said)


async def freezes(town: Town, life: Life) -> None:
    await town.good(life.person_id, "POST", "/freezes")
    life.frozen = True


async def thaws(town: Town, life: Life) -> None:
    await town.good(life.person_id, "POST", "/freezes/thaw")
    life.frozen = False


async def excepts(town: Town, life: Life, partner: str, days: int) -> None:
    ends_at = town.now + timedelta(days=days)
    body = {"ends_at": ends_at.isoformat()}
    await town.good(life.person_id, "PUT", f"/freezes/exceptions/{partner}", body)
    life.excepted[partner] = ends_at


async def says_not_me(town: Town, life: Life) -> None:
    """Disown the newest look of somebody else's, which freezes at once."""
    listed = (await town.good(life.person_id, "GET", "/inquiries?limit=200"))["data"]
    strange = [one for one in listed if not one["own"]]
    if strange:
        await town.good(life.person_id, "POST", f"/inquiries/{strange[0]['id']}/not-me")
        life.frozen = True
