"""The public site: lists, one claim, revisions, translations, sitemaps; cached rightly, and from SITE_URL alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import extruct  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertRedirects
from pytest_django.fixtures import DjangoAssertNumQueries

from claims import search
from claims.actions.indexing import index_claim
from claims.actions.publication import retract_publication, start_correction
from claims.actions.topics import sort_claim
from claims.models import Article, Claim, Claimant, Outlet, Publication, PublishedRevision
from claims.selectors.public_site import checks_in, checks_page
from tests.newsroom import Newsroom
from tests.project.permission_matrix import ROUTES

MOST_QUERIES = 12


def _text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _corrected(newsroom: Newsroom, publication: Publication, **fields: object) -> PublishedRevision:
    """Take a check back to the desk and publish it anew with a note."""
    actor = newsroom.actor("pavlo")
    start_correction(
        publication_id=publication.pk, seen_version=publication.version, actor=actor, reason="A figure."
    )
    claim = newsroom.accept_all(Claim.objects.get(pk=publication.claim_id))
    columns = {"tier": "update", "correction_note": "The log was read again."} | fields
    verdict = newsroom.submitted(newsroom.draft(claim, **columns))
    return newsroom.published(newsroom.approved(verdict))


def _retracted(newsroom: Newsroom, publication: Publication) -> None:
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        actor=newsroom.actor("pavlo"),
        note="The log was misread.",
    )


def _addresses(publication: Publication) -> list[str]:
    claim = publication.claim
    return [
        "/checks/",
        "/checks/?language=en",
        publication.get_absolute_url(),
        f"/checks/{publication.pk}/revisions/1/",
        f"/claimants/{claim.claimant_id}/",
        "/topics/transport/",
        "/ratings/true/",
        f"/id/claim/{claim.pk}",
    ]


@pytest.fixture
def check(newsroom: Newsroom) -> Publication:
    """A published check, sorted into one topic."""
    publication = newsroom.published().publication
    claim = Claim.objects.get(pk=publication.claim_id)
    actor = newsroom.actor("jonas")
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["transport"], actor=actor)
    return Publication.objects.select_related("claim").get(pk=publication.pk)


def test_every_list_shows_the_check_within_its_queries(
    check: Publication, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in _addresses(check):
        with django_assert_max_num_queries(MOST_QUERIES):
            page = _text(client, address)
        assert "How many tugs entered the harbour?" in page or "Four tugs entered" in page, address


def test_a_check_leads_to_its_topic_claimant_rating_and_claim(check: Publication, client: Client) -> None:
    page = _text(client, check.get_absolute_url())
    for address in _addresses(check)[3:]:
        assert f'href="{address}"' in page, address


def test_what_has_no_public_check_exists_for_nobody(newsroom: Newsroom, client: Client) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(hours=3))
    claimant = Claimant.objects.get(name="Port Authority")
    outlet = Outlet.objects.first()
    assert outlet is not None
    for address in (
        f"/claimants/{claimant.pk}/",
        f"/claimants/{claimant.pk}/?before=1.1",
        f"/outlets/{outlet.pk}/",
        f"/id/claim/{verdict.claim_id}",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Port Authority" not in answer.content.decode()


def test_an_outlets_page_holds_the_checks_of_claims_made_in_its_articles(
    newsroom: Newsroom, article: Article, client: Client
) -> None:
    claim = newsroom.weighed_claim()
    claim.appearances.update(article=article)
    newsroom.published(newsroom.approved(newsroom.submitted(newsroom.draft(claim))))
    assert "How many tugs" in _text(client, f"/outlets/{article.outlet_id}/")


@pytest.mark.parametrize(
    "address",
    ["/checks/?before=x", "/checks/?before=1.2.3", "/topics/war/?before=-1", "/checks/?language=xx"],
)
def test_a_place_that_no_page_gave_is_refused_with_a_sentence(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["/topics/tugs/", "/ratings/very-true/", "/claimants/9223372036854775808/"]
)
def test_what_is_not_there_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_list_pages_by_key_and_shows_each_check_once(newsroom: Newsroom) -> None:
    published = {newsroom.published().publication_id for _ in range(3)}
    seen: list[int] = []
    place = ""
    while True:
        page = checks_page(checks_in(), place, size=2)
        seen += [row.pk for row in page.checks]
        if not (place := page.next):
            break
    assert len(seen) == 3
    assert set(seen) == published


def test_an_earlier_revision_stays_readable_and_points_at_the_check(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    _corrected(newsroom, check, summary="The log says four; so do three reporters.")
    first = _text(client, f"/checks/{check.pk}/revisions/1/")
    assert "The harbour log and two reporters agree on four." in first
    assert "This is revision 1 of this check" in first
    assert '<meta name="robots" content="noindex">' in first
    assert "application/ld+json" not in first
    claim = _text(client, f"/id/claim/{check.claim_id}")
    assert claim.count(f"/checks/{check.pk}/revisions/") == 2
    assert "The log was read again." in claim


def test_of_a_retracted_check_no_revision_is_shown(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    _retracted(newsroom, check)
    assertRedirects(client.get(f"/checks/{check.pk}/revisions/1/"), check.get_absolute_url())
    assert "No verdict on it stands." in _text(client, f"/id/claim/{check.claim_id}")
    assert "How many tugs" not in _text(client, "/ratings/true/")


def _translated(newsroom: Newsroom, check: Publication) -> Publication:
    claim = Claim.objects.get(pk=check.claim_id)
    words = {
        "title": "Скільки буксирів зайшло в порт?",
        "claim_reviewed": "Зранку в порт зайшли чотири буксири.",
    }
    start_correction(
        publication_id=check.pk,
        seen_version=Publication.objects.get(pk=check.pk).version,
        actor=newsroom.actor("pavlo"),
        reason="A translation.",
    )
    claim = newsroom.accept_all(Claim.objects.get(pk=claim.pk))
    draft = newsroom.saved(newsroom.started(claim, language="uk"), **words)
    return newsroom.published(newsroom.approved(newsroom.submitted(draft))).publication


def test_translations_name_each_other_and_speak_their_language(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    other = _translated(newsroom, check)
    for publication in (check, other):
        page = _text(client, publication.get_absolute_url())
        for each in (check, other):
            url = settings.SITE_URL + each.get_absolute_url()
            assert f'<link rel="alternate" hreflang="{each.language}" href="{url}">' in page
    ukrainian = _text(client, other.get_absolute_url())
    assert '<html lang="uk">' in ukrainian
    assert '<html lang="en">' in _text(client, check.get_absolute_url(), accept_language="ru")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    assert '<html lang="ru">' in _text(client, other.get_absolute_url())


def test_a_single_language_names_no_alternate(check: Publication, client: Client) -> None:
    assert "hreflang" not in _text(client, check.get_absolute_url())


def test_extruct_reads_the_claim_review_and_the_open_graph(check: Publication, client: Client) -> None:
    page = _text(client, check.get_absolute_url())
    found = extruct.extract(page, base_url=settings.SITE_URL, syntaxes=["json-ld", "opengraph"])
    (review,) = found["json-ld"]
    assert (review["@type"], review["claimReviewed"]) == (
        "ClaimReview",
        "Four tugs entered the harbour that morning.",
    )
    assert review["url"] == settings.SITE_URL + check.get_absolute_url()
    told = dict(found["opengraph"][0]["properties"])
    assert told["og:title"] == "How many tugs entered the harbour?"
    assert told["og:url"] == review["url"]
    assert _text(client, review["archivedAt"].removeprefix(settings.SITE_URL))
    assert _text(client, review["itemReviewed"]["@id"].removeprefix(settings.SITE_URL))


def test_a_tombstone_carries_a_retraction_and_no_review(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    _retracted(newsroom, check)
    page = _text(client, check.get_absolute_url())
    (told,) = extruct.extract(page, base_url=settings.SITE_URL, syntaxes=["json-ld"])["json-ld"]
    assert told["creativeWorkStatus"] == "Retracted"
    assert told["correction"][0]["text"] == "The log was misread."


def test_a_claim_about_a_video_carries_both_reviews(newsroom: Newsroom, client: Client) -> None:
    claim = newsroom.weighed_claim(kind="video")
    revision = newsroom.published(newsroom.approved(newsroom.submitted(newsroom.draft(claim))))
    page = _text(client, revision.publication.get_absolute_url())
    found = extruct.extract(page, base_url=settings.SITE_URL, syntaxes=["json-ld"])["json-ld"]
    assert [each["@type"] for each in found] == ["ClaimReview", "MediaReview"]


# --- Caching ------------------------------------------------------------------------------------------


def test_a_reader_who_has_the_page_gets_304(check: Publication, client: Client) -> None:
    for address in [*_addresses(check), "/", "/methodology/", "/corrections/", "/checks/search/?q=tugs"]:
        first = client.get(address)
        assert "Set-Cookie" not in first, address
        assert first["Cache-Control"].startswith("public, max-age="), address
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address


def test_a_page_for_a_person_is_kept_by_nobody(
    check: Publication, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("jonas").get(check.get_absolute_url())
    assert answer["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer


def test_no_page_is_kept_beyond_the_next_publication(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(seconds=20))
    kept = client.get("/checks/")["Cache-Control"].removeprefix("public, max-age=")
    assert int(kept) <= 20


def test_a_correction_changes_the_etag(newsroom: Newsroom, check: Publication, client: Client) -> None:
    before = client.get(check.get_absolute_url())["ETag"]
    _corrected(newsroom, check)
    assert client.get(check.get_absolute_url())["ETag"] != before


def test_no_link_is_made_from_the_host_header(check: Publication, client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    for address in [*_addresses(check), "/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/robots.txt"]:
        assert "evil.example" not in _text(client, address, host="evil.example"), address


# --- Search -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["tugs harbour", "буксири порт", "буксиры порт"])
def test_a_published_check_is_found_in_any_of_the_three_languages(
    check: Publication, client: Client, words: str
) -> None:
    index_claim(check.claim_id)
    search.get_backend().refresh("claims")
    assert "How many tugs" in _text(client, f"/checks/search/?q={words}")


def test_a_search_that_finds_nothing_says_so(db: None, client: Client) -> None:
    assert "No published check was found." in _text(client, "/checks/search/?q=zyxomma")


# --- Sitemaps -----------------------------------------------------------------------------------------


def _locations(body: str) -> list[str]:
    return [each.text or "" for each in fromstring(body.encode()).iter() if each.tag.endswith("}loc")]


def test_the_sitemaps_hold_every_check_that_stands(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    gone = newsroom.published().publication
    _retracted(newsroom, gone)
    for address in _locations(_text(client, "/sitemap.xml")):
        assert address.startswith(settings.SITE_URL)
        _text(client, address.removeprefix(settings.SITE_URL))
    listed = _locations(_text(client, "/sitemap-2.xml"))
    assert listed == [settings.SITE_URL + check.get_absolute_url()]
    for address in _locations(_text(client, "/sitemap-1.xml")):
        _text(client, address.removeprefix(settings.SITE_URL))
    assert client.get("/sitemap-3.xml").status_code == 404


def test_a_sitemap_names_all_translations_of_a_page(
    newsroom: Newsroom, check: Publication, client: Client
) -> None:
    _translated(newsroom, check)
    body = _text(client, "/sitemap-2.xml")
    assert body.count('hreflang="uk"') == body.count('hreflang="en"') == 2


def test_the_news_sitemap_holds_the_last_two_days(check: Publication, client: Client) -> None:
    body = _text(client, "/sitemap-news.xml")
    assert "How many tugs entered the harbour?" in body
    assert f"<news:language>{check.language}</news:language>" in body


def test_robots_are_kept_from_the_desk_and_led_to_the_sitemaps(client: Client) -> None:
    told = _text(client, "/robots.txt")
    kept_from = tuple(line.removeprefix("Disallow: /") for line in told.splitlines() if "Disallow: /" in line)
    doors = [address for address, route in ROUTES.items() if route.get["anonymous"] == "door"]
    assert [address for address in doors if not address.startswith(kept_from)] == []
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in told


def test_the_methodology_names_every_rating_of_every_version(client: Client, db: None) -> None:
    page = _text(client, "/methodology/")
    assert "version 1" in page
    assert 'href="/ratings/unverifiable/"' in page


def test_markup_is_json_on_the_page(check: Publication, client: Client) -> None:
    page = _text(client, check.get_absolute_url())
    markup = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(markup)["version"] == 1
