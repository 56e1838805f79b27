"""A bare claim takes where and when it stands from its article, as a context and never as its content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.actions.articles import take_in_text
from claims.actions.documents import NewDocument, outlet_named, store_document
from claims.actions.evidence import gather_evidence
from claims.actions.indexing import index_document
from claims.models import Appearance, Claim, Evidence, Update
from claims.search import get_backend
from claims.search.claim_context import LONGEST_CONTEXT, read_context
from claims.selectors.reason_wording import word_reason
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]

LIVE = """Summit in Vienna: second day of the grain talks

09:40 The delegations arrived
The delegations of Poland and Moldova arrived in Vienna on Tuesday morning.

11:20 The sitting is over
The sitting lasted about three hours, a delegate said.
"""


@pytest.fixture
def claim(newsroom: Newsroom) -> Claim:
    return logged_from(newsroom, LIVE)


def logged_from(newsroom: Newsroom, live_blog: str) -> Claim:
    article = take_in_text(
        desk_id=newsroom.desk.pk,
        text=live_blog,
        actor=newsroom.actor("jonas"),
        outlet="Danube Post",
        title="Summit in Vienna: second day of the grain talks",
        published=datetime(2025, 9, 16, 12, tzinfo=UTC),
        zone="Europe/Vienna",
    )
    logged = newsroom.claim("The sitting lasted about three hours.", made_on=None)
    assert article.current is not None
    Appearance.objects.filter(claim=logged).update(
        article=article,
        url="",
        update=Update.objects.filter(article_version=article.current, moment__isnull=False).last(),
    )
    return Claim.objects.get(pk=logged.pk)


def gathered(claim: Claim, text: str, published_at: datetime) -> Evidence | None:
    outlet = outlet_named(name="Harbour Gazette", domain="gazette.example.org")
    document, _ = store_document(
        NewDocument(
            key=text, outlet_id=outlet.pk, title="", text=text, language="en", published_at=published_at
        )
    )
    index_document(document.pk)
    get_backend().refresh("passages")
    gather_evidence(claim.pk, lambda done, steps, note: None)
    return Evidence.objects.filter(claim=claim, passage__document=document).first()


def test_the_context_is_the_title_the_update_and_its_moment(claim: Claim) -> None:
    context = read_context(claim)
    assert context is not None
    assert context.text.startswith("Summit in Vienna: second day of the grain talks\n")
    assert "about three hours" in context.text
    assert "delegations arrived" not in context.text
    assert context.published_at == datetime(2025, 9, 16, 9, 20, tzinfo=UTC)


def test_a_claim_without_an_article_has_no_context(newsroom: Newsroom) -> None:
    assert read_context(newsroom.claim()) is None


def test_a_long_update_is_cut(newsroom: Newsroom) -> None:
    context = read_context(logged_from(newsroom, LIVE + "The delegate spoke on. " * 500))
    assert context is not None
    assert "The delegate spoke on." in context.text
    assert len(context.text) < LONGEST_CONTEXT + 200


def test_a_sitting_of_another_day_is_no_contradiction_and_the_reason_names_the_article(claim: Claim) -> None:
    piece = gathered(
        claim,
        "On 12 August 2025 the sitting of the summit in Vienna lasted seven hours.",
        datetime(2025, 9, 16, 15, tzinfo=UTC),
    )
    assert piece is None or piece.stance != "contradicts"


def test_a_passage_of_the_same_day_settles_the_claim_and_says_what_the_article_told(claim: Claim) -> None:
    piece = gathered(
        claim,
        "The sitting of the summit in Vienna on 16 September 2025 lasted three hours.",
        datetime(2025, 9, 16, 15, tzinfo=UTC),
    )
    assert piece is not None
    assert piece.stance == "supports"
    told = [word_reason(reason) for reason in piece.reasons]
    assert any("taken from the claim's article (Vienna" in sentence for sentence in told)
    assert any(sentence == "The day was taken from the claim's article (16 Sep 2025)." for sentence in told)
    assert all(reason["claim_span"] is None for reason in piece.reasons if "article" in reason["code"])
