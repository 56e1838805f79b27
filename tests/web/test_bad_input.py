"""What people and machines send that cannot be taken: a clear sentence, nothing lost, never an error page."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims import jobs
from claims.models import Article, Claim, Document, Job
from claims.tasks import BODIES
from tests.newsroom import Newsroom

PAGE = "<html><title>Порт</title><body><article><h1>Порт стоїть</h1><p>{}</p></article></body></html>"


def _file(body: bytes, name: str = "page.html", kind: str = "text/html") -> dict[str, object]:
    return {"way": "file", "file": SimpleUploadedFile(name, body, content_type=kind)}


@pytest.mark.parametrize(
    "id", ["0", "-1", str(2**63 - 1), str(2**63), str(10**30), "..%2f", "../", "a", "1%00"]
)
@pytest.mark.parametrize(
    "address",
    [
        "/articles/{}/",
        "/articles/{}/state/",
        "/articles/{}/log/",
        "/claims/{}/",
        "/claims/{}/evidence/",
        "/sources/documents/{}/",
        "/checks/{}/a/",
        "/checks/{}/",
    ],
)
def test_a_forged_id_is_not_found(newsroom: Newsroom, jonas: Client, address: str, id: str) -> None:
    assert jonas.get(address.format(id)).status_code in (301, 404)


@pytest.mark.parametrize("desk", ["", "-1", "²", "9" * 5_000], ids=["empty", "minus", "raised", "long"])
def test_work_for_a_forged_desk_goes_to_the_persons_own(newsroom: Newsroom, jonas: Client, desk: str) -> None:
    form = {"way": "text", "text": "Four tugs came in.", "zone": "Europe/Kyiv", "desk": desk}
    answer = jonas.post("/articles/new/", form)
    assert answer.status_code == 302
    assert Article.objects.get().desk == newsroom.desk


@pytest.mark.parametrize("value", ["0", "-1", str(2**63), "²", "abc", "", "1' OR 1=1", "\x00"])
def test_a_forged_cursor_is_told_or_passed_over(newsroom: Newsroom, jonas: Client, value: str) -> None:
    for address in ("/articles/", "/claims/", "/sources/"):
        for place in ("before", "after"):
            answer = jonas.get(address, {place: value})
            assert answer.status_code == 200 or "that the list never gave" in answer.content.decode()
    assert jonas.get("/checks/", {"page": value}).status_code == 200


@pytest.mark.parametrize("question", ["", "   ", "\x00", "'\";--", "a" * 5000, "‏׳", "🛳", "AND OR NOT ( ["])
def test_any_question_gets_an_answer(newsroom: Newsroom, jonas: Client, question: str) -> None:
    assert jonas.get("/search/", {"q": question}).status_code == 200
    assert jonas.get("/sources/", {"q": question}).status_code == 200


def test_an_empty_text_is_refused_with_a_sentence(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", {"way": "text", "text": "  \n "})
    assert answer.status_code == 400
    assert "There is no text in it." in answer.content.decode()


def test_an_empty_file_is_refused_with_a_sentence(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", _file(b""))
    assert answer.status_code == 400
    assert "There is no text in it." in answer.content.decode()


def test_a_form_without_its_file_says_so(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", {"way": "file"})
    assert answer.status_code == 400
    assert "This field is required." in answer.content.decode()


def test_a_binary_file_is_refused_with_a_sentence(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", _file(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not Article.objects.exists()


def test_ten_megabytes_are_refused_with_a_sentence(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", _file(b"<p>word</p>" * 950_000))
    assert answer.status_code == 400
    assert "larger than 8 MB" in answer.content.decode()
    answer = jonas.post("/articles/new/", {"way": "text", "text": "word " * 2_000_000})
    assert answer.status_code == 400
    assert "at most 2 million characters" in answer.content.decode()


def test_more_than_the_server_reads_is_refused_with_a_page(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/articles/new/", {"way": "text", "text": "word " * 2_600_000})
    assert answer.status_code == 400
    assert "could not be read" in answer.content.decode()


def test_a_file_that_lies_about_its_charset_is_read(newsroom: Newsroom, jonas: Client) -> None:
    words = "Докери зупинили роботу в порту, тому кораблі чекають на рейді вже другий день поспіль. " * 4
    body = PAGE.format(words).encode("cp1251")
    answer = jonas.post("/articles/new/", _file(body, kind="text/html; charset=utf-8"))
    assert answer.status_code == 302
    assert "Докери зупинили роботу" in Article.objects.get().current.text  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["", "nonsense", "ftp://example.org/", "javascript:alert(1)", "http://"])
def test_what_is_no_web_address_is_refused(newsroom: Newsroom, jonas: Client, address: str) -> None:
    assert jonas.post("/articles/new/", {"way": "url", "url": address}).status_code == 400
    assert jonas.post("/sources/add/", {"way": "page", "source_url": address}).status_code == 400
    assert jonas.post("/sources/add/", {"way": "feed", "feed_url": address}).status_code == 400


@pytest.mark.parametrize("way", ["", "other", "\x00"])
def test_an_unknown_way_is_refused(newsroom: Newsroom, jonas: Client, way: str) -> None:
    assert jonas.post("/articles/new/", {"way": way}).status_code == 400
    assert jonas.post("/sources/add/", {"way": way}).status_code == 400


def test_a_broken_line_of_an_import_is_named_and_the_rest_goes_in(newsroom: Newsroom, jonas: Client) -> None:
    good = [
        json.dumps(
            {
                "url": f"https://wire.example.org/{n}",
                "outlet": "Wire",
                "title": f"Ship {n}",
                "text": f"Ship {n} left.",
            }
        )
        for n in range(3)
    ]
    body = "\n".join([good[0], "{broken", *good[1:]]).encode()
    upload = {"way": "import", "file": SimpleUploadedFile("sources.jsonl", body)}
    answer = jonas.post("/sources/add/", upload)
    jobs.run(Job.objects.get(kind="run_import").pk, BODIES)
    page = jonas.get(answer["Location"]).content.decode()
    assert "Line 2:" in page
    assert "New: 3." in page
    assert Document.objects.count() == 3


def test_an_overlong_claim_keeps_what_was_typed(newsroom: Newsroom, jonas: Client) -> None:
    text = "The port is closed. " * 200
    answer = jonas.post("/claims/new/", {"text": text, "offline_origin": "Radio", "summary": "Port closed"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "at most 2000 characters" in page
    assert text.strip() in page
    assert 'value="Port closed"' in page
    assert not Claim.objects.exists()


def test_a_nul_character_is_refused(newsroom: Newsroom, jonas: Client) -> None:
    answer = jonas.post("/claims/new/", {"text": "The port\x00 is closed.", "offline_origin": "Radio"})
    assert answer.status_code == 400


@pytest.mark.parametrize("version", ["", "0", "-1", str(2**63), "x"])
def test_a_forged_version_is_refused(newsroom: Newsroom, jonas: Client, version: str) -> None:
    claim = newsroom.claim()
    answer = jonas.post(f"/claims/{claim.pk}/edit/", {"version": version, "summary": "New", "kind": "other"})
    assert answer.status_code == 400


def test_a_stale_edit_is_a_conflict_and_overwrites_nothing(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    first = {"version": claim.version, "summary": "First", "kind": "count"}
    assert jonas.post(f"/claims/{claim.pk}/edit/", first).status_code == 302
    answer = jonas.post(f"/claims/{claim.pk}/edit/", first | {"summary": "Second"})
    assert answer.status_code == 409
    assert Claim.objects.get(pk=claim.pk).summary == "First"
