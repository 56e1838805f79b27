"""Charsets as sites declare and break them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.decode import decode
from claims.ingest.parse_errors import BinaryContent, NothingGiven, ParseError

UKRAINIAN = "Делегації зустрілися вранці; розмова тривала п’ять годин. Є й інші думки, ґрунтовні: «побачимо»."
RUSSIAN = "Делегации встретились утром, разговор продолжался пять часов. Объявлено об этом «вечером»."


@pytest.mark.parametrize("declared", ["text/html; charset=utf-8", "text/html", "text/html; charset=nonsense"])
@pytest.mark.parametrize(
    "charset", ["utf-8", "cp1251", "koi8-u", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize(
    "text", [UKRAINIAN, UKRAINIAN.upper(), UKRAINIAN * 200], ids=["plain", "capitals", "long"]
)
def test_ukrainian_is_read_whatever_is_declared(text: str, charset: str, declared: str) -> None:
    # KOI8-U has no curly apostrophe.
    text = text.replace("’", "'") if charset == "koi8-u" else text
    text = text.replace("«", '"').replace("»", '"') if charset == "koi8-u" else text
    assert decode(text.encode(charset), declared).text == text


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "cp866", "iso-8859-5"])
def test_russian_in_an_old_charset_declared_as_utf_8_is_read(charset: str) -> None:
    text = RUSSIAN.replace("«", '"').replace("»", '"')
    assert decode(text.encode(charset), "text/html; charset=utf-8").text == text


def test_markup_does_not_hide_the_charset_of_a_few_words() -> None:
    page = f"<html><head><style>{'a{b:c}' * 500}</style></head><body><p>{RUSSIAN}</p></body></html>"
    assert RUSSIAN in decode(page.encode("cp1251"), "text/html; charset=utf-8").text


def test_western_letters_are_not_taken_for_cyrillic() -> None:
    text = "The café in Zürich opened at noon, naïve as it was; señor Núñez paid 5 £."
    assert decode(text.encode("cp1252")).text == text


def test_the_charset_of_a_meta_element_is_believed_where_the_bytes_allow_it() -> None:
    body = '<meta charset="windows-1250"><p>Žluťoučký kůň přišel</p>'.encode("cp1250")
    assert "Žluťoučký" in decode(body).text


def test_a_broken_byte_in_utf_8_costs_that_letter_only() -> None:
    body = UKRAINIAN.encode() + b"\xd0" + UKRAINIAN.encode()
    assert decode(body).text == f"{UKRAINIAN}\ufffd{UKRAINIAN}"


def test_marks_nul_and_line_ends_are_tidied() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree" + b" more words" * 20 + b"\0").text.startswith(
        "one\ntwo\nthree"
    )
    assert "\0" not in decode(b"one\0two" + b" more words" * 20).text


@pytest.mark.parametrize("body", [b"", b"  \n ", b"\xef\xbb\xbf", "\ufeff \n".encode("utf-16-le")])
def test_blank_input_is_refused(body: bytes) -> None:
    with pytest.raises(NothingGiven):
        decode(body)


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 text",
        b"\x89PNG\r\n\x1a\n...",
        b"PK\x03\x04word/document.xml",
        b"\0" * 500,
        random.Random(1).randbytes(9000),
    ],
    ids=["pdf", "png", "docx", "zeros", "noise"],
)
def test_a_binary_file_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(BinaryContent, match="not text"):
        decode(body, "text/html; charset=utf-8")


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html; charset=utf-8", "x; charset=hex", "x; charset=koi8-u"]),
)
def test_any_bytes_become_storable_text_or_a_refusal(body: bytes, declared: str) -> None:
    try:
        text = decode(body, declared).text
    except ParseError:
        return
    assert text.strip()
    assert "\0" not in text
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.text(alphabet="абвгдеєжзиіїйклмнопрстуфхцчшщьюя АБВ,.", min_size=12).filter(str.strip))
def test_utf_8_is_always_read_as_utf_8(text: str) -> None:
    assert decode(text.encode(), "text/html; charset=windows-1251").text == text


def test_ten_megabytes_are_decoded() -> None:
    body = (RUSSIAN * (10_000_000 // len(RUSSIAN))).encode("cp1251")
    assert decode(body).text.startswith(RUSSIAN)
