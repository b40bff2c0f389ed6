"""Marks and corrections as the log takes them; sent twice they are one, so that a retry does no harm."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from credence.events.keys import event_key

Row = dict[str, object]
# What says whose an event is, and what it corrects, follows from what is corrected.
SET_BY_US = ("furnisher", "person", "person_id", "replaces", "retracts", "target", "target_furnisher")


@dataclass(frozen=True)
class Target:
    """The event that a row is about: whose it is in the log, who sent it, and its name there."""

    log_id: str
    furnisher: str
    event_id: str


def target_of(log_id: str, item: Mapping[str, Any]) -> Target:
    """The event of an item of a dispute."""
    return Target(log_id, item["furnisher"], item["event_id"])


def suspends(bureau: str, target: Target, item_id: str, at: datetime) -> Row:
    """The mark that an event stops counting while it is contested."""
    return _mark(bureau, target, f"{item_id}-suspends", at) | {"kind": "mark.suspends"}


def releases(bureau: str, target: Target, item: Mapping[str, Any], at: datetime) -> Row:
    """The mark that it counts again, which is later than the one that it ends."""
    later = max(at, item["suspended_at"] + timedelta(seconds=1))
    return _mark(bureau, target, f"{item['item_id']}-releases", later) | {"kind": "mark.releases"}


def counts_from(bureau: str, target: Target, day: object, at: datetime) -> Row:
    """The mark from when an event counts."""
    named = f"{event_key(target.furnisher, target.event_id)}-counts"
    return _mark(bureau, target, named, at) | {"kind": "mark.counts_from", "date": str(day)}


def retracts(bureau: str, target: Target, name: str, at: datetime) -> Row:
    """The row with which the bureau takes an event back for good."""
    row = _mark(bureau, target, f"{name}-retracts", at) | {"kind": "mark.retracts"}
    row["retracts"] = row.pop("target")
    return row


def replaces(by: str, target: Target, replacement: Mapping[str, object]) -> Row:
    """The event as it should be, from its furnisher or the bureau."""
    row: Row = {name: value for name, value in replacement.items() if name not in SET_BY_US}
    row |= {"furnisher": by, "person_id": target.log_id, "replaces": target.event_id}
    return row | ({"target_furnisher": target.furnisher} if by != target.furnisher else {})


def _mark(bureau: str, target: Target, name: str, at: datetime) -> Row:
    row: Row = {"furnisher": bureau, "event_id": name, "person_id": target.log_id}
    row |= {"occurred_at": at.isoformat(), "target": target.event_id}
    return row | ({"target_furnisher": target.furnisher} if target.furnisher != bureau else {})
