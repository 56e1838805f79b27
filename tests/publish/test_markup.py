"""The markup of published checks, read by others' tools: PyLD expands it, pyshacl holds it against the tables.

The context is inline, and no tool here fetches anything.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from claims.publish.claimreview import MARKUP_VERSION, claim_review
from claims.rules.hashing import sha256_of
from tests.publish.markup_cases import CASES, NAMES, golden, markup_of

jsonld = pytest.importorskip("pyld.jsonld")
pyshacl = pytest.importorskip("pyshacl")
rdflib = pytest.importorskip("rdflib")

SHAPES = Path(__file__).parents[1] / "samples" / "claimreview_shapes.ttl"
#: schema.org's own context in short: its vocabulary, and which properties hold addresses.
_ADDRESSES = ("url", "sameAs", "archivedAt", "sdLicense")
CONTEXT = {"@vocab": "https://schema.org/", **{name: {"@type": "@id"} for name in _ADDRESSES}}


def _expanded(markup: Any) -> Any:
    """Return ``markup`` with the inline context in place of the named one."""
    markups = copy.deepcopy(markup if isinstance(markup, list) else [markup])
    for each in markups:
        assert each["@context"] == "https://schema.org"
        each["@context"] = CONTEXT
    return markups


def _graph(markup: Any) -> Any:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
    graph = rdflib.Graph()
    for each in _expanded(markup):
        graph.parse(data=jsonld.normalize(each, options), format="nt")
    return graph


def _held_against_the_shapes(markup: Any) -> tuple[bool, str]:
    conforms, _report, words = pyshacl.validate(_graph(markup), shacl_graph=str(SHAPES), advanced=False)
    return conforms, words


def test_another_markup_has_another_version() -> None:
    """Dossiers are held against the version that wrote them: whoever changes the markup raises it and adds its
    line here."""
    known = {1: "f261bc92587b6f6dd2fca03bc456a94fdf78178f580a7ff19054109cd9bc997a"}
    looked_at = ("correction", "person", "several_appearances_and_claimants", "text_only_rating")
    assert known[MARKUP_VERSION] == sha256_of([claim_review(CASES[name]) for name in looked_at])


@pytest.mark.parametrize("name", NAMES)
def test_the_markup_is_what_the_golden_file_holds(name: str) -> None:
    assert markup_of(name) == golden(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_markup_is_lost_when_it_is_expanded(name: str) -> None:
    for each in _expanded(golden(name)):
        (node,) = jsonld.expand(each)
        assert {key.removeprefix("https://schema.org/") for key in node} == set(each) - {"@context"}


@pytest.mark.parametrize("name", NAMES)
def test_the_markup_conforms_to_the_tables(name: str) -> None:
    conforms, words = _held_against_the_shapes(golden(name))
    assert conforms, words


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("claimReviewed", None),
        ("url", None),
        ("reviewRating.alternateName", None),
        ("reviewRating.ratingValue", 6),
        ("reviewRating.worstRating", 0),
        ("reviewRating.bestRating", None),
        ("itemReviewed.author.name", "Unknown"),
        ("itemReviewed.datePublished", "11 May"),
        ("itemReviewed.firstAppearance.url", None),
        ("datePublished", "2026-05-14"),
        ("author", None),
    ],
)
def test_the_shapes_notice_what_is_wrong(path: str, value: object) -> None:
    markup = golden("person")
    *way, last = path.split(".")
    node = markup
    for step in way:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    conforms, _words = _held_against_the_shapes(markup)
    assert not conforms


def test_a_retraction_is_no_claim_review() -> None:
    told = golden("retraction")
    assert told["@type"] == "CreativeWork"
    assert told["creativeWorkStatus"] == "Retracted"
    assert told["@id"] == golden("person")["@id"]
    assert "reviewRating" not in told


def test_a_claim_about_a_video_is_reviewed_as_media_too() -> None:
    claim, media = golden("video")
    assert (claim["@type"], media["@type"]) == ("ClaimReview", "MediaReview")
    assert media["itemReviewed"]["@type"] == "VideoObject"


def test_other_claimants_repeat_the_author_and_other_places_the_appearance() -> None:
    claim = golden("several_appearances_and_claimants")["itemReviewed"]
    assert [author["name"] for author in claim["author"]] == ["Halyna Bondar", "Port Union"]
    assert len(claim["appearance"]) == 2


def test_the_dates_of_claim_and_check_are_kept_apart_in_every_case() -> None:
    for name in CASES:
        markup = golden(name)
        review = markup[0] if isinstance(markup, list) else markup
        assert review["datePublished"] != review["itemReviewed"].get("datePublished")
