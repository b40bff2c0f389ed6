"""Shapes that several routes share: names, days, instants, pages."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from credence.server.services.reading.consents import Wish

ID = r"^[a-z]{3}_[0-9a-v]{26}$"
Id = Annotated[str, Field(pattern=ID)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.@-]{1,100}$")]
Level = Literal["threshold", "band", "score", "reasons", "statement"]
Number = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)
Day = Annotated[date, Field(ge=FIRST, le=LAST)]
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(1970, 1, 1, tzinfo=UTC), le=datetime(2999, 12, 31, tzinfo=UTC)),
]
Sentence = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most")]
Cursor = Annotated[str | None, Query(pattern=ID, description="The next_cursor of the page before")]


class Sent(BaseModel):
    """What is sent: nothing that is not known is taken."""

    model_config = ConfigDict(extra="forbid")


class Wished(BaseModel):
    """What may be read; nothing of it is chosen for anybody."""

    model_config = ConfigDict(extra="forbid")

    purpose: Name
    level: Level
    scorecard: Name
    at_least: Number | None = Field(
        default=None, description="The one number that may be asked, at the level threshold and there alone"
    )

    @property
    def wish(self) -> Wish:
        """The same for services."""
        return Wish(self.purpose, self.level, self.scorecard, self.at_least)


def after(names: Sequence[str], limit: int) -> str | None:
    """The cursor of the next page: the last name of a full one; None where there is no more."""
    return names[-1] if len(names) == limit else None
