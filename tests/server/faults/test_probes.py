"""Whoever asks with the ids of another world learns nothing of it, and changes nothing in it."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import httpx

from tests.server.faults.two_houses import MARK, Tenant, Two, two
from tests.server.harness import run

# How many probes are sent; a nightly run may say more.
PROBES = int(os.environ.get("PROBES", "2000"))
# The last where something was tried too often.
REFUSED = (400, 403, 404, 405, 409, 413, 422, 429)
KINDS = ("person", "partner", "furnisher")
# Whom anybody may name: a person consents to any partner, and may let any read in spite of a freeze.
PARTNERS = ("/v1/consents", "/v1/freezes/exceptions/{partner_id}", "/v1/people/links", "/v1/consents/preview")
# What would end the session or the world of whoever asks, and names nobody else.
ENDS = ("/v1/account/erasure", "/v1/account/leaving", "/v1/sessions", "/v1/sessions/current", "/v1/passwords")
# What is not there is ended already.
ANYHOW = ("DELETE", "/v1/freezes/exceptions/{partner_id}")
# Policies are published with what they need, for whoever is to be decided about.
PUBLISHED = "/v1/policies/{named}/needs"
# Plausible values, so that more than the shape of a body is looked at.
SAID: dict[str, object] = {
    "purpose": "rental_deposit", "scorecard": "everyday", "level": "score", "language": "en",
    "at_least": None, "reason": "not_mine", "outcome": "verified", "days": 30, "starts_on": "2026-11-01",
    "ends_on": "2026-12-01", "sponsored": False, "title": "A title", "characteristic": "loan_arrears",
    "as_of": "2026-11-06", "occurred_at": "2026-09-03", "kind": "bill.paid", "kinds": [], "ends_at": None,
    "url": "https://example.org/hooks", "currency": "EUR", "amount": 1, "months": 3, "facts": {},
}  # fmt: skip


@dataclass(frozen=True)
class Probe:
    """A request of ours with an id of theirs in it.

    Attributes:
        who: The kind of who asks.
        method: How.
        route: The path as it is described.
        said: The id of theirs.
        path: The path with ids in it.
        query: What the query says.
        body: What the body says.
        held: Whether the id is in the path.
        open: Whether nobody need be signed in.
    """

    who: str
    method: str
    route: str
    said: str
    path: str
    query: dict[str, str]
    body: object
    held: bool
    open: bool


def probes(described: dict[str, Any], there: Two) -> Iterator[Probe]:
    """Every route with every id of theirs in every place, as each kind of actor."""
    known = [*there.theirs, *there.other.ids.values(), *(f"{MARK}-{number}" for number in range(1, 5))]
    for route, methods in described["paths"].items():
        for method, told in methods.items():
            if route in ENDS or route.startswith(PUBLISHED):
                continue
            for who, said in product(KINDS, known):
                if said.startswith("par_") and route in PARTNERS:
                    continue
                yield from placed(described, (who, method.upper(), route), told, (there.ours, said))


def placed(
    described: dict[str, Any], what: tuple[str, str, str], told: dict[str, Any], whose: tuple[Tenant, str]
) -> Iterator[Probe]:
    """A route with an id in its path, in each part of its query, and in each text of its body."""
    (who, method, route), (ours, said) = what, whose
    places = told.get("parameters", [])
    in_path = [one["name"] for one in places if one["in"] == "path"]
    path = route
    for name in in_path:
        path = path.replace(f"{{{name}}}", said)
    bodies, free = list(filled(described, told, ours, said)), "x-for" not in told
    if in_path:
        for body in bodies[:1] or [None]:
            yield Probe(who, method, route, said, path, {}, body, held=True, open=free)
        return
    for one in places:
        if one["in"] == "query":
            yield Probe(
                who,
                method,
                route,
                said,
                path,
                {one["name"]: said},
                (bodies or [None])[0],
                held=False,
                open=free,
            )
    for body in bodies:
        yield Probe(who, method, route, said, path, {}, body, held=False, open=free)


def filled(described: dict[str, Any], told: dict[str, Any], ours: Tenant, said: str) -> Iterator[object]:
    """Bodies of a route, each with the id in another one of its texts."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return
    shape = resolved(described, content["schema"])
    texts = list(texts_of(described, shape, ()))
    for place in texts or [()]:
        yield example(described, shape, ours, (place, said), ())


def resolved(described: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """A schema without references; of several the first that is something."""
    while True:
        if "$ref" in shape:
            shape = described["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        elif "anyOf" in shape or "oneOf" in shape:
            shape = next(one for one in shape.get("anyOf") or shape["oneOf"] if one.get("type") != "null")
        else:
            return shape


def texts_of(
    described: dict[str, Any], shape: dict[str, Any], at: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """The places of a schema in which a text may stand."""
    shape = resolved(described, shape)
    for name, one in shape.get("properties", {}).items():
        yield from texts_of(described, one, (*at, name))
    if shape.get("type") == "array":
        yield from texts_of(described, shape["items"], (*at, "0"))
    if shape.get("type") == "string" and "enum" not in shape and "format" not in shape:
        yield at


def example(
    described: dict[str, Any],
    shape: dict[str, Any],
    ours: Tenant,
    put: tuple[tuple[str, ...], str],
    at: tuple[str, ...],
) -> Any:  # noqa: ANN401 - whatever JSON has
    """A value of a schema, with a text put in one place."""
    shape = resolved(described, shape)
    name, (place, said) = at[-1] if at else "", put
    if at == place and at:
        return said
    if "properties" in shape:
        inner = {
            key: example(described, one, ours, put, (*at, key))
            for key, one in shape["properties"].items()
            if key in shape.get("required", ()) or place[: len(at) + 1] == (*at, key)
        }
        return {key: value for key, value in inner.items() if value is not None}
    if shape.get("type") == "array":
        return [example(described, shape["items"], ours, put, (*at, "0"))] if place[: len(at)] == at else []
    own = {"person": "sent", "partner": "partner", "furnisher": "furnisher", "policy": "policy"}
    return ours.ids[own[name]] if name in own else SAID.get(name, shape.get("enum", ["something"])[0])


def expected(probe: Probe) -> tuple[int, ...]:
    """With an id in the path only refusals; otherwise what is asked may be ours, or nobody's."""
    # Whoever signs in is told that they are not.
    refused = (*REFUSED, 401) if probe.open else REFUSED
    held = probe.held and (probe.method, probe.route) != ANYHOW
    return refused if held else (*refused, 200, 201, 202, 204)


def leaks(there: Two, probe: Probe, reply: httpx.Response, ours: set[str]) -> list[str]:
    """What a reply tells of the other world, beyond what we said in the request or have said before."""
    text = f"{reply.text}{reply.headers}"
    for said in (probe.said, *ours):
        text = text.replace(said, "")
    own_words = f"{probe.body}{probe.query}".lower()
    secret = (*there.hidden, MARK)
    return [one for one in secret if one.lower() in text.lower() and one.lower() not in own_words]


def test_ids_of_another_world_open_nothing_tell_nothing_and_change_nothing(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with two(database, folder) as there:
            described = (await there.here.client.get("/v1/openapi.json")).json()
            every = list(probes(described, there))
            chosen = random.Random(7).sample(every, min(PROBES, len(every)))
            before = await there.rows_of_theirs()
            answers: Counter[int] = Counter()
            wrong: list[str] = []
            # What we wrote ourselves, as the title of an offer, we may read again.
            ours: set[str] = set()
            for number, probe in enumerate(chosen):
                if number % 500 == 0:
                    there.here.clock.move(minutes=1)
                reply = await there.here.client.request(
                    probe.method, probe.path, params=probe.query, json=probe.body,
                    headers=there.ours.headers[probe.who],
                )  # fmt: skip
                answers[reply.status_code] += 1
                found = leaks(there, probe, reply, ours)
                if reply.is_success and (probe.body is not None or "scorecard" in probe.query):
                    ours.add(probe.said)
                if reply.status_code in expected(probe) and not found:
                    continue
                wrong.append(f"{probe}: {reply.status_code}, {found}, {reply.text[:300]}")
            assert not wrong, "\n".join(wrong)
            assert await changed(there, before) == {}
            # Enough came past the door, to where it is looked at whose something is.
            assert answers[404] > len(chosen) / 20, answers

    run(work())


async def changed(there: Two, before: dict[str, list[str]]) -> dict[str, list[str]]:
    """Rows of the other world that were there before, and are not as they were."""
    after = await there.rows_of_theirs()
    return {table: gone for table, rows in before.items() if (gone := sorted(set(rows) - set(after[table])))}
