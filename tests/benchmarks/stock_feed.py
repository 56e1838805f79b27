"""What Django offers for the same checks: its syndication feed, served beside ours by ``bench_feeds``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

from django.core.wsgi import get_wsgi_application

framework = get_wsgi_application()

# ruff: noqa: E402
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import path
from django.utils.feedgenerator import Atom1Feed

from claims.models import Publication
from claims.selectors.publications import public_publications


class StockFeed(Feed):  # type: ignore[type-arg]
    """The same fifty entries with the same fields; no filters, corrections or notices."""

    feed_type = Atom1Feed
    title = "Fact-checks"
    link = "/checks/"

    def items(self) -> Iterable[Publication]:
        return public_publications()[:50]

    def _snapshot(self, item: Publication) -> dict[str, object]:
        assert item.current is not None
        snapshot: dict[str, object] = item.current.snapshot
        return snapshot

    def item_title(self, item: Publication) -> str:  # type: ignore[override]
        return str(self._snapshot(item)["title"])

    def item_description(self, item: Publication) -> str:  # type: ignore[override]
        return str(self._snapshot(item)["summary"])

    def item_link(self, item: Publication) -> str:
        return str(self._snapshot(item)["path"])

    def item_guid(self, item: Publication) -> str:
        return str(self._snapshot(item)["entry_id"])

    def item_pubdate(self, item: Publication) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Publication) -> datetime | None:
        return item.modified_at


urlpatterns = [path("stock/atom.xml", StockFeed())]
settings.ROOT_URLCONF = __name__
application = framework
