"""What furnishers do: they send, send again what was taken back, take back, replace, and certify."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from credence.server.jobs import receipts
from tests.server.year.model import CARE, MADE, MISSED, Life, Said
from tests.server.year.reading import own_score
from tests.server.year.town import EVIDENCE, Town

names = count(1)
# Days between telling a person of something against them and its counting.
NOTICE = 30
Row = dict[str, Any]


def row_of(life: Life, kind: str, on: str, furnisher: str) -> Row:
    """An event as a furnisher sends it; what speaks against somebody comes with evidence."""
    event_id = f"e{next(names)}"
    row: Row = {"event_id": event_id, "person": life.known_as[furnisher], "kind": kind, "occurred_at": on}
    row["fields"] = {"rule": event_id} if kind == CARE else {"account": event_id, "due_date": on}
    if kind == MADE:
        row["fields"]["days_late"] = 0
    if kind == MISSED:
        row["evidence"] = f"{EVIDENCE} {event_id}."
    return row


async def taken(town: Town, furnisher: str, row: Row) -> Row:
    """Send a row and have it taken; what became of it."""
    receipt = (await town.good(furnisher, "POST", "/events", [row]))["receipt_id"]
    await receipts.take(town.here.state, town.now)
    found = await town.good(furnisher, "GET", f"/receipts/{receipt}")
    result: Row = found["results"][0]
    return result


async def sends(town: Town, life: Life, furnisher: str, kind: str, days_ago: int) -> None:
    """Send something new; what speaks against a person counts only after they had time to answer."""
    row = row_of(life, kind, str(town.now.date() - timedelta(days=days_ago)), furnisher)
    result = await taken(town, furnisher, row)
    if life.left or life.erased:
        assert (result["outcome"], result["errors"][0]["field"]) == ("rejected", "person")
        return
    assert result["outcome"] == "accepted", result
    await _noted(town, life, furnisher, row)


def content_of(row: Row) -> str:
    """What makes a row another than all others: its own first id, which it says again when sent again."""
    return str(row["fields"].get("account") or row["fields"]["rule"])


async def _noted(town: Town, life: Life, furnisher: str, row: Row) -> Said:
    day = town.now.date()
    on = date.fromisoformat(row["occurred_at"])
    said = Said(furnisher, row["event_id"], row["kind"], on, town.now, content_of(row))
    if said.kind == MISSED:
        said.counts_from = day + timedelta(days=NOTICE)
        life.secrets.append(row["evidence"])
        told = (await town.good(life.person_id, "GET", "/notices?limit=200"))["data"]
        mine = [one for one in told if one["contest"]["event_id"] == said.event_id]
        assert [one["counts_from"] for one in mine] == [str(said.counts_from)]
    life.said.append(said)
    life.rows[said.event_id] = row
    return said


async def sends_without_evidence(town: Town, life: Life, furnisher: str) -> None:
    """What speaks against somebody is not taken without evidence."""
    row = row_of(life, MISSED, str(town.now.date()), furnisher)
    del row["evidence"]
    assert (await taken(town, furnisher, row))["outcome"] == "rejected"


async def sends_again(town: Town, life: Life, said: Said, *, certified: bool, same_id: bool) -> None:
    """Send once more what was taken back: it comes back with a certification alone, as something new."""
    old = life.rows[said.event_id]
    if same_id:
        assert (await taken(town, said.furnisher, old))["outcome"] == "known"
        return
    row = old | {"event_id": f"e{next(names)}"}
    if certified:
        await certifies(town, said.furnisher, row)
        life.certified.add(said.content)
    result = await taken(town, said.furnisher, row)
    expected = "accepted" if said.content in life.certified else "rejected"
    assert result["outcome"] == expected, result
    if expected == "accepted":
        await _noted(town, life, said.furnisher, row)


async def certifies(town: Town, furnisher: str, row: Row) -> None:
    """Take it upon oneself that what was taken back is right after all."""
    event = {name: row[name] for name in ("event_id", "kind", "occurred_at", "fields")}
    body = {"person": row["person"], "event": event}
    await town.good(furnisher, "POST", "/certifications", body)


async def takes_back(town: Town, life: Life, said: Said, *, by_event: bool) -> None:
    """Take an event back: by a correction, or by an event that says so."""
    if by_event:
        row: Row = {"event_id": f"e{next(names)}", "person": life.known_as[said.furnisher]}
        row |= {"kind": "mark.retracts", "occurred_at": str(town.now.date()), "retracts": said.event_id}
        assert (await taken(town, said.furnisher, row))["outcome"] == "accepted"
    else:
        body = {"person": life.known_as[said.furnisher], "event_id": said.event_id}
        await town.good(said.furnisher, "POST", "/corrections", body)
    # The log took an event before its receipt was read.
    life.goes(said, town.now - timedelta(minutes=by_event))
    await own_score(town, life)


async def replaces(town: Town, life: Life, said: Said, kind: str) -> None:
    """Replace an event by another; nothing gets worse by that, and nothing counts earlier."""
    row = row_of(life, kind, str(said.on), said.furnisher)
    event = {name: row[name] for name in ("event_id", "kind", "occurred_at", "fields")}
    body = {"person": row["person"], "event_id": said.event_id, "replacement": event}
    reply = await town.send(said.furnisher, "POST", "/corrections", body)
    if kind == MISSED != said.kind:
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
        return
    assert reply.is_success, reply.text
    life.goes(said, town.now)
    day = said.counts_from if kind == MISSED else None
    new = Said(said.furnisher, row["event_id"], kind, said.on, town.now, content_of(row), day)
    life.said.append(new)
    life.rows[new.event_id] = row
    await own_score(town, life)


async def says_again_by_replacing(town: Town, life: Life, said: Said, gone: Said) -> None:
    """What was taken back does not come back as a replacement either."""
    row = life.rows[gone.event_id]
    event = {name: row[name] for name in ("kind", "occurred_at", "fields")}
    body = {"person": row["person"], "event_id": said.event_id}
    body["replacement"] = event | {"event_id": f"e{next(names)}"}
    reply = await town.send(said.furnisher, "POST", "/corrections", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
