"""Articles and live blogs read out of web pages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.ingest.articles import read_page
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.parse_errors import NoArticle, NothingGiven, ParseError
from tests.ingest.samples import SEEN, sample, utc

PARAGRAPHS = "".join(
    f"<p>The river commission met for the {nth} time and agreed on new gauges for the lower valley.</p>"
    for nth in ("first", "second", "third")
)


def read(markup: str, url: str = "https://listok.example/news/tram?id=7&utm_source=x") -> ExtractedArticle:
    return read_page(markup, url=url, outlet_zone="Europe/Kyiv", seen_at=SEEN)


def page(head: str = "", body: str = PARAGRAPHS) -> str:
    return (
        f"<html><head>{head}</head><body><article><h1>River gauges agreed</h1>{body}</article></body></html>"
    )


def test_a_live_blog_in_json_ld_keeps_its_moments_and_its_undated_parts() -> None:
    article = read(sample("liveblog_json.html"), "https://harbour.example/live/bridge-talks?page=2")
    assert [(u.printed_time, u.title, u.zone_source, u.moment) for u in article.updates] == [
        ("00:20", "Night session ends", "stated", utc("2025-09-10T23:20")),
        ("23:40", "Night session begins", "stated", utc("2025-09-10T22:40")),
        ("13:05", "Lunch break", "stated", utc("2025-09-10T12:05")),
    ]
    assert article.updates[2].text.endswith("in the morning & nobody left early.")
    assert [section.heading for section in article.sections] == ["What the talks are about"]
    assert article.text.startswith("Delegations from the two river cities")
    assert (article.byline, article.outlet_name) == ("Ana Reis, Tom Hale", "Harbour Post")
    assert article.title == "Bridge talks in Lisbon: the second day as it happened"
    assert article.canonical_url == "https://harbour.example/live/bridge-talks"
    assert (article.published_at, article.published_zone) == (utc("2025-09-10T06:30"), "stated")


def test_time_elements_around_posts_become_updates_and_comments_do_not() -> None:
    article = read(sample("liveblog_time_uk.html"))
    assert [(u.printed_time, u.title, u.moment, u.zone_source) for u in article.updates] == [
        ("14:32", "Міст закрито", utc("2025-06-03T11:32"), "outlet"),
        ("11:05", "", utc("2025-06-03T08:05"), "outlet"),
        ("08:10", "", utc("2025-06-03T05:10"), "outlet"),
    ]
    assert [section.heading for section in article.sections] == ["Що робити мешканцям"]
    assert "друзі" not in article.text
    assert article.language == "uk"


def test_time_elements_between_paragraphs_become_updates() -> None:
    article = read(sample("liveblog_flat_ru.html"))
    assert [(u.printed_time, u.zone, u.moment) for u in article.updates] == [
        ("09:15", "Europe/Kyiv", utc("2025-04-14T06:15")),
        ("11:40", "Europe/Kyiv", utc("2025-04-14T08:40")),
        ("16:05 (по московскому времени)", "Europe/Moscow", utc("2025-04-14T13:05")),
    ]
    assert article.updates[1].text.endswith("Журналистов в зал не пустили.")
    assert [section.heading for section in article.sections] == ["Чего требуют докеры"]
    assert (article.published_at, article.published_on) == (None, date(2025, 4, 14))


def test_posts_with_several_times_and_headings_of_their_own_stay_whole() -> None:
    posts = "".join(
        f"""<article class="post"><header><a href="#{clock}">
        <time datetime="2025-04-14T{clock}:00+03:00">{clock}</time></a><h1>News at {clock}</h1></header>
        <div><p>The water stood at {depth} centimetres.</p>
        <blockquote><p>Seen at <time datetime="2025-04-14T05:00Z">8 am</time> by the mill.</p></blockquote>
        </div>
        <div>Updated <time datetime="2025-04-14T{clock}:30+03:00">{clock}</time></div></article>"""
        for clock, depth in (("14:05", 210), ("11:30", 190), ("09:15", 140))
    )
    head = '<meta property="article:published_time" content="2025-04-14T09:00:00+03:00">'
    opening = '<time datetime="2025-04-14T09:00:00+03:00">09:00</time><p>We follow the river all day.</p>'
    article = read(page(head, opening + posts))
    assert [(u.printed_time, u.title, u.moment) for u in article.updates] == [
        ("14:05", "News at 14:05", utc("2025-04-14T11:05")),
        ("11:30", "News at 11:30", utc("2025-04-14T08:30")),
        ("09:15", "News at 09:15", utc("2025-04-14T06:15")),
    ]
    assert "Seen at 8 am by the mill." in article.updates[1].text
    assert article.text.startswith("We follow the river all day.")


@pytest.mark.parametrize(
    "post",
    [
        "<div class='post'><div class='clock'>{time}</div><div><p>{words}</p></div></div>",
        "<p><strong>{time}</strong><br>{words}</p>",
        "<p><b>{time}</b> {words}</p>",
        "<p>{time} — {words}</p>",
        "<h3>{time} {words}</h3><p>More on this soon, the keeper of the mill told us.</p>",
        "<ul><li><time>{time}</time> {words}</li></ul>",
    ],
)
def test_the_shapes_in_which_sites_print_their_posts_are_read(post: str) -> None:
    words = "The water at the old mill stood far above the red mark again."
    posts = "".join(post.format(time=time, words=words) for time in ("14:05", "11:30", "09:15"))
    lead = "<p>We follow the river from hour to hour, with our reporters at both of the gauges.</p>"
    article = read(page('<meta property="article:published_time" content="2025-04-14">', lead + posts))
    assert [(u.printed_time, u.moment) for u in article.updates] == [
        ("14:05", utc("2025-04-14T11:05")),
        ("11:30", utc("2025-04-14T08:30")),
        ("09:15", utc("2025-04-14T06:15")),
    ]
    assert all(update.text.startswith(words) for update in article.updates)


def test_publication_and_change_times_do_not_make_a_live_blog() -> None:
    times = (
        '<p>Published <time datetime="2025-04-14T09:00">9:00</time></p>'
        '<p>Updated <time datetime="2025-04-14T10:00">10:00</time></p>'
    )
    article = read(
        page('<meta property="article:published_time" content="2025-04-14T09:00">', times + PARAGRAPHS)
    )
    assert article.updates == ()
    assert article.text.count("\n\n") >= 2


def test_printed_time_lines_in_paragraphs_become_updates() -> None:
    body = (
        "<p>The commission meets in the old mill; we report from the hall as it goes on through the day.</p>"
        "<p><strong>3:15 p.m.</strong></p><p>The gauges were agreed on, the chair of the commission said.</p>"
        "<p><strong>11:05 a.m.</strong></p><p>It began with a minute of silence for the mill keeper.</p>"
    )
    article = read(page('<meta property="article:published_time" content="2025-04-14">', body))
    assert [(u.printed_time, u.moment) for u in article.updates] == [
        ("3:15 p.m.", utc("2025-04-14T12:15")),
        ("11:05 a.m.", utc("2025-04-14T08:05")),
    ]


def test_an_article_with_related_stories_is_no_live_blog() -> None:
    article = read(sample("article_ru.html"), "https://listok.example/news/tram?utm_source=rss")
    assert article.updates == ()
    assert article.text.startswith("Первый низкопольный трамвай")
    assert article.text.endswith("пока не обновили.")
    assert article.title == "Новый трамвай вышел на линию"
    assert (article.byline, article.outlet_name, article.language) == ("Вера Лунина", "Речной листок", "ru")
    assert article.canonical_url == "https://listok.example/news/tram"
    assert (article.published_at, article.published_zone) == (utc("2025-03-05T16:20"), "outlet")


@pytest.mark.parametrize("name", ["liveblog_json.html", "liveblog_time_uk.html", "liveblog_flat_ru.html"])
def test_updates_and_sections_of_a_page_point_at_their_words(name: str) -> None:
    article = read(sample(name))
    for update in article.updates:
        assert article.text[update.start :].startswith(update.printed_time)
        assert article.text[update.body_start : update.end] == update.text
    for section in article.sections:
        assert article.text[section.start :].startswith(section.heading)


@pytest.mark.parametrize(
    "canonical", ["https://other.example/stolen", "/", "javascript:alert(1)", "https://[broken", ""]
)
def test_a_page_cannot_claim_an_address_that_is_not_its_own(canonical: str) -> None:
    article = read(page(f'<link rel="canonical" href="{canonical}">'))
    assert article.canonical_url == "https://listok.example/news/tram?id=7"


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        '[1, "two", null]',
        '{"@type": ["NewsArticle"], "author": 7, "datePublished": {"a": 1}, "publisher": []}',
        '{"@type": "LiveBlogPosting", "liveBlogUpdate": "none"}',
        '{"@type": "LiveBlogPosting", "liveBlogUpdate": [{"headline": "Undated"}, 5, null]}',
        "[" * 5000,
    ],
)
def test_broken_structured_data_is_as_if_it_were_not_there(script: str) -> None:
    article = read(page(f'<script type="application/ld+json">{script}</script>'))
    assert article.title == "River gauges agreed"
    assert article.updates == ()
    assert "third time" in article.text


def test_structured_data_with_comment_marks_and_trailing_commas_is_read() -> None:
    script = (
        '<!-- {"@type": "NewsArticle", "headline": "Gauges\nagreed", "author": [{"name": "Ida Voss"},],} -->'
    )
    article = read(page(f'<script type="application/ld+json">{script}</script>'))
    assert (article.title, article.byline) == ("Gauges agreed", "Ida Voss")


def test_a_publication_in_the_future_is_not_believed() -> None:
    article = read(page('<meta property="article:published_time" content="2031-01-01T10:00:00Z">'))
    assert article.published_at is None
    assert article.published_on is None or article.published_on <= SEEN.date()


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "<html><head><title>Log in</title></head><body><h1>Log in</h1><p>Enter your name.</p></body></html>",
        "<html><body><div id='app'></div><script>render()</script></body></html>",
        "<html></html>",
        "<!-- -->",
    ],
)
def test_a_page_without_an_article_is_refused_with_advice(markup: str) -> None:
    with pytest.raises(NoArticle, match="paste its text"):
        read(markup)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(NothingGiven):
        read(" \n ")


BROKEN_MARKUP = (
    "<p>", "</p>", "<div class='post'>", "</div>", "<time>10:40</time>", "<time datetime='x'>", "<h1>",
    "<h2>A", "<li>", "<br>", "12:00 p.m.", "<!--", "-->", "<script type='application/ld+json'>{", "</script>",
    "&#0;", "<a href='/'>", "</a>", "<time datetime='2025-04-14T25:99'>", "<time datetime='0000-00-00T0'>",
)  # fmt: skip
PIECES = st.lists(st.one_of(st.sampled_from(BROKEN_MARKUP), st.text(max_size=12)), max_size=40)


@settings(max_examples=60)
@given(PIECES)
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        article = read(page("", "".join(pieces)))
    except ParseError:
        return
    for update in article.updates:
        assert article.text[update.body_start : update.end] == update.text
