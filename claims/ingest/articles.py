"""Read an article or live blog out of a web page.

Invariant: the text is what the page tells its readers, in page order and without menus; what the page
says about itself (title, byline, outlet, time, address) is taken from its structured data first and from
its looks last. A page without an article raises ``NoArticle`` and yields nothing half-read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree, html
from lxml.html import HtmlElement

from claims.ingest import page_dates, page_times, page_updates, structured
from claims.ingest.composing import Composition, compose
from claims.ingest.dating import Dating
from claims.ingest.extracted import ExtractedArticle, normalise
from claims.ingest.liveblog import split_live_blog
from claims.ingest.page_blocks import Block, read_blocks
from claims.ingest.parse_errors import NoArticle, NothingGiven, TooMuchText
from claims.ingest.plaintext import MAX_CHARACTERS
from claims.language.identify import identify_language
from claims.rules.identity import canonical_url, given_address

_SHORTEST_TEXT = 100
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|article|main|div|p|h[1-6]|section)\b[^<]{0,2000}>", re.IGNORECASE
)
_LANGUAGES = {"en": "en", "uk": "uk", "ua": "uk", "ru": "ru"}


def read_page(markup: str, *, url: str, outlet_zone: str, seen_at: datetime) -> ExtractedArticle:
    """Read a page's markup. ``url`` may be ``""`` for an uploaded file; ``seen_at`` is aware.

    Raises ``NothingGiven``, ``NoArticle``, and ``ValueError`` for an unknown zone.
    """
    tree = _tree(markup)
    node = structured.article_node(structured.read_nodes(tree))
    zone = Dating(None, None, outlet_zone).zone()
    publication = page_dates.read_publication(tree, node, zone, seen_at)
    latest = page_dates.read_change(tree, node, zone, seen_at)
    dating = Dating(publication.when, latest, outlet_zone)
    title = _title(tree, node)
    body = _read_body(tree, node, markup, url, dating)
    if sum(character.isalnum() for character in body.text) < _SHORTEST_TEXT:
        raise NoArticle
    if len(body.text) > MAX_CHARACTERS:
        raise TooMuchText
    when = publication.when
    moment = when if isinstance(when, datetime) else None
    own = _own_address(tree, url)
    return ExtractedArticle(
        text=body.text,
        title=title[:500],
        byline=_byline(tree, node)[:300],
        outlet_name=_outlet(tree, node, url)[:200],
        language=_language(tree, body.text),
        url=url or own,
        canonical_url=canonical_url(own),
        published_at=moment,
        published_on=None if isinstance(when, datetime) else when,
        published_zone=publication.zone,
        updates=tuple(body.updates),
        sections=tuple(body.sections),
    )


def has_markup(text: str) -> bool:
    """Tell a web page from plain text, such as an uploaded .txt file or a page served as text."""
    return _MARKUP.search(text) is not None


def _tree(markup: str) -> HtmlElement:
    # A text that declares an encoding is refused by lxml as text, so the declaration goes.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", normalise(markup))
    if not markup.strip():
        raise NothingGiven
    try:
        return html.document_fromstring(markup)
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle from error


def _read_body(
    tree: HtmlElement, node: structured.Node, markup: str, url: str, dating: Dating
) -> Composition:
    """Read the words, as a live blog by JSON-LD, by ``<time>`` elements or by printed time lines, or else
    as an article."""
    main = _main_paragraphs(tree, markup, url)
    blocks = read_blocks(_container(tree, main))
    shown_times = {
        element.get("datetime") or "": " ".join(element.text_content().split())
        for element in tree.iter("time")
    }
    parts = page_updates.parts_from_json(node, _paragraphs(blocks) or main, shown_times)
    parts = parts or page_times.parts_from_times(blocks, dating)
    if parts:
        return compose(parts, dating)
    shown = _paragraphs(blocks)
    # On a short page trafilatura may fall back to one run of words; the blocks then keep paragraphs apart.
    article = main if len(main) > 1 else shown or main
    return _by_time_lines(["\n\n".join(shown), "\n\n".join(article)], dating)


def _main_paragraphs(tree: HtmlElement, markup: str, url: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the article."""
    words = trafilatura.extract(markup, url=url or None, include_comments=False, with_metadata=False) or ""
    lines = [line for line in normalise(words).split("\n") if line.strip()]
    # The main heading is kept as the title; in the text it would count as something that was reported.
    return (
        lines[1:] if lines and _key(lines[0]) in {_key(h.text_content()) for h in tree.iter("h1")} else lines
    )


def _by_time_lines(texts: Sequence[str], dating: Dating) -> Composition:
    """Split at printed time lines, in whichever reading of the page shows more of them; an article that
    is no live blog is what trafilatura read, the last of the texts."""
    split = [(text, *split_live_blog(text, dating)) for text in texts]
    text, updates, sections = max(split, key=lambda one: len(one[1]))
    if not updates:
        text = texts[-1]
    return Composition(text, list(updates), list(sections))


def _container(tree: HtmlElement, main: Sequence[str]) -> HtmlElement:
    """Return the smallest element that holds four fifths of the paragraphs that trafilatura took, but not
    less than the part of the page under its main heading."""
    body = tree.find("body")
    root = tree if body is None else body
    wanted = {_key(line) for line in main}
    owners = [block.element for block in read_blocks(root) if _key(block.words()) in wanted]
    counts: Counter[HtmlElement] = Counter()
    for owner in owners:
        counts.update([owner, *owner.iterancestors()])
    holding = [element for element, count in counts.items() if count >= 0.8 * len(owners)]
    smallest = max(holding, key=lambda element: sum(1 for _ in element.iterancestors()), default=root)
    for ancestor in [smallest, *smallest.iterancestors()]:
        if ancestor.tag in ("article", "main", "body"):
            return ancestor
    return smallest


def _paragraphs(blocks: Sequence[Block]) -> list[str]:
    """The words of the blocks below the main heading, without lists of links."""
    start = next((n + 1 for n, block in enumerate(blocks) if block.level == 1), 0)
    return [block.words() for block in blocks[start:] if block.words() and block.link_share() <= 0.8]


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())[:60]


def _title(tree: HtmlElement, node: structured.Node) -> str:
    """The structured headline, else the shared title, the main heading, the window's title."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    window = tree.findtext(".//title") or ""
    candidates = [
        structured.words_of(node, "headline"),
        structured.meta(tree, "og:title", "twitter:title"),
        headings[0] if len(headings) == 1 else "",
        structured.plain(window),
        structured.words_of(node, "name"),
        *headings[:1],
    ]
    title = " ".join(next((words for words in candidates if words), "").split())
    site = structured.meta(tree, "og:site_name")
    return re.sub(rf"\s+[|–—-]\s+{re.escape(site)}$", "", title) if site else title


def _byline(tree: HtmlElement, node: structured.Node) -> str:
    names = structured.names_in(node.get("author"))
    return ", ".join(names) or structured.meta(tree, "author", "article:author", "parsely-author")


def _outlet(tree: HtmlElement, node: structured.Node, url: str) -> str:
    names = structured.names_in(node.get("publisher"))
    named = structured.meta(tree, "og:site_name") or (names[0] if names else "")
    return named or (urlsplit(url).hostname or "").removeprefix("www.")


def _language(tree: HtmlElement, text: str) -> str:
    """Read the language from the words; the page's own statement decides only where they do not."""
    found = identify_language(text[:20_000])
    declared = (tree.get("lang") or "").lower().replace("_", "-").partition("-")[0]
    return found if found != "other" else _LANGUAGES.get(declared, "other")


def _own_address(tree: HtmlElement, url: str) -> str:
    """Return the address that the page calls its own, if it is on the site that it came from; a page
    cannot speak for another site."""
    stated = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()
    ]
    for candidate in [*stated, structured.meta(tree, "og:url")]:
        try:
            address = given_address(urljoin(url, candidate)) if candidate else ""
        except ValueError:
            continue
        bare_front_page = urlsplit(canonical_url(address)).path == "/" and urlsplit(url).path not in ("", "/")
        if address and not bare_front_page and (not url or _site(address) == _site(url)):
            return address
    return url


def _site(address: str) -> str:
    host = urlsplit(canonical_url(address)).hostname or ""
    return re.sub(r"^(?:www|m|amp|mobile)\.", "", host)
