"""A page whose address fixes the language links only to pages in that language."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
@pytest.mark.parametrize("page", ["", "report/", "track/", "who/"])
def test_links_keep_the_language(client: Client, language: str, page: str) -> None:
    html = client.get(f"/{language}/{page}", headers={"accept-language": "en"}).content.decode()
    assert f'lang="{language}"' in html
    for goal in re.findall(r'(?:href|action)="(/[^"]*)"', html):
        path = goal.split("?")[0]
        if not path.startswith(("/static/", "/ur/", "/ps/", "/en/")):
            raise AssertionError(f"{goal} forgets the language")
