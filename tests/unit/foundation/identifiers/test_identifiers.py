"""References that can be said, and receipts that only their key can make."""

from __future__ import annotations

from uuid import UUID

from mohalla.foundation import identifiers
from mohalla.foundation.text import command, reference

KEY = UUID("01930000-0000-7000-8000-000000000001")


def test_every_reference_is_understood_after_the_status_word() -> None:
    for _ in range(2000):
        made = identifiers.new_reference()
        assert not set(made) & set("01OI")
        assert reference(made) == made
        assert made[0].isalpha(), "turned round in a text from right to left"
        for word in ("STATUS", "HAAL", "حال"):
            found = command(f"{word} {made.lower()}")
            assert found is not None, made
            assert found.argument == made


def test_receipts_are_derived_again_and_differ_by_version() -> None:
    first = identifiers.receipt_for(KEY, 1)
    assert first == identifiers.receipt_for(KEY, 1)
    assert first != identifiers.receipt_for(KEY, 2)
    assert len(first) == 20
    assert first.isdigit()
    assert first not in identifiers.receipt_lookup(first)


def test_a_receipt_is_read_in_every_script_and_grouping() -> None:
    typed = "۰۱۲۳ ۴۵۶۷-٨٩٠١ 2345 6789"
    assert identifiers.normal_receipt(typed) == "01234567890123456789"
    for wrong in ("", "123", "0" * 21, "none"):
        assert identifiers.normal_receipt(wrong) == "-"
