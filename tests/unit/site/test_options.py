"""Settings that would weaken signing in are refused at the start, each beside one that is taken."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from mohalla.site.options import Options


@pytest.mark.parametrize("good,bad", [
    ({"origin": "https://desk.example.gov.pk"}, {"origin": "http://desk.example.gov.pk"}),
    ({"origin": "https://desk.example.gov.pk:8443"}, {"origin": "https://desk.example.gov.pk/"}),
    ({"origin": "http://localhost:8000"}, {"origin": "http://localhost.evil.example"}),
    ({"origin": ""}, {"origin": "https://a b"}),
    ({"idle_minutes": 30}, {"idle_minutes": 0}),
    ({"idle_minutes": 240}, {"idle_minutes": 241}),
    ({"session_hours": 10}, {"session_hours": 25}),
    ({"proof_minutes": 1}, {"proof_minutes": 0}),
    ({"proof_minutes": 60}, {"proof_minutes": 61}),
])  # fmt: skip
def test_refused_at_the_start(good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert Options(**good)
    with pytest.raises(ValidationError):
        Options(**bad)
