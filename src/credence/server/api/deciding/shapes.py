"""What requests and replies about decisions are made of."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

PRINTED = r"^[^\x00-\x1f\x7f]+$"
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=PRINTED)]
Words = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\x00]+$")]
Id = Annotated[str, Path(max_length=60, pattern=PRINTED)]
Before = Annotated[str, Query(max_length=60, pattern=PRINTED, description="The last id of the page before.")]
# Later than every id, and earlier, however a database sorts.
END, START = "zzz", "0"
Term = str | int | float


class Body(BaseModel):
    """What is sent: nothing else than is known."""

    model_config = ConfigDict(extra="forbid")


class Clause(BaseModel):
    """One thing that a rule asks; `answer` and `distance` are told from the level on that allows it."""

    subject: str
    asks: str
    met: bool
    answer: str | int | float | None = None
    distance: int | float | None = None


class Row(BaseModel):
    """A row of a policy as it stands for the person."""

    row: str
    outcome: str
    meaning: str
    met: bool
    clauses: list[Clause]


class Review(BaseModel):
    """A look at a decision by a person, and what came of it."""

    review_id: str
    decision_id: str
    asked_at: datetime
    due_on: date = Field(description="The last day on which an answer is in time.")
    reminded_at: datetime | None = Field(description="When reviewers were reminded.")
    escalated_at: datetime | None = Field(description="When it was passed on to those who lead them.")
    late_at: datetime | None = Field(description="When the last day had passed without an answer.")
    opened_at: datetime | None
    answer: str | None = Field(
        description="upheld, overridden, withdrawn; accepted or declined by the partner; null before."
    )
    answered_at: datetime | None
    outcome: str | None
    reason: str | None
    ends_on: date | None = Field(description="The last day on which the override holds.")


class Decision(BaseModel):
    """A decision. What is there hangs on who asks: a partner is told what the consent's level allows."""

    decision_id: str
    person: str | None = Field(description="The person as the partner knows them; null for the person.")
    partner_id: str
    partner: str
    made_at: datetime
    policy: str
    scorecard: str
    purpose: str
    level: str
    consent_id: str
    inquiry_id: str
    statement_id: str
    outcome: str
    meaning: str = Field(description="accept, refer or decline.")
    settled: str | None = Field(
        default=None, description="accepted or declined, once the partner settled what its policy passed on."
    )
    letter: bool = Field(description="Whether there is a letter, which the person finds here.")
    told: dict[str, Any] | None = Field(default=None, description="All that is told of it; not in lists.")
    reviews: list[Review] = []


class Decisions(BaseModel):
    """A page of decisions, the newest first."""

    data: list[Decision]
    next_cursor: str | None
