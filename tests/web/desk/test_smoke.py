"""Every page of the desk opens for the one whose case it is."""

from __future__ import annotations

import pytest
from tests.district import District

PAGES = (
    "contact", "message", "record", "diary", "refusal", "letter", "stage", "route",
    "classification", "outcome", "handover", "note", "link", "merge", "withdrawal", "objection",
    "print", "",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_case_open_for_its_desk_only(district: District, page: str) -> None:
    case = district.make_case()
    address = f"/desk/cases/{case.reference}/{page}"
    assert district.client(district.ali).get(address).status_code == 200
    hidden = district.client(district.ehsan).get(address)
    unknown = district.client(district.ehsan).get(f"/desk/cases/ZZZZZZZ/{page}")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(case.reference.encode(), b"ZZZZZZZ") == unknown.content
    away = district.client(None).get(address)
    assert away.status_code == 302
    assert away["Location"].startswith("/sign-in/?next=/")


@pytest.mark.parametrize("page", ["", "handover/", "search/", "decisions/", "export.xlsx"])
def test_pages_of_the_desk_open_for_officers_only(district: District, page: str) -> None:
    district.make_case()
    assert district.client(district.ali).get(f"/desk/{page}").status_code == 200
    assert district.client(None).get(f"/desk/{page}").status_code == 302


def test_the_desk_offers_only_the_languages_it_speaks(district: District) -> None:
    """Staff read English and Urdu; a page half in Pashto would be read by nobody."""
    ali = district.client(district.ali)
    desk = ali.get("/ur/desk/").content.decode()
    assert 'href="/en/desk/"' in desk
    assert 'href="/ps/desk/"' not in desk
    assert 'href="/ps/"' in ali.get("/ur/").content.decode()


def test_the_form_of_a_contact_does_not_say_beforehand_that_it_reached(district: District) -> None:
    case = district.make_case()
    page = district.client(district.ali).get(f"/en/desk/cases/{case.reference}/contact")
    reached = page.content.decode().partition("Did you speak")[2].partition("</fieldset>")[0]
    assert 'value="yes"' in reached
    assert "checked" not in reached
