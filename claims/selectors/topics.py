"""Topics as they are offered: all of them, those a claim's words speak of, and those readers find checks by."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from claims.language.lexicon import current_lexicon
from claims.language.reading import read
from claims.language.readings import LANGUAGES
from claims.models import Claim, Topic
from claims.rules.topics import slugs_of
from claims.selectors.publications import public_publications


def suggested_topics(claim: Claim) -> list[str]:
    """Return the slugs that the words of ``claim`` speak of by the lexicon, the commonest first."""
    language = claim.language if claim.language in LANGUAGES else None
    concepts = current_lexicon().concepts
    met = {found.concept for found in read(claim.text, language=language).concepts}
    return slugs_of(concepts[concept].topic for concept in sorted(met) if concept in concepts)


def topic_choices() -> list[tuple[str, str]]:
    """Return (slug, name in the language of the page) of every topic, by name. One query."""
    return [(topic.slug, str(topic)) for topic in _by_name(Topic.objects.all())]


def topics_around(claim: Claim) -> tuple[list[tuple[str, str]], list[Topic]]:
    """Return the choices, as ``topic_choices``, and the topics that ``claim`` is sorted into. One query."""
    sorted_into = Claim.topics.through.objects.filter(topic_id=OuterRef("pk"), claim_id=claim.pk)
    rows = _by_name(Topic.objects.annotate(is_chosen=Exists(sorted_into)))
    chosen = [topic for topic in rows if topic.is_chosen]  # type: ignore[attr-defined]
    return [(topic.slug, str(topic)) for topic in rows], chosen


def topics_with_checks() -> list[Topic]:
    """Return the topics that at least one public check is about, by name. One query."""
    public = public_publications().filter(claim__topics=OuterRef("pk")).order_by()
    return _by_name(Topic.objects.filter(Exists(public)))


def topics_of(claim_id: int) -> list[Topic]:
    """Return the topics of one claim, by name. One query."""
    return _by_name(Topic.objects.filter(claims=claim_id))


def _by_name(topics: Iterable[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: str(topic).casefold())
