"""A passkey in software: it makes keys and signs what it is asked, as WebAuthn says."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

ORIGIN = "http://127.0.0.1:8000"
PLACE = "127.0.0.1"
PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One credential; `uses` is its counter, and it says that its user was verified."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    uses: int = 0
    flags: int = PRESENT | VERIFIED
    origin: str = ORIGIN

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to options of `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32), numbers.y.to_bytes(32)
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        told = bytes(16) + len(self.credential).to_bytes(2) + self.credential + public
        data = self._data(self.flags | NEW) + told
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = {
            "clientDataJSON": self._client("webauthn.create", options),
            "attestationObject": _text(attested),
        }
        return self._answer(said)

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to options of `navigator.credentials.get`."""
        self.uses += 1
        data, client = self._data(self.flags), self._json("webauthn.get", options)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signature),
        }
        return self._answer(said)

    def _answer(self, said: dict[str, str]) -> dict[str, Any]:
        name = _text(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": said}

    def _data(self, flags: int) -> bytes:
        return sha256(PLACE.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _json(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _client(self, kind: str, options: dict[str, Any]) -> str:
        return _text(self._json(kind, options))


def _text(content: bytes) -> str:
    return str(bytes_to_base64url(content))
