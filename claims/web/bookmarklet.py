"""The bookmarklet, and where it leads: the words of any page into the form for a claim."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.language.identify import identify_language
from claims.rules.identity import LONGEST_ADDRESS, given_address
from claims.selectors.articles import article_at
from claims.web.edges import actor, desk_page

#: What is taken over from a page elsewhere, in code points.
LONGEST_WORDS = 4_000
LONGEST_TITLE = 200
#: The bookmarklet knows this site's address and nothing else: no name, no token. Words and address are cut so
#: that they pass through any proxy.
_BOOKMARKLET = (
    "javascript:(()=>{{let w=[...String(getSelection())].slice(0,1500);"
    "while(encodeURIComponent(w.join('')).length>4500)w=w.slice(0,-20);"
    "const e=encodeURIComponent;open('{site}{path}?url='+e(location.href.slice(0,1500))+'&title='"
    "+e([...document.title].slice(0,200).join(''))+'&text='+e(w.join('')),'_blank','noopener')}})()"
)


@desk_page
@require_safe
def bookmarklet(request: HttpRequest) -> HttpResponse:
    """The bookmarklet with how to use it."""
    code = _BOOKMARKLET.format(site=settings.SITE_URL, path=reverse("log_from_page"))
    return render(request, "claims/help_bookmarklet.html", {"code": code})


@desk_page
@require_safe
def log_from_page(request: HttpRequest) -> HttpResponse:
    """Lead the words of any page to the form: that of the article where the desk has taken the page in."""
    # PostgreSQL takes no text with a NUL in it.
    given = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in ("text", "title", "url")}
    words = given["text"][:LONGEST_WORDS]
    title = " ".join(given["title"].split())[:LONGEST_TITLE]
    address = given_address(given["url"][:LONGEST_ADDRESS])
    article = article_at(actor(request).roles, address) if address else None
    if article is not None:
        messages.info(request, _("Your desk has taken this page in: the words are logged from there."))
        return redirect(f"{reverse('log_from_article', args=[article.pk])}?{urlencode({'words': words})}")
    if title:
        messages.info(request, _("From the page “%(title)s”.") % {"title": title})
    language = identify_language(words) if words else "en"
    return redirect(
        f"{reverse('claim_log')}?{urlencode({'text': words, 'url': address, 'language': language})}"
    )
