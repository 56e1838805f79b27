"""Translations through a real local service: a claim's for searching, a passage's for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from claims.actions.evidence import retrieve
from claims.actions.indexing import index_passages
from claims.actions.refusals import Invalid, NotFound
from claims.actions.translation import (
    NotTranslated,
    ask_for_translation,
    translate_claim,
    translate_passage,
)
from claims.ingest.translation import LONGEST_TEXT
from claims.jobs import run
from claims.models import Document, Job, Outlet, Passage, PassageTranslation
from claims.rules.permissions import MACHINE, NotAllowed
from claims.search import get_backend, reset_backend
from claims.tasks import BODIES
from tests.ingest.libretranslate import LibreTranslate, libretranslate
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

LYNX = "A lynx was seen beside the reservoir."
LYNX_UK = "Біля водосховища бачили рись."


@pytest.fixture
def service(settings: LazySettings) -> Iterator[LibreTranslate]:
    with libretranslate() as running:
        settings.TRANSLATOR_URL = running.url
        yield running


@pytest.fixture
def index(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    reset_backend()
    settings.SEARCH_FOLDER = tmp_path
    get_backend().ensure()
    yield
    reset_backend()


def _passage(text: str, language: str) -> Passage:
    document = Document.objects.create(
        outlet=Outlet.objects.create(name=f"Outlet of {text[:20]}"),
        key=text[:60],
        title="",
        text=text,
        language=language,
        text_sha256="0" * 64,
    )
    return Passage.objects.create(document=document, ordinal=1, start=0, end=len(text), text=text)


def _asked(newsroom: Newsroom, passage: Passage, target: str = "en") -> PassageTranslation:
    return ask_for_translation(passage_id=passage.pk, target=target, actor=newsroom.actor("jonas"))


def _run_jobs() -> None:
    for job in Job.objects.filter(kind="translate_passage", state=Job.State.WAITING):
        assert run(job.pk, BODIES)


def test_a_reader_gets_a_passage_in_the_language_that_was_asked_for_and_it_is_kept(
    newsroom: Newsroom, service: LibreTranslate
) -> None:
    service.words[LYNX_UK, "en"] = LYNX
    passage = _passage(LYNX_UK, "uk")
    assert _asked(newsroom, passage).state == "waiting"
    _run_jobs()
    _asked(newsroom, passage)
    _run_jobs()
    kept = PassageTranslation.objects.get()
    assert (kept.state, kept.text, kept.target, kept.service) == ("ready", LYNX, "en", "127.0.0.1")
    assert Passage.objects.get(pk=passage.pk).text == LYNX_UK
    assert len(service.questions) == 1


def test_a_translation_that_is_made_twice_at_once_is_kept_once(
    newsroom: Newsroom, service: LibreTranslate
) -> None:
    waiting = _asked(newsroom, _passage(LYNX_UK, "uk"))
    translate_passage(waiting.pk)
    translate_passage(waiting.pk)
    assert len(service.questions) == 1


def test_a_passage_is_not_translated_for_strangers_nor_into_other_languages(
    newsroom: Newsroom, service: LibreTranslate
) -> None:
    passage, jonas = _passage(LYNX_UK, "uk"), newsroom.actor("jonas")
    with pytest.raises(NotAllowed):
        ask_for_translation(passage_id=passage.pk, target="en", actor=MACHINE)
    with pytest.raises(NotFound):
        ask_for_translation(passage_id=passage.pk + 1, target="en", actor=jonas)
    for target in ("", "de", "en\n", "other"):
        with pytest.raises(Invalid):
            _asked(newsroom, passage, target)
    with pytest.raises(Invalid, match="too long"):
        _asked(newsroom, _passage("о" * (LONGEST_TEXT + 1), "uk"))
    assert not Job.objects.exists()
    assert service.questions == []


def test_without_a_service_or_while_it_is_away_the_person_is_told_and_may_ask_again(
    newsroom: Newsroom, settings: LazySettings
) -> None:
    passage = _passage(LYNX_UK, "uk")
    settings.TRANSLATOR_URL = ""
    with pytest.raises(NotTranslated, match="set up"):
        _asked(newsroom, passage)
    with libretranslate() as gone:
        settings.TRANSLATOR_URL = gone.url
    _asked(newsroom, passage)
    _run_jobs()
    assert PassageTranslation.objects.get().state == "failed"
    with libretranslate() as back:
        settings.TRANSLATOR_URL = back.url
        _asked(newsroom, passage)
        _run_jobs()
    assert PassageTranslation.objects.get().state == "ready"
    settings.TRANSLATOR_URL = gone.url
    assert translate_claim(newsroom.claim(LYNX)) == ()


@pytest.mark.usefixtures("index")
def test_a_claim_finds_a_passage_by_its_translated_words_and_ranks_its_own_words_first(
    newsroom: Newsroom,
    service: LibreTranslate,
    settings: LazySettings,
) -> None:
    abroad, at_home = _passage("Рись бачили біля водосховища вчора.", "uk"), _passage(f"Yes: {LYNX}", "en")
    index_passages([abroad.pk, at_home.pk])
    get_backend().refresh("passages")
    claim = newsroom.claim(LYNX)
    service.words[LYNX, "uk"] = LYNX_UK
    assert [passage.pk for passage, _score in retrieve(claim)] == [at_home.pk, abroad.pk]
    assert {question["target"] for question in service.questions} == {"uk", "ru"}
    settings.TRANSLATOR_URL = ""
    alone = dict(retrieve(claim))
    assert at_home in alone
    settings.TRANSLATOR_URL = service.url
    assert dict(retrieve(claim))[abroad] > alone.get(abroad, 0.0)
