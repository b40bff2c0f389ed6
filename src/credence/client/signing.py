"""How a program shows who it is: a simple key in a sandbox, or a key with which it signs (DPoP)."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Protocol

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# An assertion is used at once; a token is renewed before it ends.
ASSERTION_SECONDS, EARLY_SECONDS = 60, 30
# Sends a form to a URL with headers, and gives the object that is replied.
Ask = Callable[[str, Mapping[str, str], Mapping[str, str]], Mapping[str, Any]]


class Credentials(Protocol):
    """What makes a request one's own."""

    def headers(self, method: str, url: str, ask: Ask) -> dict[str, str]:
        """The headers of a request to a URL (without its query)."""


@dataclass(frozen=True)
class SandboxKey:
    """A simple key, which only a sandbox takes."""

    key: str

    def headers(self, method: str, url: str, ask: Ask) -> dict[str, str]:
        """The key as a bearer token; all else does not matter to it."""
        del method, url, ask
        return {"Authorization": f"Bearer {self.key}"}


@dataclass
class SigningKey:
    """A private key whose public half the bureau knows.

    Attributes:
        client_id: The id of the partner or furnisher, like `par_...`.
        key: The private key, on P-256.
        issuer: The bureau's address as it calls itself.
        scopes: What tokens are for; all that the key may have if none is named.
        clock: Where the seconds since 1970 are read.
    """

    client_id: str
    key: ECKey
    issuer: str
    scopes: tuple[str, ...] = ()
    clock: Callable[[], float] = time.time
    _token: str = field(default="", init=False)
    _ends: float = field(default=0.0, init=False)

    @classmethod
    def read(cls, path: Path, client_id: str, issuer: str) -> "SigningKey":
        """A key from a file, as `new_key` writes it."""
        return cls(client_id, ECKey.import_key(msgspec.json.decode(path.read_bytes())), issuer.rstrip("/"))

    def headers(self, method: str, url: str, ask: Ask) -> dict[str, str]:
        """A token, asked for when the last one ends, and a proof that is made for this request alone."""
        if self.clock() > self._ends - EARLY_SECONDS:
            self._renew(ask)
        proof = self.proof(method, url, self._token)
        return {"Authorization": f"DPoP {self._token}", "DPoP": proof}

    def _renew(self, ask: Ask) -> None:
        url = f"{self.issuer}/v1/oauth/token"
        form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION}
        form |= {"client_assertion": self.assertion(), "scope": " ".join(self.scopes)}
        told = ask(url, form, {"DPoP": self.proof("POST", url)})
        self._token, self._ends = told["access_token"], self.clock() + told["expires_in"]

    def assertion(self, **other: object) -> str:
        """What is signed to get a token (RFC 7523); `other` claims replace the usual ones."""
        now = int(self.clock())
        claims: dict[str, object] = {"iss": self.client_id, "sub": self.client_id, "aud": self.issuer}
        claims |= {"iat": now, "exp": now + ASSERTION_SECONDS, "jti": token_urlsafe(16)}
        return self._signed({"typ": "JWT", "kid": self.key.thumbprint()}, claims | other)

    def proof(self, method: str, url: str, token: str | None = None, **other: object) -> str:
        """A proof of one request (RFC 9449); `other` claims replace the usual ones."""
        claims: dict[str, object] = {
            "htm": method,
            "htu": url,
            "iat": int(self.clock()),
            "jti": token_urlsafe(16),
        }
        if token is not None:
            digest = sha256(token.encode()).digest()
            claims["ath"] = urlsafe_b64encode(digest).rstrip(b"=").decode()
        return self._signed({"typ": "dpop+jwt", "jwk": self.public}, claims | other)

    @property
    def public(self) -> dict[str, Any]:
        """The public half, to be given to the bureau."""
        return public_half(self.key)

    def _signed(self, header: dict[str, Any], claims: dict[str, object]) -> str:
        body = msgspec.json.encode(claims)
        return jws.serialize_compact({"alg": "ES256"} | header, body, self.key, ["ES256"])


def public_half(key: ECKey) -> dict[str, Any]:
    """The public half of a key, as RFC 7517 has it."""
    told = key.as_dict(private=False)
    return {name: told[name] for name in ("kty", "crv", "x", "y")}


def new_key(path: Path) -> dict[str, Any]:
    """Make a pair of keys, keep the private one in a file for its owner alone, return the public one."""
    key = ECKey.generate_key("P-256", private=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(msgspec.json.encode(key.as_dict(private=True)))
    return public_half(key)
