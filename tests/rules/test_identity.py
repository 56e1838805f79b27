"""Addresses and texts that are the same one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.identity import LONGEST_ADDRESS, canonical_url, given_address, text_fingerprint


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("HTTPS://WWW.Example.com:443/News/?b=2&a=1#top", "https://www.example.com/News?a=1&b=2"),
        ("http://example.com/news/", "https://example.com/news"),
        ("http://example.com", "https://example.com/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&utm_medium=y&fbclid=z&gclid=1", "https://example.com/a"),
        ("https://example.com/a?id=5&utm_campaign=x", "https://example.com/a?id=5"),
        ("https://example.com/a?p=&q", "https://example.com/a?p=&q"),
        ("https://example.com/story/amp/", "https://example.com/story"),
        ("https://example.com/story?amp=1", "https://example.com/story"),
        ("https://example.com/story.amp.html", "https://example.com/story"),
        ("https://example.com/amp/story", "https://example.com/story"),
        ("https://amp.example.com/story", "https://example.com/story"),
        ("https://example.com/story/amp/amp", "https://example.com/story"),
        ("https://example.com/champ", "https://example.com/champ"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        (
            "https://приклад.укр/новини",
            "https://xn--80aikifvh.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8",
        ),
        ("https://example.com/%7euser/%d0%b6", "https://example.com/~user/%D0%B6"),
        ("  https://example.com/a \n", "https://example.com/a"),
        ("http://[2A00::1]:80/a", "https://[2a00::1]/a"),
    ],
)
def test_one_page_has_one_address(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@pytest.mark.parametrize(
    "address",
    ["", "example.com", "ftp://example.com/", "javascript:alert(1)", "http://", "http://user@example.com/",
     "http://example.com:99999/", "http://[::1", "mailto:a@example.com"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_canonical_form(address: str) -> None:
    assert canonical_url(address) == ""
    assert given_address(address) == ""


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://example.com/page/?b=2&a=1#top", "http://example.com/page/?b=2&a=1#top"),
        ("  https://example.com/a \n", "https://example.com/a"),
        ("https://example.com/a-long\r\n-address", "https://example.com/a-long-address"),
        ("https://example.com/two words", "https://example.com/two%20words"),
        ("https://приклад.укр/новини", "https://приклад.укр/новини"),
    ],
)
def test_an_address_is_kept_as_it_was_given(address: str, kept: str) -> None:
    assert given_address(address) == kept
    assert canonical_url(address) == canonical_url(kept)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/\x00", "https://example.com/\ud800", "https://example.com\\@example.org/",
     "https://example.com/" + "a" * LONGEST_ADDRESS],
    ids=["NUL", "a lone surrogate", "a backslash", "too long"],
)  # fmt: skip
def test_what_programs_read_differently_or_no_column_holds_is_no_address(address: str) -> None:
    assert given_address(address) == ""


def test_different_pages_keep_different_addresses() -> None:
    addresses = [
        "https://example.com/a",
        "https://example.com/A",
        "https://example.com/a?id=1",
        "https://www.example.com/a",
    ]
    assert len({canonical_url(address) for address in addresses}) == len(addresses)


@given(st.text(max_size=60), st.text(max_size=30))
def test_a_canonical_address_is_its_own_canonical_form(path: str, query: str) -> None:
    once = canonical_url(f"https://example.com/{path}?{query}")
    assert canonical_url(once) == once


def test_case_blanks_punctuation_and_composition_do_not_change_a_fingerprint() -> None:
    text = "Їхні перемовини — «тривають», каже А. Кий."
    assert text_fingerprint(text) == text_fingerprint(unicodedata.normalize("NFD", text.upper()) + "\n\n!")
    assert len(text_fingerprint(text)) == 64


def test_another_figure_changes_the_fingerprint() -> None:
    assert text_fingerprint("It took 2 hours.") != text_fingerprint("It took 3 hours.")


@given(st.text(max_size=80))
def test_a_fingerprint_survives_unicode_normalisation(text: str) -> None:
    assert text_fingerprint(text) == text_fingerprint(unicodedata.normalize("NFD", text))
