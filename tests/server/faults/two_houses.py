"""Two complete worlds in one bureau: whoever asks has one, and what is of the other is marked."""

import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from credence.server.jobs import receipts
from credence.server.jobs.deliveries import deliver
from credence.server.services.access.scopes import SCOPES
from credence.server.services.people import pairwise, sessions
from tests.server.harness import Bureau
from tests.server.services.deciding.house import DEPOSIT, House, house

# In everything of the other world that is nobody else's to know.
MARK = "zyxwv"
ID = re.compile(r"\b[a-z]{3}_[0-9A-Za-z]{20,}\b")
# Who offers what is published: any person may be told of a partner and its offers.
PUBLIC = ("par_", "off_")
PDF = b"%PDF-1.7 " + MARK.encode()
CONTRACT = """
name: {name}
version: 1
title: {name}
scorecard: everyday@1
purpose: rental_deposit
outcomes: {{no_deposit: accept, deposit_due: decline}}
rows:
  - when: {{score: {{at_least: 900}}}}
    outcome: no_deposit
    reason: Your score is at least 900.
  - when: {{score: {{below: 900}}}}
    outcome: deposit_due
    reason: Your score is less than 900.
unknown: {{outcome: refer, reason: Nobody knows.}}
"""


@dataclass
class Tenant:
    """A person, a partner and a furnisher of one world: their headers, and the ids that each has."""

    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


@dataclass
class Two:
    """Both worlds; `theirs` are the ids of the other one, `hidden` those that only it may see."""

    h: House
    ours: Tenant
    other: Tenant
    theirs: list[str]

    @property
    def here(self) -> Bureau:
        return self.h.there.here

    @property
    def hidden(self) -> list[str]:
        return [one for one in self.theirs if not one.startswith(PUBLIC)]

    async def rows_of_theirs(self) -> dict[str, list[str]]:
        """Every row of the database that names the other world, by table."""
        held = await everything(self.here)
        marked = re.compile("|".join(map(re.escape, (*self.theirs, MARK))))
        return {table: sorted(row for row in rows if marked.search(row)) for table, rows in held.items()}


async def everything(here: Bureau) -> dict[str, list[str]]:
    """Every row of every table, as JSON."""
    # Partitions are in the table that they are of.
    tables = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
    AND relnamespace = 'credence'::regnamespace AND relname <> 'alembic_version'
    """
    held = {}
    async with here.as_() as context:
        for row in await context.connection.fetch(tables):
            name = row["relname"]
            found = await context.connection.fetch(f"SELECT to_jsonb(t)::text AS row FROM {name} t")
            held[name] = [one["row"] for one in found]
    return held


async def ids(here: Bureau) -> set[str]:
    """Every id in the database."""
    held = await everything(here)
    return {one for rows in held.values() for row in rows for one in ID.findall(row)}


@asynccontextmanager
async def two(database: str, folder: Path) -> AsyncIterator[Two]:
    """Two worlds that know nothing of each other."""
    async with house(database, folder) as h:
        here = h.there.here
        ours = await furnished(h, "ana", "ours")
        known = await ids(here) - {h.there.people["ben"][0].id}
        other = await furnished(h, "ben", MARK)
        theirs = sorted(await ids(here) - known)
        yield Two(h, ours, other, theirs)


async def furnished(h: House, person: str, name: str) -> Tenant:
    """A world of a person, with everything in it that can be, called by a name."""
    tenant, here = Tenant(), h.there.here
    for kind in ("partner", "furnisher"):
        actor, tenant.headers[kind] = await here.party(kind, *SCOPES[kind])
        tenant.ids[kind] = actor.id
    actor, tenant.headers["person"] = h.there.people[person]
    tenant.ids["person"] = actor.id
    h.there.partner = (h.there.partner[0], tenant.headers["partner"])
    async with here.as_() as context:
        await sessions.begin(context, actor, name)
        tenant.ids["sent"] = await pairwise.known_as(context, tenant.ids["furnisher"], actor.id)
        change = "UPDATE furnishers SET name = $2 WHERE furnisher_id = $1"
        await context.connection.execute(change, tenant.ids["furnisher"], f"Power of {person}")
    await partnered(h, tenant, person, name)
    await sent(here, tenant, name)
    await contested(h, tenant, name)
    return tenant


async def partnered(h: House, tenant: Tenant, person: str, name: str) -> None:
    """Consent, a request, a decision with its review, an offer, endpoints, a freeze and an alert."""

    async def made(who: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - whatever it replies
        reply = await h.send("POST", path, tenant.headers[who], body)
        assert reply.is_success, reply.text
        return reply.json()

    tenant.ids["policy"] = await h.publish(CONTRACT.format(name=f"{person}_deposit"))
    await made("partner", "/policies", {"text": DEPOSIT.replace("name: deposit", f"name: {name}_draft")})
    wish = {"purpose": "rental_deposit", "level": "score", "scorecard": "everyday"}
    consent = await made("person", "/consents", wish | {"partner": tenant.ids["partner"]})
    known_as = tenant.ids["known_as"] = consent["person"]
    await made("partner", "/consent-requests", wish | {"person": known_as, "days": 30})
    await made("partner", "/scores/ask", wish | {"person": known_as})
    asked = {"person": known_as, "policy": tenant.ids["policy"], "purpose": "rental_deposit"}
    decision = await made("partner", "/decisions", asked | {"reference": f"{name}-1"})
    await made("person", f"/decisions/{decision['decision_id']}/reviews", {"words": f"{name} words"})
    days = {"starts_on": "2026-11-01", "ends_on": "2026-12-01"}
    offer = {
        "policy": tenant.ids["policy"],
        "title": "An offer",
        "purpose": "rental_deposit",
        "sponsored": False,
    }
    await made("partner", "/offers", offer | days)
    endpoint = await made("partner", "/webhook-endpoints", {"url": f"https://{name}.example/hooks"})
    await made("partner", f"/webhook-endpoints/{endpoint['endpoint_id']}/tests")
    await made("person", "/fraud-alerts", {"kind": "initial"})
    await made("person", "/people/links", {"furnisher": f"Power of {person}"})


async def sent(here: Bureau, tenant: Tenant, name: str) -> None:
    """Events for and against the person, a file of them, and a file of evidence."""
    headers, person = tenant.headers["furnisher"], tenant.ids["sent"]
    said, file = {"person": person}, {"file": ("bill.pdf", PDF, "application/pdf")}
    given = await here.client.post("/v1/event-evidence", data=said, files=file, headers=headers)
    assert given.status_code == 201, given.text
    paid = {"person": person, "kind": "bill.paid", "occurred_at": "2026-09-03", "fields": {"days_late": 9}}
    unpaid = paid | {"kind": "bill.unpaid", "fields": {"due_date": "2026-06-30"}}
    rows = [
        paid | {"event_id": f"{name}-1"},
        paid | {"event_id": f"{name}-2"},
        unpaid | {"event_id": f"{name}-3", "evidence": given.json()["evidence_id"]},
    ]
    reply = await here.client.post("/v1/events", json=rows, headers=headers)
    assert reply.status_code == 202, reply.text
    lines = io.BytesIO(json.dumps(paid | {"event_id": f"{name}-4", "kind": "no.such"}).encode())
    reply = await here.client.post("/v1/imports", files={"file": (f"{name}.jsonl", lines)}, headers=headers)
    assert reply.status_code == 202, reply.text
    await receipts.take(here.state, here.clock())
    await receipts.take_files(here.state, here.clock())


async def contested(h: House, tenant: Tenant, name: str) -> None:
    """A dispute with a file, a correction, and what was delivered of both."""
    event = {"furnisher": tenant.ids["furnisher"], "event_id": f"{name}-1"}
    body = {"event": event, "reason": "not_mine", "text": f"{name} words"}
    dispute = await h.made("POST", "/disputes", tenant.headers["person"], body)
    file = {"file": ("letter.pdf", PDF, "application/pdf")}
    path = f"/v1/disputes/{dispute['dispute_id']}/files"
    here = h.there.here
    reply = await here.client.post(path, files=file, headers=tenant.headers["person"])
    assert reply.status_code == 201, reply.text
    taken_back = {"person": tenant.ids["sent"], "event_id": f"{name}-2"}
    await h.made("POST", "/corrections", tenant.headers["furnisher"], taken_back)
    await deliver(here.state, here.clock())
