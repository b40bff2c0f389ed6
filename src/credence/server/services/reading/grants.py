"""The grant: what makes a read of a score possible. Only `consents` makes one."""

from dataclasses import dataclass
from datetime import datetime

from credence.server.services.context import Actor


@dataclass(frozen=True)
class Grant:
    """Somebody may read one person's score, for one purpose and to one level of detail.

    Attributes:
        person_id: The person.
        log_id: The person in the event log.
        reader: Who reads.
        purpose: What for.
        level: The most detail that is told.
        consent_id: The consent that it comes from; None for the person themselves and for operators.
        scorecard: The one scorecard that it is for; None for any.
        at_least: At the level `threshold`, the one number that may be asked about; None for any.
        reason: Why an operator reads; None for others.
        alert_until: The end of the person's fraud alert; None without one.
        first: Whether nothing was read under the consent yet.
        called: What the partner that reads is called; None for others.
    """

    person_id: str
    log_id: str
    reader: Actor
    purpose: str
    level: str
    consent_id: str | None = None
    scorecard: str | None = None
    at_least: int | None = None
    reason: str | None = None
    alert_until: datetime | None = None
    first: bool = False
    called: str | None = None
