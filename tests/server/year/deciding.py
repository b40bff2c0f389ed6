"""Decisions: under consent, by the version that was named, once however often they are sent, and kept."""

from itertools import count

from tests.server.year.model import LEVELS, Life
from tests.server.year.reading import PURPOSE, recorded, tells
from tests.server.year.town import LIMIT, Town

keys = count(1)


async def decides(town: Town, life: Life, version: int) -> None:
    """Decide about a person, twice with one key: it is one decision and one inquiry."""
    partner, key = town.partners[0], f"decide-{next(keys)}"
    limit = LIMIT - 30 * (version - 1)
    person = life.known_as.get(partner, life.person_id)
    body = {"person": person, "policy": f"deposit@{version}", "purpose": PURPOSE}
    expected = life.answer(partner, LEVELS[0], limit, town.now)
    reply = await town.send(partner, "POST", "/decisions", body, key)
    if expected != "ok":
        assert reply.json()["code"] == expected, reply.text
        return
    assert reply.status_code == 201, reply.text
    made = reply.json()
    again = await town.send(partner, "POST", "/decisions", body, key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (made, "true")
    other = await town.send(partner, "POST", "/decisions", body | {"reference": "other"}, key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    rows = await town.rows("SELECT * FROM inquiries WHERE result->>'decision' = $1", made["decision_id"])
    assert [one["inquiry_id"] for one in rows] == [made["inquiry_id"]]
    await recorded(town, life, made["inquiry_id"], partner, made["level"])
    await follows(town, life, made, limit)


async def follows(town: Town, life: Life, made: dict[str, object], limit: int) -> None:
    """What is decided follows from the score, and is kept with the version of the policy."""
    whole = await town.good(life.person_id, "GET", f"/decisions/{made['decision_id']}")
    told = whole["told"]
    assert whole["policy"] == made["policy"]
    if told["score"] is None:
        assert made["outcome"] == "refer", told
    else:
        met = "no_deposit" if told["score"] >= limit else "deposit_due"
        assert made["outcome"] == met, (made, told)
        tells(town, life, told | {"level": "score"})
    town.decided[str(made["decision_id"])] = (life.person_id, whole)


async def still_the_same(town: Town) -> None:
    """Every decision is as it was made."""
    for decision_id, (person_id, whole) in town.decided.items():
        life = next(one for one in town.lives if one.person_id == person_id)
        if not life.erased:
            assert await town.good(person_id, "GET", f"/decisions/{decision_id}") == whole


async def changes(town: Town) -> None:
    """Publish the next version of the policy, whose limit is lower; the one before decides no more."""
    await town.new_policy(LIMIT - 30 * town.policy)
