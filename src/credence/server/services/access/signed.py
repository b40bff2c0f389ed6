"""What is signed with ES256: taken apart, checked, and never believed before."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
LONGEST = 8_192
SIGNS_MOST = 255
# No instant of ours is beyond this second since 1970.
SECONDS_MOST = 1e11


class NotSigned(Exception):  # noqa: N818 - told by its callers in words of theirs
    """It is not signed with the key, or is no such thing; the words say why, after what it is."""


@dataclass(frozen=True)
class Signed:
    """What a compact JWS says before anybody believes it."""

    text: str
    header: dict[str, Any]
    claims: dict[str, Any]

    def check(self, key: ECKey) -> None:
        """Check the signature.

        Raises:
            NotSigned: It is of another key.
        """
        try:
            jws.deserialize_compact(self.text, key, [ALGORITHM])
        except (JoseError, ValueError):
            message = "is not signed with its key"
            raise NotSigned(message) from None

    def number(self, claim: str) -> int:
        """A claim that is an instant, in seconds since 1970.

        Raises:
            NotSigned: There is none, or it is none.
        """
        found = self.claims.get(claim)
        if not isinstance(found, int | float) or isinstance(found, bool) or abs(found) > SECONDS_MOST:
            message = f"needs '{claim}', in seconds since 1970"
            raise NotSigned(message)
        return int(found)

    def word(self, claim: str) -> str:
        """A claim that is a text of at most 255 signs.

        Raises:
            NotSigned: There is none, or it is none.
        """
        found = self.claims.get(claim)
        if not isinstance(found, str) or not 0 < len(found) <= SIGNS_MOST:
            message = f"needs '{claim}', a text of 1 to 255 signs"
            raise NotSigned(message)
        return found


def taken_apart(text: str) -> Signed:
    """What a compact JWS says.

    Raises:
        NotSigned: It is none.
    """
    try:
        found = jws.extract_compact(text.encode()[: LONGEST + 1])
        claims = msgspec.json.decode(found.payload)
    except (JoseError, ValueError, RecursionError):
        claims, found = None, None
    header = dict(found.protected) if found is not None else {}
    if header.get("alg") != ALGORITHM or not isinstance(claims, dict) or len(text) > LONGEST:
        message = "is no JWS that is signed with ES256"
        raise NotSigned(message)
    return Signed(text, header, claims)


def public_key(jwk: object) -> ECKey:
    """A public key on P-256.

    Raises:
        NotSigned: It is another kind of key, no key at all, or a private one.
    """
    if isinstance(jwk, dict) and "d" not in jwk and (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
        with suppress(JoseError, ValueError, KeyError, TypeError):
            return ECKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "y")})
    message = "needs a public key on P-256: kty EC, crv P-256, x and y, and no d"
    raise NotSigned(message)


def seconds(instant: datetime) -> int:
    """An instant in seconds since 1970."""
    return int(instant.timestamp())
