"""The bodies of requests and replies about what furnishers send."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from credence.server.services.furnishing.batches import Result


class Told(BaseModel):
    """What is sent: nothing else than is known."""

    model_config = ConfigDict(extra="forbid")


class RowError(BaseModel):
    """What is wrong with a row: the field (empty for the row as a whole), and a sentence."""

    field: str
    detail: str


class RowResult(BaseModel):
    """What became of a row, or would."""

    event_id: str | None
    outcome: Literal["accepted", "known", "conflict", "rejected"]
    errors: list[RowError] = []


class Counts(BaseModel):
    """How many rows became what."""

    accepted: int
    known: int
    conflict: int
    rejected: int


class Receipt(BaseModel):
    """What was sent, and what became of each row, in order, once it is known."""

    receipt_id: str
    status: Literal["waiting", "done"]
    rows: int
    received_at: datetime
    done_at: datetime | None = None
    counts: Counts | None = None
    results: list[RowResult] | None = Field(
        None, description="What became of each row, in order; not in lists, and null until it is known."
    )


def results_of(found: list[Result]) -> list[RowResult]:
    """What became of rows, as it is told."""
    return [
        RowResult.model_construct(
            event_id=one.event_id,
            outcome=one.outcome,
            errors=[RowError.model_construct(field=fault.field, detail=fault.detail) for fault in one.errors],
        )
        for one in found
    ]


def counts_of(row: Mapping[str, Any]) -> Counts:
    """The counts of a receipt or an import."""
    return Counts(
        accepted=row["accepted"], known=row["known"], conflict=row["conflicts"], rejected=row["rejected"]
    )
