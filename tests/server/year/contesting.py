"""Disputes: opened on an event or a line, answered, withdrawn, or decided by silence on their day."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from tests.server.year.model import MADE, MISSED, Dispute, Life, Said
from tests.server.year.reading import own_score
from tests.server.year.town import CARD, Town

SUSPENDING, COUNTING = "not_mine", "dates"
words = count(1)
new_names = count(1)


async def disputes(town: Town, life: Life, said: Said, reason: str) -> None:
    """Contest an event; what is contested already is not contested twice."""
    body: dict[str, Any] = {"event": {"furnisher": said.furnisher, "event_id": said.event_id}}
    reply = await _opened(town, life, body, reason)
    if said in [one for _, _, one in life.open_items()]:
        assert reply == (409, "conflict")
        return
    await _noted(town, life, str(reply[1]), [said], reason)


async def disputes_a_line(town: Town, life: Life, reason: str) -> None:
    """Contest the line of missed repayments: every event behind it, and no other."""
    as_of = town.now.date()
    behind = [one for one in life.standing() if one.kind == MISSED and one.counts(as_of, town.now)]
    body = {"line": {"scorecard": CARD, "as_of": str(as_of), "characteristic": "loan_arrears"}}
    contested = [one for _, _, one in life.open_items()]
    refused = (404, "not_found") if not life.said else None
    refused = refused or (None if behind else (422, "invalid_request"))
    refused = refused or ((409, "conflict") if [one for one in behind if one in contested] else None)
    reply = await _opened(town, life, body, reason)
    if refused is not None:
        assert reply == refused
        return
    await _noted(town, life, reply[1], behind, reason)


async def _opened(town: Town, life: Life, body: dict[str, Any], reason: str) -> tuple[int, str]:
    """The status of what was asked, and the id of the dispute or the code of the problem."""
    text = f"I never heard of this, number {next(words)}."
    life.secrets.append(text)
    reply = await town.send(life.person_id, "POST", "/disputes", body | {"reason": reason, "text": text})
    said = reply.json()
    return reply.status_code, said["dispute_id"] if reply.is_success else said["code"]


async def _noted(town: Town, life: Life, dispute_id: str, events: list[Said], reason: str) -> None:
    shown = await town.good(life.person_id, "GET", f"/disputes/{dispute_id}")
    by_id = {one.event_id: one for one in events}
    items = {one["item_id"]: by_id.pop(one["event_id"]) for one in shown["items"]}
    assert not by_id, "every event behind it is an item"
    suspends = reason == SUSPENDING
    appeals = frozenset(item for item, said in items.items() if said.verified)
    assert appeals == {one["item_id"] for one in shown["items"] if one["appeal"]}
    due_on = date.fromisoformat(shown["due_on"])
    life.disputes.append(Dispute(dispute_id, items, suspends, due_on, appeals=appeals))
    opened = town.now - timedelta(minutes=1)
    for one in events if suspends else []:
        one.marks.append((opened.date(), opened, True))
    await own_score(town, life)


async def informs(town: Town, life: Life, dispute: Dispute) -> None:
    """Add information, which gives more time, once."""
    text = f"There is more, number {next(words)}."
    life.secrets.append(text)
    body = {"text": text}
    await town.good(life.person_id, "POST", f"/disputes/{dispute.dispute_id}/information", body)
    shown = await town.good(life.person_id, "GET", f"/disputes/{dispute.dispute_id}")
    due_on = date.fromisoformat(shown["due_on"])
    assert due_on == dispute.due_on if dispute.extended else due_on > dispute.due_on
    dispute.due_on, dispute.extended = due_on, True


async def withdraws(town: Town, life: Life, dispute: Dispute) -> None:
    """Let a dispute be: what did not count meanwhile counts again."""
    await town.good(life.person_id, "POST", f"/disputes/{dispute.dispute_id}/withdrawal")
    for said in dispute.items.values():
        _released(town, dispute, said)
    life.disputes.remove(dispute)
    await own_score(town, life)


def _released(town: Town, dispute: Dispute, said: Said) -> None:
    if dispute.suspends:
        said.marks.append((town.now.date(), town.now, False))


async def answers(town: Town, what: tuple[Life, Dispute, str], outcome: str, *, reviewer: bool) -> None:
    """Answer for an event, by its furnisher or a reviewer."""
    life, dispute, item = what
    said = dispute.items[item]
    body: dict[str, Any] = {"item_id": item, "outcome": outcome, "checked": ["The account was looked up."]}
    new = f"r{next(new_names)}"
    if outcome == "modified":
        fields = {"account": said.event_id, "due_date": str(said.on), "days_late": 0}
        body["replacement"] = {"event_id": new, "kind": MADE, "occurred_at": str(said.on), "fields": fields}
    who = town.reviewer if reviewer else said.furnisher
    if life.erased:
        reply = await town.send(who, "POST", f"/disputes/{dispute.dispute_id}/answers", body)
        assert reply.status_code in (404, 409, 410), reply.text
        return
    if item in dispute.appeals and outcome == "verified" and not reviewer:
        refused = await town.send(who, "POST", f"/disputes/{dispute.dispute_id}/answers", body)
        assert refused.status_code == 409, refused.text
        return
    found = await town.good(who, "POST", f"/disputes/{dispute.dispute_id}/answers", body)
    if outcome == "verified":
        said.verified = True
        _released(town, dispute, said)
    else:
        life.goes(said, town.now)
    if outcome == "modified":
        life.said.append(Said(said.furnisher, new, MADE, said.on, town.now, said.content))
    del dispute.items[item]
    assert found["state"] == ("open" if dispute.items else "closed")
    if not dispute.items:
        life.disputes.remove(dispute)
    await own_score(town, life)


async def reads_lists(town: Town) -> None:
    """Whoever has disputes to answer sees all of them, whatever became of the people."""
    for who in (*town.furnishers, town.reviewer):
        shown = (await town.good(who, "GET", "/disputes?limit=200"))["data"]
        waiting = {one["dispute_id"] for one in shown}
        if who == town.reviewer:
            continue
        for life in town.lives:
            mine = [d for d, _, said in life.open_items() if said.furnisher == who and not life.erased]
            assert {one.dispute_id for one in mine} <= waiting
