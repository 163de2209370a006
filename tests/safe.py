"""What a browser does with keys, in Python (pyrage): an independent reading of the same formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import pyrage
from tests.district import District

from mohalla.foundation.keys import actions, queries
from mohalla.foundation.keys.actions import Box, NewDeskKey
from mohalla.foundation.keys.models import DeskKey, OfficerKey
from mohalla.foundation.people.models import Officer

PHRASE = "1234 5678 9012 3456 7890"


def secret() -> pyrage.x25519.Identity:
    """A new private half."""
    return pyrage.x25519.Identity.generate()


def sealed(text: str, *recipients: str) -> str:
    """As `sealKey` of the page."""
    to = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    return str(pyrage.encrypt(text.encode(), to, armored=True).decode())


def opened(text: str, *identities: pyrage.x25519.Identity) -> str:
    """As `openKey` of the page."""
    return str(pyrage.decrypt(text.encode(), list(identities)).decode())


@dataclass
class Hands:
    """An officer with a private half of their own, and whatever they could open."""

    officer: Officer
    own: pyrage.x25519.Identity
    key: OfficerKey
    seen: dict[str, pyrage.x25519.Identity] = field(default_factory=dict)

    def unlock(self, district: District) -> dict[str, pyrage.x25519.Identity]:
        """Every version of every desk that the product gives this officer now."""
        held = queries.held_by(self.officer.pk, district.viewer(self.officer).units)
        found: dict[str, pyrage.x25519.Identity] = {}
        for desk in held.desks:
            last = self.own
            for version in desk.versions:
                last = pyrage.x25519.Identity.from_str(opened(version.sealed, last))
                assert str(last.to_public()) == version.recipient
                found[version.id] = last
        self.seen |= found
        return found


def hands(district: District, officer: Officer) -> Hands:
    """With a key made and kept."""
    own = secret()
    box = Box(sealed=sealed(str(own), str(secret().to_public())))
    key = actions.make_officer_key(
        officer=officer.pk, recipient=str(own.to_public()), boxes=[box], at=district.at
    )
    return Hands(officer, own, key)


def new_key(
    district: District, unit: int, *who: Hands, older: pyrage.x25519.Identity | None = None
) -> tuple[NewDeskKey, pyrage.x25519.Identity]:
    """A desk's key as a browser makes it, for these officers; shares as sealed stand-ins."""
    identity = secret()
    keepers = queries.keepers_for(unit, at=district.at)
    shares: dict[UUID, str] = {
        row.pk: sealed(f"share {number}", row.recipient) for number, row in enumerate(keepers)
    }
    public = str(identity.to_public())
    new = NewDeskKey(
        recipient=public, shares=shares,
        boxes={one.key.pk: sealed(str(identity), one.key.recipient) for one in who},
        older_sealed=sealed(str(older), public) if older else "",
    )  # fmt: skip
    return new, identity


def made(district: District, unit: int, *who: Hands) -> tuple[DeskKey, pyrage.x25519.Identity]:
    """The first key of a desk, made by the first of them."""
    new, identity = new_key(district, unit, *who)
    row = actions.make_desk_key(officer=who[0].officer.pk, unit=unit, new=new, at=district.at)
    return row, identity
