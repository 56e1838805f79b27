"""What was read is kept when it is indexed, used when it fits, and made anew when it does not."""

from __future__ import annotations

import pytest

from claims.actions.documents import NewDocument, outlet_named, store_document
from claims.actions.evidence import gather_evidence, retrieve, weigh
from claims.actions.indexing import index_document
from claims.actions.reading import keep_readings
from claims.actions.rebuilding import rebuild_index
from claims.language import reading as readers
from claims.models import Claim, Document, DocumentReading, Passage, PassageReading
from claims.search import kept_readings as kept_module
from claims.search.documents import missing_readings, read_document, read_passage
from claims.search.kept_readings import WITH_READINGS
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]

TEXT = "On 3 February 2026 four tugs entered the harbour of Odesa. The pilots waited for two hours, said Marchuk."


def taken_in(text: str = TEXT) -> Document:
    outlet = outlet_named(name="Harbour Gazette", domain="gazette.example.org")
    document, _ = store_document(
        NewDocument(key="tugs", outlet_id=outlet.pk, title="Tugs", text=text, language="en")
    )
    return document


def loaded() -> Passage:
    return Passage.objects.select_related(*WITH_READINGS).filter(retired=False).get()


def forget_readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Empty what this process remembers; return the list of texts that are read afresh from now on."""
    kept_module._unpacked.cache_clear()
    afresh: list[str] = []

    def read(text: str, **about: object) -> object:
        afresh.append(text)
        return readers.read(text, **about)  # type: ignore[arg-type]

    monkeypatch.setattr(kept_module, "read", read)
    return afresh


def test_indexing_keeps_the_readings_and_gathering_reads_nothing_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_document(taken_in().pk)
    fresh = read_passage(Passage.objects.select_related("document__outlet").get())
    claim = newsroom.claim("Four tugs entered the harbour of Odesa.")
    afresh = forget_readings(monkeypatch)
    findings = weigh(claim, retrieve(claim))
    assert afresh == []
    assert [finding.comparison.stance for finding in findings] == ["supports"]
    assert read_passage(loaded()) == fresh


def test_a_reading_of_older_readers_is_made_anew_and_can_be_kept_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index_document(taken_in().pk)
    before = read_passage(loaded())
    PassageReading.objects.update(stamp="of older readers")
    afresh = forget_readings(monkeypatch)
    assert read_passage(loaded()) == before
    assert len(afresh) == 1
    keep_readings(missing_readings([loaded()]))
    afresh.clear()
    assert read_passage(loaded()) == before
    assert afresh == []


def test_a_damaged_reading_is_made_anew() -> None:
    index_document(taken_in().pk)
    before = read_document(loaded().document)
    kept_module._unpacked.cache_clear()
    DocumentReading.objects.update(kept=b"damaged")
    assert read_document(loaded().document) == before


def test_a_rebuild_keeps_what_was_not_kept_yet() -> None:
    index_document(taken_in().pk)
    PassageReading.objects.all().delete()
    DocumentReading.objects.all().delete()
    rebuild_index("passages", lambda done, rows: None)
    assert missing_readings([loaded()]) == []


def test_a_reading_whose_passage_is_gone_is_not_kept() -> None:
    index_document(taken_in().pk)
    PassageReading.objects.all().delete()
    rows = missing_readings([loaded()])
    Passage.objects.all().delete()
    keep_readings(rows)
    assert not PassageReading.objects.exists()


def test_weighing_reads_a_long_document_once_for_all_its_passages(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = "\n\n".join(
        f"On day {day} four tugs entered the harbour of Odesa. " + f"Pilot {day} waited for the tide. " * 12
        for day in range(2, 62)
    )
    document = taken_in(calls)
    index_document(document.pk)
    DocumentReading.objects.all().delete()
    claim = newsroom.claim("Four tugs entered the harbour of Odesa.")
    passages = retrieve(claim)
    assert len(passages) > 10
    assert len(document.text) > 20_000
    afresh = forget_readings(monkeypatch)
    assert weigh(claim, passages)
    assert afresh == [document.text]


def test_gathering_keeps_what_it_had_to_read(newsroom: Newsroom) -> None:
    index_document(taken_in().pk)
    PassageReading.objects.all().delete()
    claim = newsroom.claim("Four tugs entered the harbour of Odesa.")
    gather_evidence(claim.pk, lambda done, steps, note: None)
    assert PassageReading.objects.count() == 1
    assert Claim.objects.get(pk=claim.pk).evidence.count() == 1
