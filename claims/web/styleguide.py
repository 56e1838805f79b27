"""``/styleguide/``: every part of the pages in every state, from the same partials; with DEBUG alone.

It is a tool of whoever works on the pages, so its own words are English and in no catalog.
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.selectors.evidence import by_stance
from claims.selectors.quotation_variants import quotation_variants
from claims.selectors.range_plot import range_plot
from claims.selectors.timeline import timeline
from claims.web import specimens

TITLES = {
    "page": "Every part in every state",
    "colours": "Colours, each with its ground",
    "type": "Type",
    "buttons": "Buttons and links",
    "fields": "Fields",
    "marks": "States, flags, stances, ratings, tags, moments",
    "messages": "Notices, empty places, progress",
    "lists": "Rows, tallies, tables, pager",
    "evidence": "Evidence: balance, range plot, passages",
    "times": "Timeline",
    "words": "Quotation variants",
}
COLOURS = ("paper", "sheet", "wash", "accent", "supports", "contradicts", "context", "warn", "mark", "said")
#: Every letter that Ukrainian has and Russian has not.
CYRILLIC = "Чотири буксири зайшли до порту ще до світанку, — ґречно каже її їжак."
LEVELS = ("", "success", "warning", "error")
FLAGS = ("", "quiet", "warn", "accepted", "rejected")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the parts; on a real installation there is no such page."""
    if not settings.DEBUG:
        raise Http404
    figures_claim, figures = specimens.figures_specimen()
    times_claim, times = specimens.times_specimen()
    words_claim, words = specimens.words_specimen()
    context = {
        "cyrillic": CYRILLIC,
        "titles": TITLES,
        "colours": COLOURS,
        "levels": LEVELS,
        "flags": FLAGS,
        "stances": specimens.STANCES,
        "ratings": specimens.ratings_of_every_kind(),
        "moment_shown": specimens.MOMENT,
        "claims": specimens.claims_in_every_state(),
        "forms": specimens.forms_in_every_state(),
        "gathering": specimens.gathering_specimens(),
        "claim": figures_claim,
        "groups": by_stance(figures),
        "found": len(figures),
        "figures": range_plot(figures),
        "timeline": timeline(times_claim, times),
        "variants_shown": quotation_variants(words_claim, words),
    }
    return render(request, "claims/styleguide.html", context)
