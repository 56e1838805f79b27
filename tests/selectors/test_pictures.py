"""Evidence as a picture: figures and times on one axis, quoted words side by side, and only what was read."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from claims.models import Claim, Document, Evidence, Passage
from claims.selectors.claims import claim_for
from claims.selectors.evidence import UNFOLDED, by_stance
from claims.selectors.plots import MOST_TICKS, ROWS_SHOWN, Axis, Mark, PlotRow, group_rows
from claims.selectors.quotation_variants import Variants, differences, quotation_variants
from claims.selectors.range_plot import range_plot
from claims.selectors.timeline import timeline
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]


def _figure(low: float | None, high: float | None, unit: str, comparator: str = "=") -> dict[str, object]:
    return {"low": low, "high": high, "unit": unit, "comparator": comparator, "of": "", "span": [0, 1]}


def _compared(
    newsroom: Newsroom, claim: Claim, stance: str, origin: str, passage: dict[str, object]
) -> Evidence:
    piece = newsroom.evidence(claim, stance, origin=origin)
    agreement = "same" if stance == "supports" else "different"
    piece.figures = [{"claim": _figure(6480, 7920, "s", "≈"), "passage": passage, "agreement": agreement}]
    piece.save()
    return piece


def _told(
    newsroom: Newsroom,
    claim: Claim,
    stance: str,
    text: str,
    *,
    origin: str,
    language: str = "en",
    zone: str = "",
    settles: str = "",
    reasons: tuple[str, ...] = (),
    on: date = date(2026, 3, 4),
) -> Evidence:
    """Evidence whose passage says ``text``; ``settles`` are the words that settle the claim, all if none."""
    piece = newsroom.evidence(claim, stance, origin=origin)
    document = piece.passage.document
    type(document.outlet).objects.filter(pk=document.outlet_id).update(zone=zone)
    Document.objects.filter(pk=document.pk).update(text=text, title="", language=language, published_on=on)
    Passage.objects.filter(pk=piece.passage_id).update(text=text, end=len(text))
    start = text.index(settles) if settles else 0
    Evidence.objects.filter(pk=piece.pk).update(
        start=start,
        end=start + len(settles or text),
        reasons=[{"code": code, "details": {}} for code in reasons],
    )
    return Evidence.objects.select_related("passage__document__outlet", "passage__kept_reading").get(
        pk=piece.pk
    )


def _loaded(newsroom: Newsroom, claim: Claim) -> Claim:
    found = claim_for([newsroom.desk.pk], claim.pk)
    assert found is not None
    return found


# --- Figures ------------------------------------------------------------------------------------------


def test_the_plot_puts_every_origin_on_the_claims_axis(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    plot = range_plot(
        [
            _compared(newsroom, claim, "contradicts", "wire", _figure(20400, 21600, "s", "range")),
            _compared(newsroom, claim, "supports", "log", _figure(7200, 7200, "s")),
            _compared(newsroom, claim, "contradicts", "far", _figure(9e6, 9e6, "s")),
            _compared(newsroom, claim, "supports", "open", _figure(3600, None, "s", ">")),
        ]
    )
    assert plot is not None
    assert [row.name for row in plot.rows] == ["open", "log", "wire", "far"]
    opened, log, wire, far = plot.rows
    assert (opened.mark.open_high, opened.mark.end) == (True, 100)
    own = plot.claim.mark
    assert own.start <= log.mark.start <= own.end < wire.mark.start < far.mark.start
    assert (far.mark.open_high, far.mark.end) == (True, 100)
    assert log.mark.is_point
    assert not wire.mark.is_point
    assert [tick.label for tick in plot.ticks] == ["0", "3 h", "6 h", "9 h", "12 h"]


def test_rejected_evidence_and_other_measures_stay_out_of_the_plot(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    kept = _compared(newsroom, claim, "supports", "log", _figure(7200, 7200, "s"))
    rejected = _compared(newsroom, claim, "supports", "gone", _figure(7200, 7200, "s"))
    rejected.state = "rejected"
    bare = newsroom.evidence(claim, "context", origin="none")
    plot = range_plot([kept, rejected, bare])
    assert plot is not None
    assert [row.name for row in plot.rows] == ["log"]
    assert range_plot([bare, rejected]) is None


def test_reprints_are_folded_into_their_origin(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    plot = range_plot(
        [_compared(newsroom, claim, "supports", "wire", _figure(7200, 7200, "s")) for _reprint in range(3)]
    )
    assert plot is not None
    assert [(row.name, row.documents) for row in plot.rows] == [("wire", 3)]


@given(
    some.floats(-1e12, 1e12),
    some.floats(-1e12, 1e12),
    some.lists(some.one_of(some.none(), some.floats(-1e15, 1e15)), min_size=2, max_size=2),
)
def test_a_mark_never_leaves_its_axis(one: float, other: float, bounds: list[float | None]) -> None:
    low, high = sorted((one, other + 1)) if one != other + 1 else (one, one + 1)
    known = sorted(bound for bound in bounds if bound is not None)
    start, end = (None, None) if not known else (known[0], known[-1])
    mark = Axis(low, high).mark(start, end)
    assert 0 <= mark.start <= mark.end <= 100
    assert mark.open_low == (start is None or start < low)


def test_ticks_are_round_and_few(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="count")
    piece.figures = [
        {"claim": _figure(15, None, "count", ">"), "passage": _figure(20, 20, "count"), "agreement": "same"}
    ]
    plot = range_plot([piece])
    assert plot is not None
    assert [tick.label for tick in plot.ticks] == ["0", "5", "10", "15", "20"]
    assert len(plot.ticks) <= MOST_TICKS + 1


def test_rows_beyond_what_fits_are_counted() -> None:
    rows = [PlotRow(f"o{n}", "context", "1", Mark(n, n)) for n in range(ROWS_SHOWN + 2)]
    (group,) = group_rows(rows)
    assert (len(group.rows), group.more) == (ROWS_SHOWN, 2)


# --- Times --------------------------------------------------------------------------------------------


def _ferry(newsroom: Newsroom) -> Claim:
    text = "The ferry left the pier on 4 March at 10:00 Kyiv time."
    return _loaded(newsroom, newsroom.claim(text=text, kind="date", made_on=date(2026, 3, 4)))


def test_hours_of_every_zone_stand_at_their_one_moment(newsroom: Newsroom) -> None:
    claim = _ferry(newsroom)
    moscow = "Паром отошёл 4 марта в 11:00 по московскому времени."
    plot = timeline(
        claim,
        [
            _told(newsroom, claim, "supports", moscow, origin="port", language="ru", zone="Europe/Moscow"),
            _told(newsroom, claim, "contradicts", "It left at 10:30 Kyiv time on 4 March.", origin="crew"),
        ],
    )
    assert plot is not None
    port, crew = plot.rows
    assert port.mark == plot.claim.mark
    assert port.note == plot.claim.note == "4 Mar 2026, 10:00"
    assert crew.mark.start > port.mark.start
    assert crew.mark.is_point
    assert port.says in moscow


def test_a_bare_date_is_drawn_as_its_whole_day(newsroom: Newsroom) -> None:
    claim = _ferry(newsroom)
    plot = timeline(
        claim,
        [_told(newsroom, claim, "supports", "The ferry left on 4 March.", origin="a", zone="Europe/Kyiv")],
    )
    assert plot is not None
    (row,) = plot.rows
    assert row.note == "4 Mar 2026"
    assert row.mark.start < plot.claim.mark.start < row.mark.end
    assert not row.mark.open_low
    assert not row.mark.open_high


def test_only_times_that_settle_the_claim_are_drawn(newsroom: Newsroom) -> None:
    claim = _ferry(newsroom)
    text = "A crew came on 1 March. The ferry left on 4 March at 10:00."
    piece = _told(newsroom, claim, "supports", text, origin="a", settles="left on 4 March at 10:00")
    plot = timeline(claim, [piece])
    assert plot is not None
    assert ["10:00" in row.says for row in plot.rows] == [True]


def test_context_neither_stretches_the_axis_nor_stands_alone(newsroom: Newsroom) -> None:
    claim = _ferry(newsroom)
    other = _told(
        newsroom, claim, "context", "Another ferry left on 9 March.", origin="b", reasons=("days_different",)
    )
    apart = _told(newsroom, claim, "context", "On 4 March it rained.", origin="c", reasons=("other_matter",))
    assert timeline(claim, [other, apart]) is None
    own = _told(newsroom, claim, "supports", "It left at 10:00 on 4 March.", origin="a")
    plot = timeline(claim, [own, other, apart])
    assert plot is not None
    assert [row.name for row in plot.rows] == ["a"]


def test_a_claim_without_a_time_has_no_timeline(newsroom: Newsroom) -> None:
    claim = _loaded(newsroom, newsroom.claim(text="The ferry is white.", made_on=None))
    assert timeline(claim, [_told(newsroom, claim, "supports", "White on 4 March.", origin="a")]) is None


def test_ticks_keep_to_the_round_hours_of_the_desk_over_a_clock_change(newsroom: Newsroom) -> None:
    text = "The ferry sailed from 28 March to 29 March 2026."
    claim = _loaded(newsroom, newsroom.claim(text=text, kind="date", made_on=date(2026, 3, 30)))
    piece = _told(newsroom, claim, "supports", "It sailed on 28 March.", origin="a", on=date(2026, 3, 30))
    plot = timeline(claim, [piece])
    assert plot is not None
    assert {tick.label for tick in plot.ticks} <= {"28 Mar", "29 Mar", "30 Mar", "06:00", "12:00", "18:00"}
    assert len(plot.ticks) > 1
    with translation.override("uk"):
        told = timeline(claim, [piece])
    assert told is not None
    assert told.claim.note == "28 березня 2026 – 29 березня 2026"


def test_a_time_far_off_is_an_arrow_at_the_edge(newsroom: Newsroom) -> None:
    claim = _ferry(newsroom)
    far = _told(newsroom, claim, "contradicts", "The ferry left on 4 March 2019 at 10:00.", origin="old")
    plot = timeline(claim, [far])
    assert plot is not None
    (row,) = plot.rows
    assert (row.mark.open_low, row.mark.end) == (True, 0)


# --- Words --------------------------------------------------------------------------------------------


def _quoted(newsroom: Newsroom, *pieces: tuple[str, str, str, str]) -> Variants | None:
    """Hold (stance, language, origin, text) against a claim that quotes the harbour master."""
    text = "“Nobody will unload a ship tonight,” said the harbour master."
    claim = _loaded(newsroom, newsroom.claim(text=text, kind="quote"))
    return quotation_variants(
        claim,
        [
            _told(newsroom, claim, stance, words, origin=origin, language=language)
            for stance, language, origin, words in pieces
        ],
    )


def test_the_differing_words_of_a_variant_are_marked(newsroom: Newsroom) -> None:
    variants = _quoted(
        newsroom, ("contradicts", "en", "wire", "“Somebody will unload a ship tonight,” he told reporters.")
    )
    assert variants is not None
    assert variants.words == "Nobody will unload a ship tonight"
    (row,) = variants.rows
    assert row.is_compared
    assert [part.text for part in row.parts if part.change == "missing"] == ["Nobody"]
    assert [part.text for part in row.parts if part.change == "added"] == ["Somebody"]
    assert (
        "".join(part.text for part in row.parts if part.change != "missing")
        .strip()
        .startswith("Somebody will")
    )


def test_another_quotation_of_the_same_page_is_no_variant(newsroom: Newsroom) -> None:
    variants = _quoted(
        newsroom,
        ("supports", "en", "wire", "“Nobody will unload a ship tonight,” he said. “We want our wages paid.”"),
    )
    assert variants is not None
    (row,) = variants.rows
    assert "wages" not in "".join(part.text for part in row.parts)
    assert all(part.change == "" for part in row.parts)


def test_words_of_another_language_and_retold_words_are_shown_unmarked(newsroom: Newsroom) -> None:
    variants = _quoted(
        newsroom,
        ("supports", "uk", "gazette", "«Ніхто не розвантажить корабель сьогодні», — сказав капітан порту."),
        ("supports", "en", "radio", "The harbour master said that no ship would be unloaded tonight."),
    )
    assert variants is not None
    foreign, retold = variants.rows
    assert (foreign.is_quoted, foreign.is_compared, foreign.language) == (True, False, "uk")
    assert (retold.is_quoted, retold.is_compared) == (False, False)
    assert not variants.has_compared


def test_the_same_words_of_one_origin_are_one_variant(newsroom: Newsroom) -> None:
    words = "“Nobody will unload a ship tonight,” he said."
    variants = _quoted(newsroom, ("supports", "en", "wire", words), ("supports", "en", "wire", words))
    assert variants is not None
    assert [row.documents for row in variants.rows] == [2]


def test_a_claim_that_quotes_nobody_has_no_variants(newsroom: Newsroom) -> None:
    claim = _loaded(newsroom, newsroom.claim())
    piece = _told(newsroom, claim, "supports", "“Four tugs came in this morning,” he said.", origin="a")
    assert quotation_variants(claim, [piece]) is None


@given(some.text(alphabet="ab ’.\nй", max_size=40), some.text(alphabet="ab ’.\nй", max_size=40))
def test_the_parts_of_a_variant_hold_every_character_that_was_given(claimed: str, given_words: str) -> None:
    parts = differences(claimed, given_words)
    assert "".join(part.text for part in parts if part.change != "missing") == given_words


# --- Folding ------------------------------------------------------------------------------------------


def test_a_long_list_is_folded_after_its_first_origins_and_context_whole(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    pieces = [
        newsroom.evidence(claim, stance, origin=f"{stance} {n}")
        for stance in ("supports", "context")
        for n in range(UNFOLDED + 2)
    ]
    supports, contradicts, context = by_stance(pieces)
    assert (len(supports.unfolded), len(supports.folded)) == (UNFOLDED, 2)
    assert (contradicts.unfolded, contradicts.folded) == ((), ())
    assert (len(context.unfolded), len(context.folded)) == (0, UNFOLDED + 2)
