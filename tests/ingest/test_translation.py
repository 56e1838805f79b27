"""The translator: LibreTranslate's protocol against a local server, and every way in which one may fail."""

from __future__ import annotations

import gzip
import json
import re
import socket
import time
from contextlib import AbstractContextManager

import pytest
from django.conf import LazySettings

from claims.ingest.translation import (
    LARGEST_ANSWER,
    LONGEST_TEXT,
    MOST_TEXTS,
    TextTooLong,
    TranslationUnavailable,
    Translator,
    get_translator,
)
from claims.rules.breaker import Breaker
from tests.ingest.libretranslate import LibreTranslate, libretranslate
from tests.ingest.servers import Server, page, serving

BRIDGE = "The bridge was closed for two days."


def _answering(body: bytes, *headers: str, status: str = "200 OK") -> AbstractContextManager[Server]:
    def answer(connection: socket.socket, received: str) -> None:
        # The question is read to its end: closing on unread bytes would reset the connection.
        head, _separator, begun = received.partition("\r\n\r\n")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        left = int(length[1]) - len(begun) if length else 0
        while left > 0 and (more := connection.recv(left)):
            left -= len(more)
        connection.sendall(page(body, *headers, status=status))

    return serving(answer)


def test_texts_come_back_in_order_in_one_request_with_key_and_format() -> None:
    with libretranslate(LibreTranslate(key="sesame")) as service:
        service.words[BRIDGE, "uk"] = "Міст був закритий два дні."
        translator = Translator(service.url, "sesame")
        assert translator.translate([BRIDGE, "", "Rain."], source="en", target="uk") == [
            "Міст був закритий два дні.",
            "",
            "uk [Rain.]",
        ]
        assert service.questions == [
            {"q": [BRIDGE, "Rain."], "source": "en", "target": "uk", "format": "text", "api_key": "sesame"}
        ]


def test_an_unknown_language_is_left_to_the_service() -> None:
    with libretranslate() as service:
        Translator(f"{service.url}/translate").translate(["Der Damm hielt."], source="other", target="en")
        assert service.questions[0]["source"] == "auto"
        assert "api_key" not in service.questions[0]


def test_a_text_in_the_wanted_language_is_not_sent() -> None:
    with libretranslate() as service:
        assert Translator(service.url).translate([BRIDGE], source="en", target="en") == [BRIDGE]
        assert service.questions == []


def test_many_texts_are_sent_in_batches_and_each_only_once() -> None:
    texts = [f"Sentence {number}." for number in range(MOST_TEXTS + 3)]
    with libretranslate() as service:
        translator = Translator(service.url)
        assert translator.translate([*texts, texts[0]], source="en", target="ru")[-1] == "ru [Sentence 0.]"
        translator.translate(texts, source="en", target="ru")
        assert [len(question["q"]) for question in service.questions] == [MOST_TEXTS, 3]


def test_kept_translations_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.ingest.translation._KEPT_TRANSLATIONS", 2)
    with libretranslate() as service:
        translator = Translator(service.url)
        for text in ("one", "two", "three", "three", "one"):
            translator.translate([text], source="en", target="uk")
        assert [question["q"] for question in service.questions] == [["one"], ["two"], ["three"], ["one"]]


def test_a_longer_text_than_services_take_is_refused_unsent() -> None:
    with libretranslate() as service, pytest.raises(TextTooLong):
        Translator(service.url).translate(["a" * (LONGEST_TEXT + 1)], source="en", target="uk")
    assert service.questions == []


def test_a_wrong_key_is_a_failure() -> None:
    with libretranslate(LibreTranslate(key="sesame")) as service, pytest.raises(TranslationUnavailable):
        Translator(service.url, "wrong").translate([BRIDGE], source="en", target="uk")


def test_a_refused_language_does_not_open_the_breaker() -> None:
    refusal = b'{"error": "uk is not supported"}'
    with _answering(refusal, status="400 BAD REQUEST") as server:
        translator = Translator(server.url())
        for _attempt in range(5):
            with pytest.raises(TranslationUnavailable):
                translator.translate([BRIDGE], source="en", target="uk")
        assert len(server.heads) == 5


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome</html>",
        b"[]",
        b'{"translatedText": []}',
        b'{"translatedText": [1]}',
        b'{"translatedText": ["a", "b"]}',
        b'{"error": "out of memory"}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
    ids=["html", "list", "none", "number", "too many", "error", "nested", "not text"],
)
def test_an_answer_that_is_none_is_a_failure(body: bytes) -> None:
    with _answering(body) as server, pytest.raises(TranslationUnavailable):
        Translator(server.url()).translate([BRIDGE], source="en", target="uk")


def test_half_a_character_in_an_answer_becomes_one_that_can_be_shown() -> None:
    with _answering(b'{"translatedText": ["\\ud83d!"]}') as server:
        assert Translator(server.url()).translate([BRIDGE], source="en", target="uk") == ["\ufffd!"]


def test_an_endless_answer_is_cut_off_also_when_packed() -> None:
    huge = json.dumps({"translatedText": ["a" * LARGEST_ANSWER]}).encode()
    for body, headers in ((huge, ()), (gzip.compress(huge), ("Content-Encoding: gzip",))):
        with _answering(body, *headers) as server, pytest.raises(TranslationUnavailable, match="TooLarge"):
            Translator(server.url()).translate([BRIDGE], source="en", target="uk")


def test_a_redirect_is_not_followed() -> None:
    with (
        libretranslate() as other,
        _answering(b"", f"Location: {other.url}/translate", status="307 Moved") as server,
    ):
        with pytest.raises(TranslationUnavailable):
            Translator(server.url(), "sesame").translate([BRIDGE], source="en", target="uk")
        assert other.questions == []


def test_a_service_that_drips_its_answer_costs_no_more_than_the_deadline() -> None:
    def drip(connection: socket.socket, _head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _header in range(1_000):
            connection.sendall(b"X-Wait: 1\r\n")
            time.sleep(0.05)

    with serving(drip) as server:
        began = time.monotonic()
        with pytest.raises(TranslationUnavailable):
            Translator(server.url(), timeout_s=0.4).translate([BRIDGE], source="en", target="uk")
        assert time.monotonic() - began < 20


def test_after_three_failures_nobody_waits_for_a_minute_and_then_one_tries() -> None:
    clock = [0.0]
    breaker = Breaker(failures=3, pause_s=60.0, clock=lambda: clock[0])
    with _answering(b"", status="502 Bad Gateway") as server:
        translator = Translator(server.url(), breaker=breaker)
        for _attempt in range(5):
            with pytest.raises(TranslationUnavailable):
                translator.translate([BRIDGE], source="en", target="uk")
        assert len(server.heads) == 3
        clock[0] = 60.0
        with pytest.raises(TranslationUnavailable):
            translator.translate([BRIDGE], source="en", target="uk")
        assert len(server.heads) == 4


def test_a_service_that_is_away_or_misspelt_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}", "ftp://127.0.0.1", "not an address", "http://[::1"):
        with pytest.raises(TranslationUnavailable):
            Translator(address).translate([BRIDGE], source="en", target="uk")


def test_the_service_is_off_until_it_is_named(settings: LazySettings) -> None:
    settings.TRANSLATOR_URL = ""
    assert get_translator() is None
    settings.TRANSLATOR_URL = "http://127.0.0.1:5000"
    assert get_translator() is get_translator()
