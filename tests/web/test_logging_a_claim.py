"""From words of an article to a claim: by selection, by pasted words, twice, and over an expired sign-in."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Appearance, Article, Claim
from claims.selectors.log_suggestions import suggest_details
from claims.web.chosen_words import find_words
from tests.newsroom import Newsroom

QUOTATION = "The union counts 320 dockers at the gate"


def _place(article: Article, words: str) -> tuple[int, int]:
    assert article.current is not None
    start = article.current.text.index(words)
    return start, start + len(words)


def _log(browser: Client, article: Article, words: str, **fields: object) -> object:
    start, end = _place(article, words)
    form = {"start": start, "end": end, "text": words, "kind": "count", "language": "en"} | fields
    return browser.post(f"/articles/{article.pk}/log/", form, follow=True)


def test_the_form_opens_with_the_exact_words_and_what_was_read_around_them(
    article: Article, jonas: Client
) -> None:
    start, end = _place(article, "Talks with the port authority lasted about three hours")
    page = jonas.get(f"/articles/{article.pk}/log/?start={start}&end={end}").content.decode()
    assert "<mark>Talks with the port authority lasted about three hours</mark>" in page
    assert 'value="local media"' in page
    assert '<option value="duration" selected>' in page
    assert '<option value="en" selected>' in page
    assert "14:05" in page


def test_a_source_named_in_the_paragraph_above_is_suggested_but_not_that_of_another_update() -> None:
    text = "The session is over, local media report.\n\nIt lasted about three hours."
    start = text.index("It lasted")
    article = Article(language="en")

    def reporter(not_before: int) -> str:
        found = suggest_details(
            article, text, start, len(text), not_before=not_before, moment=None, zone="Europe/Kyiv"
        )
        return found.attribution

    assert reporter(0) == "local media"
    assert reporter(start) == ""


def test_a_quoted_speaker_is_suggested_as_claimant(article: Article, jonas: Client) -> None:
    start, end = _place(article, "Nobody will unload a ship tonight")
    page = jonas.get(f"/articles/{article.pk}/log/?start={start}&end={end}").content.decode()
    assert 'value="Olha Marchenko"' in page
    assert '<option value="quote" selected>' in page
    assert '<option value="Person" selected>' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "text", "claimant", "kind"),
    [
        ("en", "The Ministry of Finance said twelve ships had left.", "Ministry of Finance", "Organization"),
        ("en", "According to Siemens, profits rose by 4 percent.", "Siemens", "Organization"),
        ("uk", "За даними НБУ, інфляція зросла до 12 відсотків.", "НБУ", "Organization"),
        ("uk", "За словами Марії Коваль, місто витратило 5 млн гривень.", "Марії Коваль", "Person"),
        ("ru", "Как заявил Иван Петров, мост закрыт на три дня.", "Иван Петров", "Person"),
        ("en", "Three ships left the harbour on Monday.", "", ""),
    ],
)
def test_a_person_is_told_from_a_body_where_the_name_tells(
    language: str, text: str, claimant: str, kind: str
) -> None:
    found = suggest_details(Article(language=language), text, 0, len(text), moment=None, zone="Europe/Kyiv")
    assert (found.claimant, found.claimant_kind) == (claimant, kind)


def test_the_form_with_a_suggested_claimant_stays_within_its_queries(
    article: Article, jonas: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    start, end = _place(article, "Nobody will unload a ship tonight")
    with django_assert_max_num_queries(12):
        page = jonas.get(f"/articles/{article.pk}/log/?start={start}&end={end}")
    assert 'value="Olha Marchenko"' in page.content.decode()


def test_a_claimant_that_was_logged_before_keeps_its_kind(article: Article, jonas: Client) -> None:
    words = "Nobody will unload a ship tonight"
    _log(jonas, article, words, claimant_name="Olha Marchenko", claimant_kind="Organization")
    text = "“Nobody will load a ship either,” said Olha Marchenko."
    found = suggest_details(article, text, 0, len(text), moment=None, zone="Europe/Kyiv")
    assert found.claimant_kind == "Organization"


def test_the_claim_is_logged_with_its_words_and_its_update(article: Article, jonas: Client) -> None:
    _log(jonas, article, QUOTATION, summary="The union counts 320 dockers", attribution="the union")
    appearance = Appearance.objects.select_related("claim", "update").get()
    assert appearance.exact == QUOTATION
    assert appearance.printed_time == "14:40"
    assert appearance.claim.attribution == "the union"
    assert appearance.claim.made_at == appearance.moment


def test_a_claimant_is_logged_as_a_person_or_an_organisation_or_not_at_all(
    article: Article, jonas: Client
) -> None:
    """Gate E8: an unknown claimant is left out; of a known one the markup has to say what it is."""
    page = jonas.get("/claims/new/").content.decode()
    assert '<option value="" selected>not known</option>' in page
    answer = _log(jonas, article, QUOTATION, claimant_name="Harbour Watch", claimant_kind="")
    assert "Say whether “Harbour Watch” is a person or an organisation" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Claim.objects.exists()
    _log(jonas, article, QUOTATION, claimant_name="", claimant_kind="")
    assert Claim.objects.get().claimant is None


def test_blanks_at_the_ends_of_a_selection_do_not_count(article: Article, jonas: Client) -> None:
    start, end = _place(article, QUOTATION)
    form = {"start": start - 2, "end": end, "text": QUOTATION}
    jonas.post(f"/articles/{article.pk}/log/", form)
    assert Appearance.objects.get().exact == QUOTATION


def test_the_words_are_marked_in_the_article_afterwards(article: Article, jonas: Client) -> None:
    _log(jonas, article, QUOTATION)
    page = jonas.get(article.get_absolute_url()).content.decode()
    claim = Claim.objects.get()
    assert re.search(rf'<a class="said logged" href="/claims/{claim.pk}/"[^>]*>{QUOTATION}</a>', page)


def test_the_same_quotation_leads_to_the_claim_that_stands(
    article: Article, jonas: Client, newsroom: Newsroom
) -> None:
    _log(jonas, article, QUOTATION)
    rita = Client()
    rita.force_login(newsroom.people["rita"])
    answer = _log(rita, article, QUOTATION)
    claim = Claim.objects.get()
    assert answer.redirect_chain[-1][0] == claim.get_absolute_url()  # type: ignore[attr-defined]
    assert "was logged before" in answer.content.decode()  # type: ignore[attr-defined]


def test_without_a_selection_the_sentences_of_the_update_are_offered(article: Article, jonas: Client) -> None:
    start, _end = _place(article, "They go on tomorrow")
    page = jonas.get(f"/articles/{article.pk}/log/?from={start}").content.decode()
    assert "They go on tomorrow." in page
    assert "320 dockers" not in page
    link = re.search(r'href="\?start=(\d+)&amp;end=(\d+)">Talks with', page)
    assert link is not None
    text = article.current.text  # type: ignore[union-attr]
    assert text[int(link.group(1)) : int(link.group(2))].startswith("Talks with the port authority")


def test_pasted_words_are_found_in_the_text(article: Article, jonas: Client) -> None:
    page = jonas.get(f"/articles/{article.pk}/log/", {"words": "counts  320\ndockers"}).content.decode()
    assert "<mark>counts 320 dockers</mark>" in page


def test_words_that_do_not_stand_there_are_refused_with_a_sentence(article: Article, jonas: Client) -> None:
    answer = jonas.get(f"/articles/{article.pk}/log/", {"words": "nobody ever wrote this"})
    assert answer.status_code == 400
    assert "do not stand in the article" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "5", "end": "5"},
        {"start": "9", "end": "3"},
        {"start": "0", "end": str(2**63 - 1)},
        {"start": str(2**63 - 1), "end": str(2**63 - 1)},
        {"start": "-3", "end": "x"},
        {"from": str(2**63 - 1)},
        {"words": "\x00"},
    ],
)
def test_a_forged_selection_is_no_error_page(article: Article, jonas: Client, asked: dict[str, str]) -> None:
    assert jonas.get(f"/articles/{article.pk}/log/", asked).status_code in (200, 400)
    form = asked | {"text": "The port is closed."}
    assert jonas.post(f"/articles/{article.pk}/log/", form).status_code in (200, 302, 400)


def test_what_was_written_survives_an_expired_sign_in(
    article: Article, newsroom: Newsroom, client: Client
) -> None:
    start, end = _place(article, QUOTATION)
    form = {"start": start, "end": end, "text": QUOTATION, "summary": "Half a day of work went into this"}
    answer = client.post(f"/articles/{article.pk}/log/", form)
    person = newsroom.people["jonas"]
    back = client.post(answer["Location"], {"username": person.username, "password": "a long pass phrase"})
    page = client.get(back["Location"]).content.decode()
    assert "Half a day of work went into this" in page
    assert f"<mark>{QUOTATION}</mark>" in page
    assert not Claim.objects.exists()


def test_a_claim_from_the_radio_needs_only_where_it_was_said(newsroom: Newsroom, jonas: Client) -> None:
    refused = jonas.post("/claims/new/", {"text": "The port is closed."})
    assert refused.status_code == 400
    assert "Give an address, or describe where it was said." in refused.content.decode()
    jonas.post("/claims/new/", {"text": "The port is closed.", "offline_origin": "Radio, 7 a.m."})
    assert Appearance.objects.get().offline_origin == "Radio, 7 a.m."


def test_an_earlier_claim_that_says_the_same_is_shown(article: Article, jonas: Client) -> None:
    from claims.actions.indexing import index_claim

    _log(jonas, article, QUOTATION, text="The union counts 320 dockers at the gate of the port.")
    index_claim(Claim.objects.get().pk)
    start, end = _place(article, "320 dockers at the gate")
    page = jonas.get(f"/articles/{article.pk}/log/?start={start}&end={end}").content.decode()
    assert "The union counts 320 dockers at the gate of the port." in page


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("One two  three", "two three", "two  three"),
        ("Перший другий", "ПЕРШИЙ", "Перший"),
        ("a b a b", "a b", "a b"),
        ("ships", "boats", None),
        ("ships", "  ", None),
    ],
)
def test_pasted_words_are_found_whatever_blanks_lie_between(text: str, words: str, found: str | None) -> None:
    place = find_words(text, words, near=0)
    assert (text[place[0] : place[1]] if place else None) == found
