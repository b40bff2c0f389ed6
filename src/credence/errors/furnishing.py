"""What can go wrong with what furnishers send, and with how they get to know people."""

from credence.errors.server import RequestError


class LinkWrongError(RequestError):
    """A code with which a furnisher wants to get to know a person cannot be used."""

    code = "link_wrong"
    status = 422

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "There is no such code for you, or it was used, or has ended. Ask the person for another."
        )


class FormUnknownError(RequestError):
    """Something was sent in a form that is not taken."""

    code = "unsupported_form"
    status = 415

    def __init__(self, said: str, known: str) -> None:
        """Say which forms are."""
        super().__init__(f"'{said[:80]}' is not taken here. Send {known}.")
