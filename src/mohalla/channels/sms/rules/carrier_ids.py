"""One message id, several spellings: many gateways answer in hex and report in decimal."""

from __future__ import annotations


def spellings(carrier_id: str) -> list[str]:
    """The id as it came, and what the same number is in the other notation. Empty id: nothing."""
    if not carrier_id:
        return []
    found = [carrier_id]
    bare = carrier_id.strip().lower()
    if bare.isdigit() and bare.isascii() and len(bare) <= 20:
        number = int(bare)
        found += [str(number), f"{number:x}", f"{number:X}", f"{number:08x}", f"{number:08X}"]
    try:
        if len(bare) <= 16 and bare.isalnum() and bare.isascii():
            found.append(str(int(bare, 16)))
    except ValueError:
        pass
    return list(dict.fromkeys(found))
