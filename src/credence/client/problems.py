"""What a bureau refuses, as exceptions."""

from collections.abc import Mapping
from typing import Any


class ProblemError(Exception):
    """A request that the bureau refused, or could not carry out.

    Attributes:
        status: The status of the reply.
        code: The stable code, by which programs tell problems apart.
        sentence: What is wrong and what to do, for people.
        request_id: The id of the request, to be named when asking the bureau about it.
        errors: Places in the request, each with a sentence.
    """

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        """Take a reply apart."""
        self.status = status
        self.code = str(told.get("code", told.get("error", "unknown")))
        self.sentence = str(told.get("detail", told.get("error_description", "")))
        self.request_id = str(told.get("request_id", ""))
        self.errors = {str(one["pointer"]): str(one["detail"]) for one in told.get("errors", ())}
        super().__init__(f"{self.sentence} ({self.code}, {status}, {self.request_id})")


class NotReachedError(Exception):
    """The bureau cannot be reached, or what replied is none."""

    def __init__(self, url: str, why: object) -> None:
        """Name where it was looked for."""
        super().__init__(f"No bureau could be reached at {url}: {why}. What was sent may be sent again.")
