"""The WSGI entry point that granian serves: the framework, behind the edge that answers known feeds."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from factcheck.supervision import die_with_parent_if_supervised

if TYPE_CHECKING:
    from claims.feeds.edge import FeedEdge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
# Each of granian's workers loads this module.
die_with_parent_if_supervised()


def _application() -> FeedEdge:
    framework = get_wsgi_application()
    # Only now are there models, which the edge reads.
    from claims.feeds.edge import FeedEdge

    return FeedEdge(framework)


application = _application()


def _connect_to_the_broker() -> None:
    from claims.jobs.sending import get_sender

    # Its thread connects at once, so that the first request that enqueues something does not wait for that.
    get_sender()


_connect_to_the_broker()


def _load_the_readers() -> None:
    from claims.language.reading import load_readers

    load_readers()


# Not at once: while everything starts, the cores are wanted for what people wait for first.
_loading = threading.Timer(10, _load_the_readers)
_loading.daemon = True
_loading.start()
