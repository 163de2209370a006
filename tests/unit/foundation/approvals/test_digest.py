"""The short value of what was asked: the same in every release, and of everything that was asked."""

from __future__ import annotations

import hashlib

import pytest

from mohalla.foundation.approvals.rules.digests import digest

ASKED = {"act": "destroy", "room": "casework", "subject": "K7M2QX4"}


def test_it_is_the_hash_of_one_writing() -> None:
    written = '["destroy","casework","K7M2QX4",{"a":"محلہ","b":1}]'
    known = hashlib.sha256(written.encode()).hexdigest()
    assert digest(**ASKED, arguments={"b": 1, "a": "محلہ"}) == known
    assert digest(**ASKED, arguments={"a": "محلہ", "b": 1}) == known


@pytest.mark.parametrize(
    "other",
    [{"act": "unmask"}, {"room": "claims"}, {"subject": "K7M2QX5"}, {"arguments": {"a": 2}}],
)
def test_everything_counts(other: dict[str, object]) -> None:
    asked = {**ASKED, "arguments": {"a": 1}}
    assert digest(**asked) != digest(**(asked | other))  # type: ignore[arg-type]
