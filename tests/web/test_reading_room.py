"""The layout of an article: its pieces are its text, marks stand on the words, times say their zone."""

from __future__ import annotations

from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from claims.models import Appearance, Article, Update
from claims.selectors.article_parts import parts_of
from claims.selectors.reading_room import Mark, find_quotation, lay_out


def _said(text: str, exact: str, **fields: object) -> Appearance:
    start = text.index(exact)
    columns: dict[str, object] = {"start": start, "end": start + len(exact), "exact": exact}
    return Appearance(**(columns | fields))


@given(
    some.text(alphabet="ab \n…🛳й", max_size=60),
    some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), max_size=5),
    some.lists(some.tuples(some.integers(0, 60), some.integers(0, 30)), max_size=4),
)
def test_the_pieces_of_a_paragraph_are_its_stretch_of_the_text(
    text: str, marks: list[tuple[int, int]], updates: list[tuple[int, int]]
) -> None:
    posts = [
        Update(ordinal=n, start=start, body_start=start, end=start + length)
        for n, (start, length) in enumerate(updates)
    ]
    suggestions = [
        Mark(start, min(start + length, len(text))) for start, length in marks if start < len(text)
    ]
    room = lay_out(text, posts, [], suggestions)
    shown = set()
    for stretch in room.stretches:
        for paragraph in stretch.paragraphs:
            assert "".join(piece.text for piece in paragraph.pieces) == text[paragraph.start : paragraph.end]
            shown.update(range(paragraph.start, paragraph.end))
    lines = [place for place, character in enumerate(text) if not character.isspace()]
    assert shown.issuperset(lines)


def test_the_heading_of_an_undated_section_is_shown_as_its_title() -> None:
    text = "Who is there\n\nTwo mayors."
    section = Update(kind=Update.Kind.SECTION, title="Who is there", start=0, body_start=14, end=len(text))
    heading, words = lay_out(text, [section], []).stretches[0].paragraphs
    assert (heading.is_title, text[heading.start : heading.end]) == (True, "Who is there")
    assert not words.is_title


def test_a_claim_is_marked_even_where_a_suggestion_overlaps_it() -> None:
    text = "Four tugs came in. Two left."
    room = lay_out(text, [], [_said(text, "Four tugs came in")], [Mark(0, 18), Mark(19, 28)])
    assert [mark.start for mark in room.suggested] == [19]
    pieces = room.stretches[0].paragraphs[0].pieces
    assert [(piece.text, piece.mark is not None) for piece in pieces] == [
        ("Four tugs came in", True),
        (". ", False),
        ("Two left.", True),
    ]


def test_of_nested_quotations_the_shorter_one_shows() -> None:
    text = "Four tugs came in that morning."
    whole, inner = _said(text, "Four tugs came in that morning"), _said(text, "Four tugs")
    pieces = lay_out(text, [], [whole, inner]).stretches[0].paragraphs[0].pieces
    assert [(piece.text, piece.mark and piece.mark.appearance) for piece in pieces][:2] == [
        ("Four tugs", inner),
        (" came in that morning", whole),
    ]


def test_a_quotation_is_found_again_after_the_text_grew() -> None:
    old = "Four tugs came in."
    said = _said(old, "Four tugs")
    room = lay_out("Update at noon.\n\n" + old, [], [said])
    assert not room.lost
    assert room.stretches[0].paragraphs[1].pieces[0].text == "Four tugs"


def test_a_quotation_that_is_gone_is_told() -> None:
    said = _said("Four tugs came in.", "Four tugs")
    assert lay_out("Five tugs came in.", [], [said]).lost == (said,)


def test_of_equal_words_the_ones_in_their_surroundings_are_found() -> None:
    text = "two left, two came"
    assert find_quotation(text, "two", prefix=", ", suffix=" came") == 10
    assert find_quotation(text, "two", near=9) == 10
    assert find_quotation(text, "three") is None


def test_the_page_says_whose_zone_was_assumed(article: Article, jonas: Client) -> None:
    page = jonas.get(article.get_absolute_url()).content.decode()
    assert "Times without a zone: outlet" in page
    assert "Europe/Kyiv" in page
    assert 'data-utc="' in page


def test_the_printed_time_is_left_to_the_rail_and_the_title_is_a_heading() -> None:
    text = "14:05\n\nTalks go on\n\nThey lasted three hours."
    post = Update(ordinal=1, kind="post", title="Talks go on", start=0, body_start=7, end=len(text))
    (stretch,) = lay_out(text, [post], []).stretches
    assert [(paragraph.pieces[0].text, paragraph.is_title) for paragraph in stretch.paragraphs] == [
        ("Talks go on", True),
        ("They lasted three hours.", False),
    ]


@given(
    some.text(alphabet="ab \n…й", max_size=80),
    some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), max_size=5),
    some.integers(1, 30),
)
def test_the_parts_of_a_text_show_together_what_the_whole_shows(
    text: str, updates: list[tuple[int, int]], size: int
) -> None:
    posts = [
        Update(ordinal=n, kind="post", start=start, body_start=start, end=start + length)
        for n, (start, length) in enumerate(updates)
        if start + length <= len(text)
    ]

    def shown(window: tuple[int, int] | None) -> list[int]:
        room = lay_out(text, posts, [], window=window)
        return [
            place
            for stretch in room.stretches
            for paragraph in stretch.paragraphs
            for place in range(paragraph.start, paragraph.end)
            if not text[place].isspace()
        ]

    parts = [shown((part.start, part.end)) for part in parts_of(text, posts, size)]
    assert [place for part in parts for place in part] == shown(None)


def test_words_that_are_gone_are_not_marked_where_another_update_says_the_same() -> None:
    text = "Four tugs came in. Two left."
    said = _said(text, "Four tugs", words_state="gone")
    room = lay_out(text, [], [said])
    assert room.lost == (said,)
    assert all(piece.mark is None for piece in room.stretches[0].paragraphs[0].pieces)
