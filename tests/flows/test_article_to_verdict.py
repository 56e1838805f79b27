"""The whole journey of one claim, through the edges that people use: pages, review desk, feeds.

Only the worker is played by the test: it runs the very bodies of the jobs that the steps leave behind.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from claims import jobs
from claims.actions.first_people import create_first_people
from claims.models import Article, Claim, Desk, Evidence, Job, Passage, Person, Publication, Rating, Verdict
from claims.tasks import BODIES

LIVE_BLOG = """Council meeting on the ferry line: live

12:40

Session over

The session lasted about three hours, local radio reports.

11:05

Who is at the table

According to media reports, the shipowners' delegation exceeds 20 people.

9:30

The council and the shipowners met in Odesa on 3 March 2026 behind closed doors.
"""
SOURCES = [
    (
        "Harbour Gazette",
        "en",
        "The council session in Odesa on 3 March lasted about three hours, a clerk said.",
    ),
    (
        "Портовий вісник",
        "uk",
        "Засідання ради в Одесі 3 березня тривало близько трьох годин, повідомила секретарка.",
    ),
    (
        "Морская газета",
        "ru",
        "Заседание совета в Одессе 3 марта продолжалось пять часов, рассказал судовладелец.",
    ),
    ("Inland Post", "en", "A football match in Lviv on 3 March was watched by 9,000 people."),
]
JUSTIFICATION = (
    "Two outlets with reporters at the town hall, in two languages, put the session at about three hours. "
    "The minutes give the opening at half past nine and the close at half past twelve. One paper quotes a "
    "shipowner with five hours; he counts the wait before the doors opened."
)

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """Run every job that is due, as the worker would, until none is left."""
    for _round in range(10):
        due = list(Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True))
        if not due:
            return
        for job_id in due:
            jobs.run(job_id, BODIES)
    raise AssertionError(
        f"jobs that never end: {list(Job.objects.exclude(state='done').values('kind', 'last_error'))}"
    )


@pytest.fixture
def people(engine: None) -> dict[str, Client]:
    for login in create_first_people():
        Person.objects.filter(username=login.username).update(language="")
    clients = {}
    for person in Person.objects.all():
        client = Client()
        client.force_login(person)
        clients[person.username] = client
    return clients


def press(client: Client, claim: Claim, verb: str, **fields: Any) -> Any:
    """Press a button of the one-claim screen, with the versions that the person sees now."""
    answer = client.post(
        reverse("admin:claims_claim_step", kwargs={"claim_id": claim.pk, "verb": verb}), fields, follow=True
    )
    assert answer.status_code == 200, (verb, answer.status_code, answer.content.decode()[:2000])
    return answer


def test_a_claim_travels_from_a_live_blog_to_a_published_verdict(people: dict[str, Client]) -> None:
    journalist, reviewer, second = people["journalist"], people["reviewer"], people["reviewer2"]

    # 2. Take in an article by pasting it.
    answer = journalist.post(
        reverse("article_take_in"),
        {
            "way": "text",
            "text": LIVE_BLOG,
            "outlet": "Harbour Radio",
            "published_on": "2026-03-03",
            "zone": "Europe/Kyiv",
        },
        follow=True,
    )
    article = Article.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("article_detail", args=[article.pk])
    assert article.current is not None
    posts = article.current.updates.filter(kind="post")
    assert [post.printed_time for post in posts] == ["12:40", "11:05", "9:30"]
    assert next(post.moment.isoformat() for post in posts if post.moment) == "2026-03-03T10:40:00+00:00"

    # 3. Log a claim from selected words.
    text = article.current.text
    words = "The session lasted about three hours"
    start = text.index(words)
    place = {"start": start, "end": start + len(words)}
    form = journalist.get(reverse("log_from_article", args=[article.pk]), place)
    assert form.status_code == 200
    assert words in form.content.decode()
    answer = journalist.post(
        reverse("log_from_article", args=[article.pk]),
        place
        | {
            "text": "The council session in Odesa on 3 March lasted about three hours.",
            "summary": "The council session in Odesa lasted about three hours",
            "attribution": "local radio",
            "kind": "duration",
            "language": "en",
        },
        follow=True,
    )
    claim = Claim.objects.get()
    assert answer.redirect_chain[-1][0] == claim.get_absolute_url()
    assert claim.made_at is not None
    assert claim.appearances.get().printed_time == "12:40"

    # 4. Sources come in by import; the worker gathers.
    lines = "\n".join(
        json.dumps(
            {"outlet": outlet, "language": language, "published_at": "2026-03-03", "title": "", "text": words}
        )
        for outlet, language, words in SOURCES
    )
    upload = BytesIO(lines.encode())
    upload.name = "sources.jsonl"
    journalist.post(reverse("source_add"), {"way": "import", "file": upload}, follow=True)
    work()
    assert Passage.objects.count() == len(SOURCES)
    page = journalist.get(claim.get_absolute_url()).content.decode()
    found = {evidence.passage.document.outlet.name: evidence for evidence in Evidence.objects.all()}
    assert found["Harbour Gazette"].stance == "supports"
    assert found["Портовий вісник"].stance == "supports"
    assert found["Морская газета"].stance == "contradicts"
    assert "Inland Post" not in found
    assert "Портовий вісник" in page

    # 5. Review in the admin: take, weigh, record, submit; someone else approves; the publisher publishes.
    press(reviewer, claim, "take", seen_version=claim.version)
    for evidence in Evidence.objects.all():
        press(reviewer, claim, "accept", evidence=evidence.pk, seen_version=evidence.version, reason="")
    claim.refresh_from_db()
    press(reviewer, claim, "start", seen_version=claim.version, language="en")
    verdict = Verdict.objects.get()
    press(
        reviewer,
        claim,
        "save",
        verdict=verdict.pk,
        seen_version=verdict.version,
        rating=Rating.objects.get(key="mostly-true").pk,
        claim_reviewed="The council session in Odesa lasted about three hours",
        title="How long did the council sit?",
        summary="Minutes and two reporters agree on about three hours.",
        justification=JUSTIFICATION,
        citations=list(Evidence.objects.values_list("pk", flat=True)),
        except_E13="The dispatches came as a file from the archive.",
        **{"except_E12-primary": "The minutes are not public; two reporters were in the room."},
        then="submit",
    )
    verdict.refresh_from_db()
    assert verdict.state == "submitted"
    press(
        reviewer,
        claim,
        "approve",
        verdict=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
    )
    verdict.refresh_from_db()
    assert verdict.state == "submitted", "nobody approves what they recorded"
    press(
        second,
        claim,
        "approve",
        verdict=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
    )
    verdict.refresh_from_db()
    assert verdict.state == "approved"
    press(people["publisher"], claim, "publish", verdict=verdict.pk, seen_version=verdict.version)
    publication = Publication.objects.get()

    # 6. Published: page, markup, three feeds, and 304.
    anyone = Client()
    page = anyone.get(publication.get_absolute_url()).content.decode()
    markup = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S).group(1))  # type: ignore[union-attr]
    assert markup["@type"] == "ClaimReview"
    assert markup["claimReviewed"] == "The council session in Odesa lasted about three hours"
    assert "Морская газета" in page
    for name in ("feed_rss", "feed_atom"):
        feed = anyone.get(reverse(name))
        assert [entry.title for entry in feedparser.parse(feed.content).entries]
        assert anyone.get(reverse(name), headers={"if-none-match": feed["ETag"]}).status_code == 304
    entries = anyone.get(reverse("feed_json")).json()["items"]
    assert entries[0]["_claimreview"]["claimReviewed"] == markup["claimReviewed"]
    claim.refresh_from_db()
    assert claim.state == "concluded"


def test_the_same_quotation_is_one_claim_for_two_people(people: dict[str, Client]) -> None:
    for name in ("journalist", "editor"):
        people[name].post(
            reverse("article_take_in"),
            {"way": "text", "text": LIVE_BLOG, "outlet": "Harbour Radio", "published_on": "2026-03-03"},
        )
    article = Article.objects.order_by("pk")[0]
    assert article.current is not None
    start = article.current.text.index("The session lasted")
    place = {"start": start, "end": start + 36, "text": "The session lasted about three hours."}
    for name in ("journalist", "editor"):
        answer = people[name].post(reverse("log_from_article", args=[article.pk]), place, follow=True)
        assert answer.status_code == 200
    claim = Claim.objects.get()
    assert answer.redirect_chain[-1][0] == claim.get_absolute_url()
    assert Desk.objects.count() == 1
