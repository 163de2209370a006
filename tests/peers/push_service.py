"""A push service on loopback, and a browser behind it: they know nothing of our code.

Decryption is RFC 8291 by hand, from `cryptography` alone; the signature is checked as RFC 8292 says.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AUTH = b"sixteen bytes ok"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


@dataclass
class Service:
    """`status`: what it answers next; `came`: headers and decrypted text of what it took."""

    url: str = ""
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    came: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def told(self, path: str = "/send/one") -> str:
        """What this browser says when it subscribes."""
        keys = {"p256dh": b64(point(self.key.public_key())), "auth": b64(AUTH)}
        return json.dumps({"endpoint": self.url + path, "expirationTime": None, "keys": keys})

    def open(self, body: bytes) -> dict[str, Any]:
        """RFC 8188 and 8291, by hand."""
        salt, size = body[:16], body[20]
        theirs, sealed = body[21 : 21 + size], body[21 + size :]
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), other)
        info = b"WebPush: info\0" + point(self.key.public_key()) + theirs
        secret = HKDF(hashes.SHA256(), 32, AUTH, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        text = AESGCM(key).decrypt(nonce, sealed, None)
        told: dict[str, Any] = json.loads(text.rstrip(b"\0")[:-1])
        return told


def claims(authorization: str, public: str) -> dict[str, Any]:
    """The signed claims; raises where the signature is not of `public` (base64url point)."""
    token, _comma, key = authorization.removeprefix("vapid t=").partition(",")
    assert key.strip().removeprefix("k=") == public
    head, body, signature = token.split(".")
    raw = unb64(signature)
    der = utils.encode_dss_signature(
        int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    )
    signer = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(public))
    signer.verify(der, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    said: dict[str, Any] = json.loads(unb64(body))
    return said


@contextmanager
def serving() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.came.append((dict(self.headers), service.open(body)))
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
