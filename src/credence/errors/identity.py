"""What can go wrong when people say who they are: identifiers, codes, signing in, erased people."""

from datetime import datetime, timedelta

from credence.errors.server import RequestError


class IdentifierTakenError(RequestError):
    """An identifier is somebody's already."""

    code = "identifier_taken"
    status = 409

    def __init__(self) -> None:
        """Say what to do, and nothing of whose it is."""
        super().__init__(
            "This cannot be used: it belongs to an account already. If it is yours, sign in or recover it."
        )


class CodeWrongError(RequestError):
    """A code that was sent is not this one, was used, or is too old: one answer for all."""

    code = "code_wrong"
    status = 422

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This code is not right, was used, or is too old. Ask for a new one.")


class SignInFailedError(RequestError):
    """What was sent to sign in does not fit: no such account and a wrong word are one answer."""

    code = "sign_in_failed"
    status = 401

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This did not sign you in. Check what you sent, or recover the account.")


class SignInAgainError(RequestError):
    """Something is asked for that needs somebody who signed in a short while ago."""

    code = "sign_in_again"
    status = 403

    def __init__(self, minutes: int) -> None:
        """Say what to do."""
        super().__init__(
            f"To do this you must have signed in within the last {minutes} minutes. Sign in again, and go on."
        )


class AccountClosedError(RequestError):
    """The account is closed: its owner left, and can come back."""

    code = "account_closed"
    status = 409

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__(
            "Your account is closed, so nobody new can be let in. Open it again with "
            "POST /v1/account/reopening, and go on."
        )


class TooManyTriesError(RequestError):
    """Somebody tried too often, or somebody else in their name."""

    code = "too_many_tries"
    status = 429

    def __init__(self, wait: timedelta) -> None:
        """Say when it may be tried again."""
        seconds = max(1, int(wait.total_seconds()) + 1)
        self.headers = {"Retry-After": str(seconds)}
        super().__init__(f"This was tried too often. Try again in {-(-seconds // 60)} minutes.")


class RecoveryWaitingError(RequestError):
    """An account cannot be recovered yet: its owner has time to stop it."""

    code = "recovery_waiting"
    status = 409

    def __init__(self, ready_at: datetime) -> None:
        """Say from when on."""
        when = f"{ready_at:%Y-%m-%d %H:%M} UTC"
        super().__init__(f"The account can be recovered from {when} on, unless its owner stops it.")


class ErasedError(RequestError):
    """A person was erased: what was sealed for them cannot be read by anybody any more."""

    code = "erased"
    status = 410

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This person was erased; what was encrypted for them cannot be read any more.")


class LastAdminError(RequestError):
    """The last administrator is to be ended."""

    code = "last_admin"
    status = 409

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__(
            "This is the last administrator. Nobody could let anybody in any more: add another one first."
        )
