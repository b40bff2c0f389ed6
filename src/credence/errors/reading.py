"""Why a score is not told, each with one sentence; what is not for whoever asks is one answer."""

from collections.abc import Mapping
from types import MappingProxyType

from credence.errors.server import RequestError

NOTHING: Mapping[str, str] = MappingProxyType({})


class ConsentMissingError(RequestError):
    """There is no live consent: whether the person is unknown, never granted, withdrew or the end came.

    One answer to all of these, so that it says nothing of the person.
    """

    code = "consent_missing"
    status = 403

    def __init__(self) -> None:
        """Say what would be needed."""
        super().__init__(
            "There is no live consent for this person, purpose, scorecard and level of detail. "
            "Ask for one with POST /v1/consent-requests."
        )


class FrozenError(RequestError):
    """Scores are frozen, by the person or by the bureau; said only to whoever has a live consent.

    `refused` is what is recorded of the question, for the person to see.
    """

    code = "frozen"
    status = 403

    def __init__(self, refused: Mapping[str, str] = NOTHING, *, everybody: bool = False) -> None:
        """Say who can lift it."""
        self.refused = refused
        super().__init__(
            "The bureau has frozen everybody's scores for now. Ask again later."
            if everybody
            else "The person has frozen their scores. Only they can lift the freeze: ask them."
        )


class PurposeNotAllowedError(RequestError):
    """A partner asks for a purpose that it is not registered for."""

    code = "purpose_not_allowed"
    status = 403

    def __init__(self, purpose: str) -> None:
        """Name the purpose."""
        super().__init__(f"You are not registered for the purpose '{purpose}'.")
