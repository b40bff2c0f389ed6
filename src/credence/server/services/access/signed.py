"""What is signed with ES256: taken apart, checked, and never believed before.

A proof comes with every request, so that this is written on `cryptography` alone: the one algorithm, compact
JWS (RFC 7515) without extensions, keys on P-256.
"""

from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ALGORITHM = "ES256"
LONGEST = 8_192
SIGNS_MOST = 255
# No instant of ours is beyond this second since 1970.
SECONDS_MOST = 1e11
# A coordinate of a point, and each half of a signature, in bytes.
HALF = 32
STANDARD = str.maketrans("-_", "+/")


class NotSigned(Exception):  # noqa: N818 - told by its callers in words of theirs
    """It is not signed with the key, or is no such thing; the words say why, after what it is."""


@dataclass(frozen=True)
class PublicKey:
    """A public key on P-256, as it is written in a JWK and as it is used."""

    x: str
    y: str
    usable: ec.EllipticCurvePublicKey

    @property
    def jwk(self) -> dict[str, str]:
        """The key as a JWK."""
        return {"crv": "P-256", "kty": "EC", "x": self.x, "y": self.y}

    @property
    def thumbprint(self) -> str:
        """Its thumbprint (RFC 7638)."""
        said = f'{{"crv":"P-256","kty":"EC","x":"{self.x}","y":"{self.y}"}}'
        return encoded(sha256(said.encode()).digest())


@dataclass(frozen=True)
class Signed:
    """What a compact JWS says before anybody believes it."""

    header: dict[str, Any]
    claims: dict[str, Any]
    text: bytes
    signature: bytes

    def check(self, key: PublicKey) -> None:
        """Check the signature.

        Raises:
            NotSigned: It is of another key.
        """
        halves = self.signature[:HALF], self.signature[HALF:]
        r, s = (int.from_bytes(half, "big") for half in halves)
        try:
            key.usable.verify(encode_dss_signature(r, s), self.text, ec.ECDSA(SHA256()))
        except InvalidSignature:
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
    message = "is no JWS that is signed with ES256"
    try:
        head, payload, signature = text[: LONGEST + 1].split(".")
        header, claims = (msgspec.json.decode(decoded(part)) for part in (head, payload))
        made = decoded(signature)
    except (ValueError, RecursionError):
        raise NotSigned(message) from None
    whole = isinstance(header, dict) and isinstance(claims, dict) and len(made) == 2 * HALF
    # What is critical must be understood, and nothing is.
    if not whole or header.get("alg") != ALGORITHM or "crit" in header or len(text) > LONGEST:
        raise NotSigned(message)
    return Signed(header, claims, f"{head}.{payload}".encode(), made)


def public_key(jwk: object) -> PublicKey:
    """A public key on P-256.

    Raises:
        NotSigned: It is another kind of key, no key at all, or a private one.
    """
    if isinstance(jwk, dict) and "d" not in jwk and (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
        x, y = str(jwk.get("x")), str(jwk.get("y"))
        found = _point(x, y)
        if found is not None:
            return PublicKey(x, y, found)
    message = "needs a public key on P-256: kty EC, crv P-256, x and y, and no d"
    raise NotSigned(message)


# Whoever signs does so with one key for a long time.
@lru_cache(maxsize=1024)
def _point(x: str, y: str) -> ec.EllipticCurvePublicKey | None:
    """The key of two coordinates; None where they are none, or are not written as they must be."""
    try:
        one, other = decoded(x), decoded(y)
        point = ec.EllipticCurvePublicNumbers(
            int.from_bytes(one, "big"), int.from_bytes(other, "big"), ec.SECP256R1()
        )
        written = len(one) == len(other) == HALF and (encoded(one), encoded(other)) == (x, y)
        return point.public_key() if written else None
    except ValueError:
        return None


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding.

    Raises:
        ValueError: It is none.
    """
    if "=" in text:
        message = "it has no padding"
        raise ValueError(message)
    return b64decode(text.translate(STANDARD) + "=" * (-len(text) % 4), validate=True)


def encoded(content: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def seconds(instant: datetime) -> int:
    """An instant in seconds since 1970."""
    return int(instant.timestamp())
