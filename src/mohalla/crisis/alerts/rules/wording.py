"""What the words of an alert may not be. Pure; whether they accuse somebody only a person can tell."""

from __future__ import annotations

import re

from mohalla.foundation.text import ascii_digits

MOST_PARTS = 2
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|pk|org|net|info|ly|me)\b", re.IGNORECASE)
_IDENTITY = re.compile(r"\d{5}[ -]?\d{7}[ -]?\d")
_PHONE = re.compile(r"(?:\+?92|0)[ -]?3\d{2}[ -]?\d{3}[ -]?\d{4}")


def why_not(text: str, *, parts: int) -> str:
    """link | identity | phone | long, or empty.

    People learn that no message of ours has a link: one that has, is not from us. A number of one's
    own in it is somebody's private number in thousands of phones.
    """
    plain = ascii_digits(text)
    if _LINK.search(plain):
        return "link"
    if _IDENTITY.search(plain):
        return "identity"
    if _PHONE.search(plain):
        return "phone"
    return "long" if parts > MOST_PARTS else ""
