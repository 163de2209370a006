"""Our own key towards push services (VAPID, RFC 8292): made once under `MOHALLA_HOME`."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from mohalla.foundation import keyfiles

NAME = "push_key"


def _made() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@lru_cache(maxsize=4)
def _read(folder: str) -> Vapid02:
    text = keyfiles.kept(settings.KEYS_DIR / NAME, _made)
    return Vapid02.from_pem(text.encode())


def ours() -> Vapid02:
    """The key of this installation. Subscriptions are bound to it: a new one ends them all."""
    return _read(str(settings.KEYS_DIR))


def public() -> str:
    """Its public half, as browsers want it."""
    point = ours().public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
