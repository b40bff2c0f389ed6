"""Why a score is not told, each with one sentence; what is not for whoever asks is one answer."""

from credence.errors.server import RequestError


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
    """The person has frozen their scores; said only to whoever has a live consent."""

    code = "frozen"
    status = 403

    def __init__(self) -> None:
        """Say who can lift it."""
        super().__init__("The person has frozen their scores. Only they can lift the freeze: ask them.")


class PurposeNotAllowedError(RequestError):
    """A partner asks for a purpose that it is not registered for."""

    code = "purpose_not_allowed"
    status = 403

    def __init__(self, purpose: str) -> None:
        """Name the purpose."""
        super().__init__(f"You are not registered for the purpose '{purpose}'.")
