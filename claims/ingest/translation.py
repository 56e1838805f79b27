"""Asks a LibreTranslate-compatible service for translations, where the operator has named one.

Invariant: one call takes at most its seconds and its bytes, whatever the service does; every failure comes
out as ``TranslationUnavailable``; after three failures in a row nobody waits for the service for a minute.
The service's address is the operator's own, so it may be internal, unlike the pages that are fetched.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import httpx
from django.conf import settings

from claims.ingest import addresses, unpacking
from claims.ingest.fetch_errors import FetchError
from claims.ingest.transport import Budget, PinnedTransport, named_failures
from claims.language.readings import Language
from claims.rules.breaker import Breaker
from claims.rules.storing import storable

#: The longest text that is sent, in code points; most services refuse longer ones.
LONGEST_TEXT = 5_000
#: How many texts go into one request.
MOST_TEXTS = 25
#: The largest answer that is read, in bytes, of all requests of one call together.
LARGEST_ANSWER = 2 * 1024 * 1024
_KEPT_TRANSLATIONS = 1_000
#: What may go wrong on the way, in the answer (JSON, nesting) or with the address that the operator wrote.
_FAILURES = (FetchError, httpx.InvalidURL, ValueError, RecursionError)


class TranslationUnavailable(Exception):
    """The service is away, failing, or refused these texts; nothing was translated."""


class TextTooLong(TranslationUnavailable):
    """A text has more than ``LONGEST_TEXT`` code points; it was not sent."""


class Translator:
    """One service. Safe to share between threads; translations are kept for as long as the process lives."""

    def __init__(
        self, url: str, key: str = "", *, timeout_s: float = 3.0, breaker: Breaker | None = None
    ) -> None:
        self._address = f"{url.rstrip('/').removesuffix('/translate')}/translate"
        self._key = key
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker(failures=3, pause_s=60.0)
        self._kept: OrderedDict[tuple[Language, Language, str], str] = OrderedDict()
        self._lock = Lock()

    def translate(self, texts: Sequence[str], *, source: Language, target: Language) -> list[str]:
        """Return ``texts`` in ``target``, in order; a blank text and one in ``target`` stay as they are.

        ``source`` “other” lets the service recognise the language. Raises ``TranslationUnavailable``.
        """
        if any(len(text) > LONGEST_TEXT for text in texts):
            raise TextTooLong(f"a text has more than {LONGEST_TEXT} characters")
        wanted = dict.fromkeys(text for text in texts if text.strip() and source != target)
        with self._lock:
            known = {
                text: self._kept[key] for text in wanted if (key := (source, target, text)) in self._kept
            }
        budget = Budget(self._timeout_s, LARGEST_ANSWER)
        unknown = [text for text in wanted if text not in known]
        for first in range(0, len(unknown), MOST_TEXTS):
            some = unknown[first : first + MOST_TEXTS]
            known |= zip(some, self._ask(some, source, target, budget), strict=True)
        self._keep(source, target, known)
        return [known.get(text, text) for text in texts]

    def _keep(self, source: Language, target: Language, translations: dict[str, str]) -> None:
        with self._lock:
            for text, translated in translations.items():
                self._kept[source, target, text] = translated
                self._kept.move_to_end((source, target, text))
            while len(self._kept) > _KEPT_TRANSLATIONS:
                self._kept.popitem(last=False)

    def _ask(self, texts: Sequence[str], source: Language, target: Language, budget: Budget) -> list[str]:
        if not self._breaker.closed():
            raise TranslationUnavailable("the service failed several times in a row; asking again soon")
        question = {
            "q": list(texts),
            "source": "auto" if source == "other" else source,
            "target": target,
            "format": "text",
            **({"api_key": self._key} if self._key else {}),
        }
        try:
            status, body = self._post(json.dumps(question).encode("ascii"), budget)
            # A refusal of these very texts or languages says nothing against the service.
            refused = status == 400
            translated = [] if refused else _read_answer(status, body, len(texts))
        except _FAILURES as error:
            self._breaker.record(succeeded=False)
            raise TranslationUnavailable(f"{type(error).__name__}: {error}") from error
        self._breaker.record(succeeded=True)
        if refused:
            raise TranslationUnavailable(f"the service does not translate {source} to {target}, or not this")
        return translated

    def _post(self, question: bytes, budget: Budget) -> tuple[int, bytes]:
        """Send one request. The pinned transport holds the deadline for every byte, not only between them."""
        url = httpx.URL(self._address)
        port = addresses.PORTS.get(url.scheme, 0) if url.port is None else url.port
        allowed = f"{url.raw_host.decode('ascii')}:{port}"
        place = addresses.resolve(addresses.read_target(self._address, [allowed]), budget.seconds_left())
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        headers["Accept-Encoding"] = unpacking.ACCEPTED
        with (
            named_failures(),
            httpx.Client(
                transport=PinnedTransport(place, budget), trust_env=False, headers=headers
            ) as client,
            client.stream("POST", place.url, content=question, follow_redirects=False) as response,
        ):
            encoding = response.headers.get("content-encoding", "")
            return response.status_code, unpacking.unpack(response.iter_raw(), encoding, LARGEST_ANSWER)


def _read_answer(status: int, body: bytes, count: int) -> list[str]:
    """Return the ``count`` translations of an answer. Raises ``ValueError`` for anything else."""
    if status != 200:
        raise ValueError(f"the service answered with HTTP {status}")
    answer = json.loads(body)
    translated = answer.get("translatedText") if isinstance(answer, dict) else None
    if isinstance(translated, str):
        translated = [translated]
    if (
        not isinstance(translated, list)
        or len(translated) != count
        or not all(isinstance(text, str) for text in translated)
    ):
        raise ValueError("the service's answer does not hold the translations")
    # JSON may carry half a character, which no page can be written with, and a NUL.
    return [storable(text) for text in translated]


def get_translator() -> Translator | None:
    """Return the service of the settings, one per process, or None where there is none."""
    url = settings.TRANSLATOR_URL
    return _translator(url, settings.TRANSLATOR_KEY) if url else None


@lru_cache(maxsize=4)
def _translator(url: str, key: str) -> Translator:
    return Translator(url, key)
