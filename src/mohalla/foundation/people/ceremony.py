"""What browsers and passkeys are asked, and what they must answer (WebAuthn), by python-fido2.

The library compares challenge, origin, host, presence and verification of the user, and checks the
signature; who owns the passkey and whether it still counts is decided by the actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal"})
VERIFIED = UserVerificationRequirement.REQUIRED
MOST_SECONDS = 120


class NotAccepted(Exception):
    """`reason`: a word for the ledger; nobody outside is told more than that it was refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Made:
    """A new passkey, as its device told it."""

    credential: str
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]
    prf: bool
    may_be_copied: bool
    backed_up: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a known passkey signed."""

    sign_count: int
    may_be_copied: bool
    backed_up: bool
    handle: bytes


def possible() -> bool:
    """Whether an address is set to which passkeys can be bound."""
    return bool(settings.ORIGIN)


def questions_to_make(
    *, challenge: str, handle: bytes, name: str, known: list[str]
) -> dict[str, Any]:
    """Options for `navigator.credentials.create`. Devices that are known already are left out."""
    options, _state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=name, display_name=name),
        credentials=[_named(each) for each in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=websafe_decode(challenge),
        extensions={"prf": {}},
    )
    return dict(options)


def questions_to_show(*, challenge: str, known: list[str] | None = None) -> dict[str, Any]:
    """Options for `navigator.credentials.get`; without `known` the device offers what it has."""
    options, _state = _server().authenticate_begin(
        credentials=[_named(each) for each in known] if known else None,
        user_verification=VERIFIED,
        challenge=websafe_decode(challenge),
    )
    return dict(options)


def made(answer: Mapping[str, Any], *, challenge: str) -> Made:
    """The new passkey. Raises `NotAccepted`."""
    with _guarded():
        told = RegistrationResponse.from_dict(answer)
        _same_window(told.response.client_data.cross_origin)
        data = _server().register_complete(_state(challenge), told)
        found = _new(data, answer, told)
    return found


def shown(
    answer: Mapping[str, Any], *, challenge: str, credential: str, public_key: bytes
) -> Shown:
    """What this passkey signed. Raises `NotAccepted`."""
    with _guarded():
        told = AuthenticationResponse.from_dict(answer)
        _same_window(told.response.client_data.cross_origin)
        known = AttestedCredentialData.create(
            Aaguid.NONE,
            websafe_decode(credential),
            CoseKey.parse(cast(dict[int, Any], cbor.decode(public_key))),
        )
        _server().authenticate_complete(_state(challenge), [known], told)
        data = told.response.authenticator_data
        found = Shown(
            sign_count=data.counter,
            may_be_copied=data.is_backup_eligible(),
            backed_up=data.is_backed_up(),
            handle=told.response.user_handle or b"",
        )
    return found


def credential_of(answer: Mapping[str, Any]) -> str:
    """Which passkey says that it answers; base64url."""
    told = answer.get("rawId")
    return told if isinstance(told, str) else ""


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever a browser sends that cannot be read is not accepted, in the same words."""
    try:
        yield
    except NotAccepted:
        raise
    except Exception as error:  # CBOR, JSON and keys from outside: each has its own errors
        raise NotAccepted("signature") from error


def _new(data: AuthenticatorData, answer: Mapping[str, Any], told: RegistrationResponse) -> Made:
    found = data.credential_data
    if found is None or found.public_key.ALGORITHM not in CoseKey.supported_algorithms():
        raise NotAccepted("algorithm")
    results: Any = answer.get("clientExtensionResults") or {}
    transports: Any = answer.get("response", {}).get("transports") or []
    return Made(
        credential=websafe_encode(found.credential_id),
        public_key=cbor.encode(found.public_key),
        sign_count=data.counter,
        transports=tuple(sorted(TRANSPORTS.intersection(transports))),
        prf=results.get("prf", {}).get("enabled") is True,
        may_be_copied=data.is_backup_eligible(),
        backed_up=data.is_backed_up(),
    )


def _same_window(elsewhere: bool) -> None:
    if elsewhere:
        raise NotAccepted("frame")


def _server() -> Fido2Server:
    """One origin, compared whole: no other port, no subdomain."""
    host = urlsplit(settings.ORIGIN).hostname
    if not host:
        raise NotAccepted("no origin")
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Mohalla"),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == settings.ORIGIN,
    )


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": VERIFIED}


def _named(credential: str) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(credential)
    )
