"""What a count of people may say in public."""

from __future__ import annotations

from typing import Final

LEAST: Final = 10


def shown(count: int) -> int:
    """In tens, and nothing below ten: two looks never tell that one person came or went."""
    return count - count % LEAST
