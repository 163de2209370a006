"""A passkey in software: keys, flags and counters as a device has them, and its ways to go wrong.

It signs with real keys what a browser would post; the answers are read by the product alone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

ORIGIN = "https://desk.example.org"
PRESENT, VERIFIED, MAY_BE_COPIED, COPIED, NEW_KEY = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class Device:
    """`counts`: whether its counter goes up by itself; many passkeys always say 0."""

    origin: str = ORIGIN
    host: str = "desk.example.org"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    prf: bool | None = True
    frame: bool = False
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`, as the page's script posts it."""
        wish = asked["publicKey"]
        assert wish["authenticatorSelection"]["residentKey"] == "required"
        assert wish["authenticatorSelection"]["userVerification"] == "required"
        self.handle = websafe_decode(wish["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        named = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(NEW_KEY) + named}
        response = {
            "clientDataJSON": self._client("webauthn.create", wish["challenge"]),
            "attestationObject": websafe_encode(cbor.encode(attested)),
            "transports": ["internal", "made-up"],
        }
        extensions = {} if self.prf is None else {"prf": {"enabled": self.prf}}
        return self._posted(response, extensions)

    def show(self, asked: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        wish = asked["publicKey"]
        assert wish["userVerification"] == "required"
        if self.counts:
            self.count += 1
        client = self._client("webauthn.get", wish["challenge"])
        data = self._data()
        signed = data + hashlib.sha256(websafe_decode(client)).digest()
        response = {
            "clientDataJSON": client,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(self.handle),
        }
        return self._posted(response, {})

    def _data(self, more: int = 0) -> bytes:
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> str:
        told = {"type": kind, "challenge": challenge, "origin": self.origin}
        return websafe_encode(json.dumps(told | {"crossOrigin": self.frame}).encode())

    def _posted(self, response: dict[str, Any], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.credential)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response,
             "clientExtensionResults": extensions}
        )  # fmt: skip
