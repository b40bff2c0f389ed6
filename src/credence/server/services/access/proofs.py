"""DPoP (RFC 9449): a proof, with each request, that whoever has a token has the key that it is bound to."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from credence.errors import InvalidProofError
from credence.server.services.access import seen
from credence.server.services.access.signed import (
    NotSigned,
    Signed,
    encoded,
    public_key,
    seconds,
    taken_apart,
)
from credence.server.services.context import Context

# How old a proof may be, and how far ahead the clock of whoever made it.
OLD, AHEAD = timedelta(seconds=60), timedelta(seconds=10)


@dataclass(frozen=True)
class Asked:
    """The request that a proof is for: its method, its URL without a query, and its token, if it has one."""

    method: str
    url: str
    token: str | None = None


async def check(context: Context, proof: str | None, asked: Asked) -> str:
    """Check a proof; return the thumbprint of its key. The context is the system's.

    Raises:
        InvalidProofError: It is missing, of another request or token, too old, or came before.
    """
    if not proof:
        message = "is missing: send a DPoP header"
        raise InvalidProofError(message)
    try:
        signed = taken_apart(proof)
        key = public_key(signed.header.get("jwk"))
        signed.check(key)
        _fits(signed, asked)
        _is_fresh(signed, context)
        thumbprint, number = key.thumbprint, signed.word("jti")
    except NotSigned as error:
        raise InvalidProofError(str(error)) from None
    if not await seen.first_time(context, f"proof {thumbprint} {number}", context.now + OLD + AHEAD):
        message = "came before: make another for each request"
        raise InvalidProofError(message)
    return thumbprint


def hash_of(token: str) -> str:
    """The claim `ath` of a token."""
    return encoded(sha256(token.encode()).digest())


def _fits(signed: Signed, asked: Asked) -> None:
    if signed.header.get("typ") != "dpop+jwt":
        message = "needs the type 'dpop+jwt'"
        raise NotSigned(message)
    if signed.word("htm") != asked.method or _bare(signed.word("htu")) != _bare(asked.url):
        message = f"is not for {asked.method} {asked.url}"
        raise NotSigned(message)
    if asked.token is not None and signed.claims.get("ath") != hash_of(asked.token):
        message = "is not for this token"
        raise NotSigned(message)


def _bare(url: str) -> tuple[str, str, str]:
    """A URL without query and fragment; scheme and host in small letters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "", url
    return parts.scheme.lower(), parts.netloc.lower(), parts.path


def _is_fresh(signed: Signed, context: Context) -> None:
    made = signed.number("iat")
    now = seconds(context.now)
    if not now - OLD.seconds <= made <= now + AHEAD.seconds:
        message = f"was not made within the last {OLD.seconds} seconds"
        raise NotSigned(message)
