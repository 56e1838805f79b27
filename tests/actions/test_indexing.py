"""The index follows the database: single rows, rebuilds beside the old index, repair of drift."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from claims.actions import rebuilding
from claims.actions.acknowledging import IndexRejected
from claims.actions.drift import Drift
from claims.actions.indexing import find_and_repair_drift, index_claims, index_document, index_passages
from claims.actions.rebuilding import rebuild_index
from claims.language.reading import read
from claims.language.tokens import index_tokens
from claims.models import Appearance, Article, Claim, Claimant, Desk, Document, Outlet, Passage
from claims.search import get_backend
from claims.search.base import (
    BulkOutcome,
    IndexDocument,
    IndexKind,
    Query,
    RejectedItem,
    SearchBackend,
    SearchUnavailable,
    WeightedToken,
)
from claims.search.documents import passage_document, read_claim, read_passage
from claims.selectors.indexing import index_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    outlet = Outlet.objects.create(name="Harbour Gazette", zone="Europe/Kyiv")
    return Document.objects.create(
        outlet=outlet,
        key="harbour-1",
        title="Harbour",
        text="Harbour\n\nThe ferry left the harbour. The captain waited.",
        language="en",
        published_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
        text_sha256="0" * 64,
    )


def add_passages(document: Document, *texts: str) -> list[Passage]:
    first = document.passages.count() + 1
    return [
        Passage.objects.create(document=document, ordinal=first + place, start=0, end=len(text), text=text)
        for place, text in enumerate(texts)
    ]


def add_claim(text: str, **more: Any) -> Claim:
    desk, _ = Desk.objects.get_or_create(name="Ports")
    return Claim.objects.create(desk=desk, text=text, language="en", **more)


def found(words: str, *, kind: IndexKind = "passages") -> set[int]:
    """Return the ids of rows found by any of the words, once all writes are visible."""
    tokens = index_tokens(read(words, language="en"))
    wanted = tuple(WeightedToken(field, token) for field in tokens for token in tokens[field].split())
    get_backend().refresh(kind)
    return {int(hit.id) for hit in get_backend().search(kind, Query(wanted), limit=1_000).hits}


def acknowledged() -> dict[int, int]:
    return dict(Passage.objects.values_list("pk", "indexed_version"))


def test_a_documents_passages_are_found_once_indexed_and_are_acknowledged(
    backend: SearchBackend, document: Document
) -> None:
    ferry, captain = add_passages(document, "The ferry left.", "The captain waited.")
    index_document(document.pk)
    assert found("ferry") == {ferry.pk}
    assert found("captain") == {captain.pk}
    assert acknowledged() == {ferry.pk: 1, captain.pk: 1}


def test_indexing_again_is_no_error_and_changes_nothing(backend: SearchBackend, document: Document) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    index_passages([ferry.pk])
    index_passages([ferry.pk, ferry.pk])
    assert found("ferry") == {ferry.pk}
    assert sorted(backend.versions("passages")) == [(str(ferry.pk), 1)]


def test_a_retired_passage_is_not_found_any_more(backend: SearchBackend, document: Document) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    index_document(document.pk)
    Passage.objects.filter(pk=ferry.pk).update(retired=True, version=2)
    index_document(document.pk)
    assert found("ferry") == set()
    assert acknowledged() == {ferry.pk: 2}


def test_a_row_that_is_gone_from_the_database_is_gone_from_the_index_for_good(
    backend: SearchBackend, document: Document
) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    index_document(document.pk)
    late = passage_document(Passage.objects.select_related("document__outlet").get())
    ferry.delete()
    index_passages([int(late.id)])
    assert found("ferry") == set()
    assert backend.write("passages", [late]).stale == 1


def test_a_claim_is_found_by_its_words_its_summary_and_who_said_it(backend: SearchBackend) -> None:
    claimant = Claimant.objects.create(name="Olena Marchuk", kind=Claimant.Kind.PERSON)
    claim = add_claim("The ferry carried forty cars.", summary="Overloaded vessel", claimant=claimant)
    other = add_claim("The bridge is closed.")
    index_claims([claim.pk, other.pk])
    assert found("ferry", kind="claims") == {claim.pk}
    assert found("vessel", kind="claims") == {claim.pk}
    assert found("Olena Marchuk", kind="claims") == {claim.pk}
    assert found("bridge", kind="claims") == {other.pk}


def test_what_the_engine_could_not_take_now_is_not_acknowledged(
    settings: Settings, document: Document
) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    [ferry] = add_passages(document, "The ferry left.")
    with pytest.raises(SearchUnavailable):
        index_passages([ferry.pk])
    assert acknowledged() == {ferry.pk: 0}


@pytest.mark.parametrize(("retryable", "raised"), [(True, SearchUnavailable), (False, IndexRejected)])
def test_a_rejected_item_is_told_with_its_reason_and_the_others_are_acknowledged(
    backend: SearchBackend,
    document: Document,
    monkeypatch: pytest.MonkeyPatch,
    retryable: bool,
    raised: type[Exception],
) -> None:
    ferry, captain = add_passages(document, "The ferry left.", "The captain waited.")

    def write(kind: IndexKind, documents: list[IndexDocument], **_: Any) -> BulkOutcome:
        return BulkOutcome(1, 0, (RejectedItem(str(ferry.pk), "400 mapper_parsing: odd field", retryable),))

    monkeypatch.setattr(backend, "write", write)
    with pytest.raises(raised, match="odd field"):
        index_document(document.pk)
    assert acknowledged() == {ferry.pk: 0, captain.pk: 1}


def test_a_rebuild_holds_everything_reports_its_progress_and_acknowledges_what_waited(
    bare: SearchBackend, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    passages = add_passages(document, *(f"The ferry left port {number}." for number in range(10)))
    Passage.objects.filter(pk=passages[4].pk).update(retired=True, version=2)
    steps: list[tuple[int, int]] = []
    rebuilt = rebuild_index("passages", lambda done, rows: steps.append((done, rows)))
    assert (rebuilt.rows, rebuilt.rejected) == (9, ())
    assert steps == [(0, 9), (3, 9), (6, 9), (9, 9)]
    assert bare.generation("passages") == rebuilt.generation
    standing = {passage.pk for passage in passages} - {passages[4].pk}
    assert found("ferry") == standing
    assert {id for id, version in acknowledged().items() if version} == standing


def test_what_is_written_during_a_rebuild_is_in_the_new_index(
    backend: SearchBackend, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    passages = add_passages(document, *(f"The ferry left port {number}." for number in range(6)))
    index_document(document.pk)

    def change_rows(done: int, rows: int) -> None:
        # The first two rows have been read by now; the others have not.
        if done == 2:
            Passage.objects.filter(pk__in=[passages[0].pk, passages[5].pk]).update(retired=True, version=2)
            Passage.objects.filter(pk__in=[passages[1].pk, passages[4].pk]).update(text="A barge.", version=2)
            add_passages(document, "The ferry came late.")
            index_document(document.pk)
            assert found("ferry late") == {passages[2].pk, passages[3].pk, _newest()}

    rebuild_index("passages", change_rows)
    assert found("ferry late") == {passages[2].pk, passages[3].pk, _newest()}
    assert found("barge") == {passages[1].pk, passages[4].pk}
    assert find_and_repair_drift("passages") == Drift()


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(
    backend: SearchBackend, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    add_passages(document, *(f"The ferry left port {number}." for number in range(6)))
    index_document(document.pk)
    before = backend.generation("passages")

    def fail_half_way(done: int, rows: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_index("passages", fail_half_way)
    assert backend.generation("passages") == before
    assert len(found("ferry")) == 6
    assert rebuild_index("passages", lambda done, rows: None).rows == 6


def test_planted_damage_is_found_and_repaired(backend: SearchBackend, document: Document) -> None:
    """S7: 50 deleted, 50 with a wrong version (older and newer), 50 ghosts."""
    texts = [f"The ferry left port {number}." for number in range(300)]
    ids = [passage.pk for passage in add_passages(document, *texts)]
    Passage.objects.update(version=5)
    index_document(document.pk)
    deleted, older, newer = ids[:50], ids[50:75], ids[75:100]
    ghosts = [max(ids) + 10_000 + number for number in range(49)]
    backend.forget("passages", [str(id) for id in (*deleted, *older)])
    backend.write(
        "passages",
        [IndexDocument(str(id), 2, {"terms": "damaged"}) for id in older]
        + [IndexDocument(str(id), 9, {"terms": "damaged"}) for id in newer]
        + [IndexDocument(str(id), 1, {"terms": "damaged"}) for id in ghosts]
        + [IndexDocument("stray", 1, {"terms": "damaged"})],
    )
    drift = find_and_repair_drift("passages")
    assert set(drift.missing) == {str(id) for id in deleted}
    assert set(drift.outdated) == {str(id) for id in older}
    assert set(drift.ahead) == {str(id) for id in newer}
    assert set(drift.ghosts) == {"stray", *(str(id) for id in ghosts)}
    assert len(drift.ids) == 150
    assert find_and_repair_drift("passages") == Drift()
    assert dict(backend.versions("passages")) == {str(id): 5 for id in ids}
    assert found("ferry") == set(ids)


def test_a_row_hidden_by_a_deletion_that_the_database_does_not_know_is_found_again(
    backend: SearchBackend, document: Document
) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    backend.write("passages", [IndexDocument(str(ferry.pk), 7, deleted=True)])
    assert find_and_repair_drift("passages") == Drift(missing=(str(ferry.pk),))
    assert found("ferry") == {ferry.pk}


def test_a_lost_index_is_rebuilt(bare: SearchBackend, document: Document) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    assert find_and_repair_drift("passages") == Drift(lost=True)
    assert found("ferry") == {ferry.pk}


def test_the_command_rebuilds_both_kinds_and_says_what_it_did(
    bare: SearchBackend, document: Document
) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    claim = add_claim("The ferry left late.")
    out = StringIO()
    call_command("reindex", stdout=out)
    assert "passages: 1 rows" in out.getvalue()
    assert "claims: 1 rows" in out.getvalue()
    assert found("ferry") == {ferry.pk}
    assert found("ferry", kind="claims") == {claim.pk}


def test_the_command_rebuilds_only_what_is_asked_for_or_missing(
    bare: SearchBackend, document: Document
) -> None:
    call_command("reindex", kind="claims", verbosity=0)
    before = bare.generation("claims")
    call_command("reindex", missing=True, verbosity=0)
    assert bare.generation("claims") == before
    assert bare.generation("passages") == 1


def test_the_command_repairs_only_what_differs(backend: SearchBackend, document: Document) -> None:
    ferry, captain = add_passages(document, "The ferry left.", "The captain waited.")
    index_passages([captain.pk])
    before = backend.generation("passages")
    out = StringIO()
    call_command("reindex", kind="passages", repair=True, stdout=out)
    assert "1 missing, 0 outdated" in out.getvalue()
    assert backend.generation("passages") == before
    assert found("ferry captain") == {ferry.pk, captain.pk}


def test_the_command_says_when_the_engine_is_away(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="not available"):
        call_command("reindex")


def test_reading_many_rows_takes_as_many_queries_as_reading_one(
    document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    passages = [passage.pk for passage in add_passages(document, "One ferry.", "Two ferries.", "No ferry.")]
    claims = [add_claim(f"Ferry {number} left.").pk for number in range(3)]
    with django_assert_num_queries(1):
        assert len(index_documents("passages", passages)) == 3
    with django_assert_num_queries(2):
        assert len(index_documents("claims", claims)) == 3


def test_a_passage_carries_its_language_document_and_outlet_as_filters(document: Document) -> None:
    [ferry] = add_passages(document, "The ferry left.")
    assert passage_document(ferry).filters == {
        "language": "en",
        "document": str(document.pk),
        "outlet": str(document.outlet_id),
    }


def test_a_passage_is_read_as_of_the_day_of_its_document_where_its_outlet_is(document: Document) -> None:
    # In Kyiv it is 01:30 on the 5th by then, so yesterday is the 4th.
    document.published_at = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    document.save()
    [ferry] = add_passages(document, "The ferry left yesterday.")
    [left] = read_passage(ferry).times
    assert left.start == datetime(2026, 5, 3, 21, tzinfo=UTC)


def test_a_bare_date_and_a_misspelt_zone_do_not_stop_the_reading(document: Document) -> None:
    Document.objects.update(published_at=None, published_on=date(2026, 5, 4))
    Outlet.objects.update(zone="Europe/Nowhere")
    add_passages(document, "The ferry left yesterday.")
    [left] = read_passage(Passage.objects.select_related("document__outlet").get()).times
    assert left.start == datetime(2026, 5, 3, tzinfo=UTC)


def test_a_claim_is_read_in_the_zone_of_the_article_it_was_made_in() -> None:
    claim = add_claim("The ferry left yesterday.", made_on=date(2026, 5, 4))
    article = Article.objects.create(desk=claim.desk, title="Ports", zone="Asia/Tokyo")
    Appearance.objects.create(claim=claim, article=article, exact="The ferry left yesterday.")
    [left] = read_claim(claim).times
    assert left.start == datetime(2026, 5, 2, 15, tzinfo=UTC)


def _newest() -> int:
    return Passage.objects.order_by("-pk").values_list("pk", flat=True)[0]
