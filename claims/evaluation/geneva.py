"""A newsroom day: claims, sources in many languages, and what each source says about each claim.

Sources go through the code that documents and passages go through, into a throw-away index; claims through
the code that gathers evidence. A source stands where its best passage stands. Labels are read last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claims.corroboration.ranking import rank
from claims.evaluation.datasets import Row, language_of, published, read_rows
from claims.evaluation.metrics import count_class, mean, ndcg_at, recall_at
from claims.evaluation.report import Figures, Miss, Outcome
from claims.ingest.passages import split_passages
from claims.language.reading import read
from claims.language.readings import Reading
from claims.models import Document, Outlet, Passage
from claims.search import EngineName, throwaway_backend
from claims.search.base import SearchBackend
from claims.search.documents import passage_document
from claims.search.moments import noon_or_moment
from claims.search.retrieval import candidates, find_passages

_STANCES = {"supports": "supports", "contradicts": "contradicts"}
#: How far down the ranking an unlabelled source counts as one that must not be called anything.
JUDGED_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Source:
    """One source as the product would hold it; none of it is ever saved."""

    id: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All sources for one claim, best first, and the stance of each that was compared."""

    ranked: tuple[str, ...]
    stances: Mapping[str, str]


def evaluate_geneva(folder: Path, engine: EngineName) -> Outcome:
    """Return ``retrieval``, ``stance`` and, where there are perturbed claims, ``perturbed`` with both."""
    rows = read_rows(folder, "sources.jsonl")
    sources = _sources(rows)
    claims = read_rows(folder, "claims.jsonl")
    altered = read_rows(folder, "perturbed_claims.jsonl", required=False)
    as_of = _newsroom_day(rows)
    with throwaway_backend(engine) as backend:
        backend.write("passages", [passage_document(each) for source in sources for each in source.passages])
        backend.refresh("passages")
        answers = {row["id"]: _answer(backend, _read_claim(row, as_of), sources) for row in claims + altered}
    languages = {row["id"]: row.get("language", "other") for row in rows}
    traps = {(trap["claim_id"], row["id"]) for row in rows for trap in row.get("traps") or ()}
    labels = read_rows(folder, "labels.jsonl")
    asked = [row["id"] for row in claims]
    figures, misses = _judge(asked, labels, answers, languages, traps)
    if altered:
        mirrored = read_rows(folder, "perturbed_labels.jsonl", required=False)
        figures["perturbed"], more = _judge(
            [row["id"] for row in altered], mirrored, answers, languages, set()
        )
        misses += more
    return Outcome(figures, misses)


def _sources(rows: Sequence[Row]) -> list[Source]:
    sources: list[Source] = []
    number = 0
    for at, row in enumerate(rows, start=1):
        document = _document(at, row)
        passages: list[Passage] = []
        for cut in split_passages(document.text):
            number += 1
            passages.append(
                Passage(
                    pk=number,
                    document=document,
                    ordinal=cut.ordinal,
                    start=cut.start,
                    end=cut.end,
                    text=cut.text,
                )
            )
        sources.append(Source(row["id"], row.get("language", "other"), tuple(passages)))
    return sources


def _document(number: int, row: Row) -> Document:
    when = published(row)
    title = " ".join((row.get("title") or "").split())
    return Document(
        pk=number,
        outlet=Outlet(pk=number, name=row.get("outlet") or row["id"]),
        key=row["id"],
        title=title,
        text=f"{title}\n\n{row['text'].strip()}" if title else row["text"].strip(),
        language=language_of(row),
        published_at=when.at,
        published_on=when.on,
        date_estimated=bool(row.get("date_estimated")),
    )


def _newsroom_day(rows: Iterable[Row]) -> datetime | None:
    """Return the day by which nine tenths of the sources had come out: claims carry no date of their own."""
    moments = sorted(moment for row in rows if (moment := _moment_of(row)))
    return moments[(len(moments) - 1) * 9 // 10] if moments else None


def _moment_of(row: Row) -> datetime | None:
    when = published(row)
    return noon_or_moment(when.at, when.on, "UTC")


def _read_claim(row: Row, as_of: datetime | None) -> Reading:
    """Read a claim; one without a date is read as of the day that the sources are about."""
    return read(row["text"], language=language_of(row), published_at=_moment_of(row) or as_of)


def _answer(backend: SearchBackend, claim: Reading, sources: Sequence[Source]) -> Answer:
    by_id = {passage.pk: (source, passage) for source in sources for passage in source.passages}
    hits = dict(find_passages(backend, claim))
    order: dict[str, None] = {}
    stances: dict[str, str] = {}
    found = rank(claim, candidates([(by_id[id][1], score) for id, score in hits.items()]))
    # What the engine did not return was not found; its stance is wanted all the same, for it may be labelled.
    unfound = rank(
        claim, candidates([(passage, 0.0) for id, (_s, passage) in by_id.items() if id not in hits])
    )
    for entry in [*found, *unfound]:
        source = by_id[entry.id][0].id
        stances.setdefault(source, _STANCES.get(entry.comparison.stance, "neither"))
    for entry in found:
        order.setdefault(by_id[entry.id][0].id)
    return Answer(tuple(order), stances)


def _judge(
    asked: Sequence[str],
    labels: Sequence[Row],
    answers: Mapping[str, Answer],
    languages: Mapping[str, str],
    traps: Collection[tuple[str, str]],
) -> tuple[Figures, list[Miss]]:
    expected = {
        (row["claim_id"], row["source_id"]): str(row["label"]) for row in labels if row["claim_id"] in answers
    }
    figures: Figures = {"retrieval": _retrieval(asked, expected, answers, languages)}
    figures["stance"], misses = _stance(asked, expected, answers, traps)
    return figures, misses


def _retrieval(
    asked: Sequence[str],
    expected: Mapping[tuple[str, str], str],
    answers: Mapping[str, Answer],
    languages: Mapping[str, str],
) -> Figures:
    relevant: dict[str, set[str]] = defaultdict(set)
    contradicting: dict[str, set[str]] = defaultdict(set)
    for (claim, source), label in expected.items():
        if label in _STANCES:
            relevant[claim].add(source)
        if label == "contradicts":
            contradicting[claim].add(source)
    judged = [(answers[claim].ranked, relevant[claim]) for claim in asked if relevant[claim]]
    by_language: Figures = {}
    for language in sorted({languages[source] for sources in relevant.values() for source in sources}):
        pairs = [(ranked, {id for id in wanted if languages[id] == language}) for ranked, wanted in judged]
        by_language[language] = {
            "r20": mean(recall_at(ranked, wanted, 20) for ranked, wanted in pairs if wanted),
            "relevant": sum(len(wanted) for _ranked, wanted in pairs),
        }
    return {
        "ndcg10": mean(ndcg_at(ranked, wanted, 10) for ranked, wanted in judged),
        **{
            f"r{depth}": mean(recall_at(ranked, wanted, depth) for ranked, wanted in judged)
            for depth in (10, 20, 50)
        },
        "contradictions_r20": mean(
            recall_at(answers[claim].ranked, contradicting[claim], 20)
            for claim in asked
            if contradicting[claim]
        ),
        "claims": len(judged),
        "by_language": by_language,
    }


def _stance(
    asked: Sequence[str],
    expected: Mapping[tuple[str, str], str],
    answers: Mapping[str, Answer],
    traps: Collection[tuple[str, str]],
) -> tuple[Figures, list[Miss]]:
    pairs = set(expected) | {pair for pair in traps if pair[0] in asked}
    pairs |= {(claim, source) for claim in asked for source in answers[claim].ranked[:JUDGED_DEPTH]}
    called: list[tuple[str, str]] = []
    misses: list[Miss] = []
    for claim, source in sorted(pairs):
        answer = answers[claim].stances.get(source, "neither")
        wanted = _STANCES.get(expected.get((claim, source), ""), "neither")
        called.append((wanted, answer))
        if wanted != answer:
            misses.append(Miss("stance", f"{claim} {source}", f"{wanted}, called {answer}"))
    found = {stance: count_class(called, stance).f1 for stance in ("supports", "contradicts", "neither")}
    # Altered claims have nothing that supports them: a class that is never expected has no score to average.
    expected_classes = {wanted for wanted, _answer in called}
    figures = {
        **{f"f1_{stance}": f1 for stance, f1 in found.items()},
        "macro_f1": mean(f1 for stance, f1 in found.items() if stance in expected_classes),
        "false_contradictions": mean(
            float(answer == "contradicts") for wanted, answer in called if wanted != "contradicts"
        ),
        "pairs": len(called),
    }
    return figures, misses
