"""The bodies of requests and replies about disputes."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from credence.server.services.contesting.contested import Line, Named
from credence.server.services.contesting.rules.reasons import FRIVOLOUS, REASONS

Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Reason = Literal[
    "not_mine", "identity_fraud", "account_takeover", "history", "inaccurate", "dates", "first_delinquency",
    "amount", "paid", "too_old",
]  # fmt: skip
assert Reason.__args__ == tuple(REASONS), "the closed list is one"  # type: ignore[attr-defined]


class Body(BaseModel):
    """What is sent: nothing else than is known."""

    model_config = ConfigDict(extra="forbid")


class LineBody(Body):
    """A line of a statement."""

    scorecard: Name
    as_of: date
    characteristic: Name

    def named(self) -> Line:
        """The line."""
        return Line(self.scorecard, self.as_of, self.characteristic)


class EventBody(Body):
    """An event, as the statement's evidence names it."""

    furnisher: Name
    event_id: Name

    def named(self) -> Named:
        """The event."""
        return Named(self.furnisher, self.event_id)


class NewDispute(Body):
    """What is wrong: a line of a statement or an event, and why."""

    line: LineBody | None = None
    event: EventBody | None = None
    reason: Reason
    text: str = Field(default="", max_length=10_000)

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """A line or an event is named, and not both."""
        if (self.line is None) == (self.event is None):
            message = "name either a line or an event"
            raise ValueError(message)
        return self

    def what(self) -> Line | Named:
        """What is wrong."""
        named = self.line or self.event
        assert named is not None, "one of both is there"
        return named.named()


class Information(Body):
    """What else the person says."""

    text: Text


class OwnView(Body):
    """A statement on file, of at most 100 words; empty to remove it."""

    text: str = Field(max_length=2000)


class EventAsItShouldBe(Body):
    """An event as a furnisher sends it; whose it is and about whom is known."""

    event_id: Name
    kind: Name
    occurred_at: Name
    reported_at: Name | None = None
    fields: dict[Name, Annotated[str, Field(max_length=1000)] | int | bool | None] = Field(
        default={}, max_length=100
    )

    def row(self) -> dict[str, object]:
        """The same as the log takes it."""
        named = {"event_id": self.event_id, "kind": self.kind, "occurred_at": self.occurred_at}
        said = named | ({"reported_at": self.reported_at} if self.reported_at else {})
        return {**self.fields, **said}


class NewAnswer(Body):
    """What somebody found about a contested event."""

    item_id: Name
    outcome: Literal["verified", "modified", "deleted", "unverifiable"]
    replacement: EventAsItShouldBe | None = None
    checked: list[Annotated[str, Field(min_length=1, max_length=300)]] = Field(default=[], max_length=10)
    note: str = Field(default="", max_length=2000)


class NewFrivolous(Body):
    """Why a dispute is not looked into, and what the person would have to send for it to be."""

    reason: Literal["not_enough", "same_again"]
    missing: list[Annotated[str, Field(min_length=1, max_length=300)]] = Field(min_length=1, max_length=10)


assert get_args(NewFrivolous.model_fields["reason"].annotation) == tuple(FRIVOLOUS), "the closed list is one"


class FrivolousShown(BaseModel):
    """Why a dispute was not looked into, and what is missing."""

    reason: str
    sentence: str
    missing: list[str]


class Item(BaseModel):
    """An event that is contested, and what came of it."""

    item_id: str
    furnisher: str
    furnisher_name: str
    event_id: str
    kind: str
    counts: bool = Field(description="Whether it counts while it is looked into.")
    seen_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    checked: list[str]
    note: str
    correction_id: str | None
    appeal: bool = Field(description="Whether it was found right before, so that a reviewer decides.")
    inquiry_id: str | None = Field(description="The look at scores that is contested; null for an event.")


class Dispute(BaseModel):
    """A dispute. `person` is the id under which whoever asks knows the person; None for the person."""

    dispute_id: str
    person: str | None
    state: str
    outcome: str | None
    reason: str
    reason_title: str
    reason_code: str | None
    clock: str = Field(description="The law whose clock holds.")
    line: dict[str, Any] | None
    text: str
    opened_at: datetime
    tell_by: date
    due_on: date
    results_by: date | None
    extended: bool
    reminded_at: datetime | None
    escalated_at: datetime | None
    closed_at: datetime | None
    if_silent: str
    frivolous: FrivolousShown | None = Field(description="Why it was not looked into; null where it was.")
    statement: str
    items: list[Item]
    files: list[dict[str, Any]]
    timeline: list[dict[str, Any]]


class Disputes(BaseModel):
    """A page of disputes."""

    data: list[Dispute]
    next_cursor: str | None


class Opened(BaseModel):
    """A dispute that was opened."""

    dispute_id: str


class Done(BaseModel):
    """What state a dispute is in now."""

    dispute_id: str
    state: str
