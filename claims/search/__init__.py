"""The search room: one engine behind one Protocol, chosen by one setting.

``ELASTICSEARCH_URL`` set means Elasticsearch, else the embedded index in ``SEARCH_FOLDER``. Everything
outside this room sees ``claims.search.base`` only.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings

from claims.search.base import SearchBackend

EngineName = Literal["embedded", "elasticsearch"]


def get_backend() -> SearchBackend:
    """Return the engine that the settings name: one per process, another one when they change."""
    return _open_backend(
        os.getpid(), settings.ELASTICSEARCH_URL, settings.SEARCH_INDEX_PREFIX, Path(settings.SEARCH_FOLDER)
    )


def reset_backend() -> None:
    """Forget the opened engine with its connections and readers."""
    _open_backend.cache_clear()


@contextmanager
def throwaway_backend(name: EngineName) -> Iterator[SearchBackend]:
    """Yield an empty engine that shares nothing with the real one and is dropped afterwards.

    ``elasticsearch`` uses the server of the settings, under a prefix that nobody else has.
    """
    # Imported here, so that an installation loads only the client of the engine that it uses.
    if name == "embedded":
        from claims.search.embedded import EmbeddedBackend

        with tempfile.TemporaryDirectory(prefix="search-") as folder:
            embedded = EmbeddedBackend(Path(folder))
            embedded.ensure()
            yield embedded
    else:
        from claims.search.elasticsearch import ElasticsearchBackend

        prefix = f"{settings.SEARCH_INDEX_PREFIX}-throwaway-{uuid.uuid4().hex[:12]}"
        server = ElasticsearchBackend(settings.ELASTICSEARCH_URL, prefix=prefix)
        try:
            server.ensure()
            yield server
        finally:
            server.drop_everything()


@lru_cache(maxsize=4)
def _open_backend(process: int, url: str, prefix: str, folder: Path) -> SearchBackend:
    """``process`` is part of the key because connections must not be shared with a forked child."""
    if url:
        from claims.search.elasticsearch import ElasticsearchBackend

        return ElasticsearchBackend(url, prefix=prefix)
    from claims.search.embedded import EmbeddedBackend

    return EmbeddedBackend(folder)
