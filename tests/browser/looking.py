"""What axe and the window say of a page: no faults for people who cannot see it, and nothing that sticks out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open

#: axe would fetch what style sheets import, from the page's address instead of theirs.
OPTIONS = {"preload": False}


def faults(open_page: Open, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield the faults of each (address, person), ``""`` for a reader: address, theme, width, rule, element.

    Every page is looked at in the light at 1280 pixels and in the dark at 390, in English, Ukrainian and Russian
    in turn: colours follow the theme alone and the order of things the width alone.
    """
    languages = itertools.cycle(("en", "uk", "ru"))
    for address, person in pages:
        language = next(languages)
        # The page is first listened to under its own policy: a report of it would fail the test.
        open_page(address, person, locale=language)
        # axe writes a style of its own into the page, which the policy forbids, as it should.
        # Without motion, or it would measure colours half-way from one theme to the other.
        page = open_page(address, person, locale=language, bypass_csp=True, reduced_motion="reduce")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        for scheme, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            for fault in Axe().run(page, options=OPTIONS).response["violations"]:
                yield address, scheme, width, fault["id"], fault["nodes"][0]["html"][:200]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                yield address, scheme, width, "wider than the window", ""
