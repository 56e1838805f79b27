"""The public site in a browser: axe finds nothing in either theme, nothing sticks out, nothing needs a script."""

from __future__ import annotations

import pytest

from claims.actions.site_pages import write_site_page
from claims.actions.topics import sort_claim
from claims.models import Claim
from tests.browser.conftest import Open
from tests.browser.looking import faults
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def public_addresses(newsroom: Newsroom) -> list[str]:
    """Publish a check of a claim that is sorted into topics; return every public page that tells of it."""
    check = newsroom.published().publication
    claim = Claim.objects.get(pk=check.claim_id)
    actor = newsroom.actor("jonas")
    text = "## Who we are\n\nA newsroom: https://news.example.org\n\n- one\n- two"
    write_site_page(
        page="about", seen_number=0, text_en=text, text_uk="", text_ru="", actor=newsroom.actor("adam")
    )
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["transport", "economy"], actor=actor)
    return [
        "/",
        "/checks/",
        check.get_absolute_url(),
        f"/checks/{check.pk}/revisions/1/",
        f"/id/claim/{claim.pk}",
        f"/claimants/{claim.claimant_id}/",
        "/topics/transport/",
        "/ratings/true/",
        "/checks/search/?q=tugs",
        "/corrections/",
        f"/checks/{check.pk}/ask-for-correction/",
        "/methodology/",
        "/about/",
    ]


def test_axe_finds_nothing_on_any_public_page(newsroom: Newsroom, open_page: Open) -> None:
    assert list(faults(open_page, ((address, "") for address in public_addresses(newsroom)))) == []


def test_every_public_page_is_whole_without_a_script(newsroom: Newsroom, open_page: Open) -> None:
    for address in public_addresses(newsroom):
        page = open_page(address, java_script_enabled=False)
        assert page.locator("h1").count() == 1, address
        assert page.locator("main").inner_text().strip(), address
