"""Articles: the desk's list, one with its text, taking in by address (a job fetches it) or by text."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from claims.actions.articles import take_in_text, take_in_url
from claims.actions.refusals import Invalid, NotFound
from claims.api.callers import actor
from claims.api.conditions import versioned
from claims.api.cursors import newest_page
from claims.api.desk_shapes import ArticleList, ArticleWithText, article_of, article_with_text
from claims.api.fields import BodyId, CursorText, Day, Id, Limit, Sent
from claims.api.operations import reading, writing
from claims.selectors import api_rows
from claims.selectors.articles import article_for, fetch_job, updates_of

router = Router(tags=["Articles"])


class ArticleSent(Sent):
    """Either `url`, which a job then fetches, or `text`, with `url` only as where it stood."""

    desk_id: BodyId
    url: str = Field("", max_length=2_000, examples=["https://news.example.org/live"])
    text: str = Field("", max_length=1_000_000)
    title: str = Field("", max_length=500)
    outlet: str = Field("", max_length=200)
    published_on: Day | None = None


@router.get("/articles", summary="List articles", **reading(ArticleList, scope="read"))
def articles_list(request: HttpRequest, cursor: CursorText | None = None, limit: Limit = 30) -> ArticleList:
    """The articles of your desks, newest first."""
    rows, after = newest_page(api_rows.articles_for(actor(request)), "articles", cursor, limit)
    return ArticleList(articles=[article_of(row) for row in rows], next_cursor=after)


@router.get("/articles/{int:article_id}", summary="Read an article", **reading(ArticleWithText, scope="read"))
def articles_read(request: HttpRequest, article_id: Id) -> ArticleWithText:
    """The article with its text as it stands now, its updates, and the job that fetches it."""
    return _shown(request, article_id)


@router.post(
    "/articles",
    summary="Take in an article",
    **writing(ArticleWithText, scope="articles", changes=False, status=202),
)
def articles_take_in(request: HttpRequest, sent: ArticleSent) -> Status[ArticleWithText]:
    """An address that the desk has is fetched again; nothing is taken in twice. The answer has the job."""
    who = actor(request)
    if sent.text.strip():
        article = take_in_text(
            desk_id=sent.desk_id,
            text=sent.text,
            title=sent.title,
            url=sent.url,
            outlet=sent.outlet,
            published=sent.published_on,
            actor=who,
        )
    elif sent.url.strip():
        article = take_in_url(desk_id=sent.desk_id, url=sent.url, actor=who)
    else:
        raise Invalid(_("Give the address of the article, like https://example.org/page."))
    return Status(202, _shown(request, article.pk))


def _shown(request: HttpRequest, article_id: int) -> ArticleWithText:
    article = article_for(actor(request).roles, article_id)
    if article is None:
        raise NotFound(_("article"))
    versioned(request, article.version)
    return article_with_text(article, updates_of(article.current), fetch_job(article))
