"""The description of the API, turned against it: what it promises holds for hostile requests too.

Made by Schemathesis from `/api/v1/openapi.json`, in this process, the same each time.
`FUZZ_EXAMPLES` makes it long, `FUZZ_SEED` repeats a run or makes a new one.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, seed, settings
from ninja import Schema
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.counter import NOON, SINCE, proposed

from mohalla.foundation import clock, limiter
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.units import queries as units
from mohalla.site.demo import district
from mohalla.stages.access.actions import accept
from mohalla.stages.access.api import petition_shapes, shapes
from mohalla.station.casework.models import Case

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
SEED = int(os.environ.get("FUZZ_SEED", "1787"))
PROMISED = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance, response_headers_conformance,
]  # fmt: skip


@pytest.fixture
def house(db: None) -> Iterator[None]:
    units.forget()
    limiter.forget()
    district.build(since=SINCE)
    for signal in (request_started, request_finished):  # they would close the test's connection
        signal.disconnect(close_old_connections)
    with clock.fixed(NOON):
        yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    units.forget()


@pytest.fixture
def receipt(house: None) -> str:
    """Of a report whose outcome waits for its reporter."""
    kept = accept(
        submission=Submission(door="web", text="x", category="street_light", place="gul-bagh"),
        at=NOON,
    )
    proposed(Case.objects.get(pk=kept.report), at=NOON)
    return kept.receipt


schema = openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@schema.parametrize()
@seed(SEED)
@settings(
    max_examples=EXAMPLES, deadline=None, database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_no_request_breaks_a_promise_of_the_description(
    case: schemathesis.Case, receipt: str
) -> None:
    limiter.forget()
    headers = {"Accept-Language": random.Random(SEED).choice(["ur", "ps", "en"])}
    if case.path.startswith("/api/v1/report") and case.path != "/api/v1/reports":
        headers["Authorization"] = f"Receipt {receipt}"
    response = case.call(headers=headers)
    case.validate_response(response, checks=PROMISED)
    if response.status_code >= 400:
        told = response.json()
        assert response.headers["content-type"][0] == "application/problem+json"
        assert told["status"] == response.status_code
        assert told["title"]


def test_no_two_shapes_share_a_name() -> None:
    """In the description the later one would stand for both."""
    names = Counter(
        found.__name__
        for module in (shapes, petition_shapes)
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Schema)
        and found.__module__ == module.__name__
    )
    assert len(names) > 20
    assert [name for name, times in names.items() if times > 1] == []
