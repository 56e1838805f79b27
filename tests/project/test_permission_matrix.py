"""The permission matrix: every route of the resolver × everybody who may knock × every method.

The newsroom is made once; each request is taken back when it was answered. What is expected stands in
``permission_matrix.py``; a route that is not declared there fails.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from claims import search
from claims.actions.articles import take_in_text
from claims.actions.comments import ask_colleague
from claims.actions.conflicts import declare_conflict
from claims.actions.correction_requests import request_correction
from claims.actions.publication import start_correction
from claims.actions.queue import release_claim, take_claim
from claims.actions.tokens import issue_token
from claims.actions.weighing import accept_evidence
from claims.admin import desk as review_desk
from claims.admin.people import STEPS as PERSON_STEPS
from claims.admin.steps import STEPS
from claims.jobs import enqueue
from claims.models import (
    Claim,
    ClaimEvent,
    Desk,
    Evidence,
    Export,
    Import,
    Job,
    Notice,
    Person,
    Publication,
    RatingScale,
    SavedFilter,
    Source,
    Subscription,
    Topic,
    Verdict,
)
from claims.rules.contacts import ContactOutcome
from claims.selectors.contacts import ChannelChoice
from claims.selectors.notice_letters import token_of
from tests.newsroom import Newsroom, open_newsroom
from tests.project.permission_matrix import PEOPLE, ROUTES, Audience
from tests.project.permission_matrix import STEPS as EXPECTED_STEPS

pytestmark = pytest.mark.django_db

READING = ("GET", "HEAD")
UNKNOWN = ("PUT", "PATCH", "DELETE", "OPTIONS")
#: What “refused” covers.
REFUSALS = {"door", "no", "missing", "method"}
DOORS = ("/sign-in/", "/admin/login/")
#: A button to press on each kind of page; that of a claim is “take”.
VERBS = {"person": "sign_out", "subscription": "disable"}
#: Ids that name nothing: none, negative, the first that no database holds, the last that it does, a way out.
BAD_IDS = ("0", "-1", str(2**63), str(2**63 - 1), "..%2f..%2f", "a", "1%00", "")


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield prefix + str(each.pattern)


#: The operations of the API have a table of their own.
OF_THE_API = re.compile(r"api/v1(alpha1)?/(?!openapi\.json$)")
ALL_PATTERNS = sorted(pattern for pattern in set(patterns(get_resolver())) if not OF_THE_API.match(pattern))
WITH_ID = [pattern for pattern in ALL_PATTERNS if re.search(r"<(int:\w+|path:object_id)>", pattern)]


Form = dict[str, object]


class Knock(RequestFactory):
    """Sends requests through all middleware. Django's client would copy the context of every template as well."""

    def __init__(self, *, enforces_csrf: bool = False) -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=enforces_csrf)

    def request(self, **environ: object) -> HttpResponse:
        return self.handler(self._base_environ(**environ))


@dataclass
class House:
    """The newsroom with everybody who knocks, and what the addresses name."""

    newsroom: Newsroom
    sessions: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    objects: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    pieces: dict[str, Evidence] = field(default_factory=dict)
    knock: Knock = field(default_factory=Knock)

    def ask(
        self, who: str, method: str, address: str, form: Form | None = None, knock: Knock | None = None
    ) -> tuple[HttpResponse, int]:
        """Send one request and take back what it wrote; return the answer and how much the history grew."""
        knock = knock or self.knock
        session = {settings.SESSION_COOKIE_NAME: self.sessions[who]} if who in self.sessions else {}
        knock.cookies = SimpleCookie(session | {settings.CSRF_COOKIE_NAME: "c" * 32})
        with transaction.atomic():
            before = ClaimEvent.objects.count()
            sent = knock.post(address, form or {}) if method == "POST" else knock.generic(method, address)
            grown = ClaimEvent.objects.count() - before
            transaction.set_rollback(True)
        return sent, grown

    def form(self, pattern: str) -> Form:
        return {name: value.format(**self.named) for name, value in ROUTES[pattern].form.items()}

    def address(self, pattern: str) -> str:
        """Return the address of the desk's own things below ``pattern``."""
        if pattern in ROUTES and ROUTES[pattern].address:
            return ROUTES[pattern].address
        model = re.match(r"admin/claims/(\w+)/", pattern)

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name == "object_id":
                assert model is not None
                return str(self.objects[model[1]])
            if name == "verb":
                return VERBS.get(model[1] if model else "", "take")
            return self.named[name]

        return "/" + re.sub(r"<\w+:(\w+)>", value, pattern)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: object) -> Iterator[House]:
    search.reset_backend()
    search.get_backend().ensure()
    # A translation is asked for by a job, so that nothing is sent there from here.
    settings.TRANSLATOR_URL = "http://127.0.0.1:9/"
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield _house()
        transaction.set_rollback(True)
    settings.TRANSLATOR_URL = ""
    search.reset_backend()


def _house() -> House:
    newsroom = open_newsroom()
    newsroom.join("edith", "editor")
    newsroom.join("dora", "reviewer")
    elsewhere = Desk.objects.create(name="Culture")
    newsroom.join("olha", "editor", "reviewer", "publisher", desk=elsewhere)
    Person.objects.exclude(pk=newsroom.people["jonas"].pk).update(is_staff=True)
    house = House(newsroom)
    names = {
        "journalist": "jonas",
        "editor": "edith",
        "reviewer": "remi",
        "recorder": "rita",
        "publisher": "pavlo",
        "auditor": "ada",
        "other desk": "olha",
        "disabled": "dora",
        "admin": "adam",
        "superuser": "root",
    }
    for who, name in names.items():
        client = Client()
        client.force_login(newsroom.people[name])
        house.sessions[who] = client.session.session_key or ""
        house.people[who] = newsroom.people[name]
    Person.objects.filter(pk=newsroom.people["dora"].pk).update(is_active=False)
    _work(house)
    _name(house)
    return house


def _work(house: House) -> None:
    """Bring one verdict to each state, as its people do, and leave its claim for anybody to take."""
    newsroom = house.newsroom
    house.claims["free"] = newsroom.claim()
    weighed = newsroom.weighed_claim()
    house.claims["held"] = weighed
    house.pieces["accepted"] = weighed.evidence.filter(state="accepted").first()  # type: ignore[assignment]
    house.claims["loose"] = loose = newsroom.claim("Rain fell all day.")
    house.pieces["found"] = newsroom.evidence(loose, "supports", origin="log")
    take_claim(claim_id=loose.pk, seen_version=loose.version, actor=newsroom.actor("rita"))
    house.pieces["decided"] = newsroom.evidence(loose, "supports", origin="agency")
    piece = house.pieces["decided"]
    accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=newsroom.actor("rita"))
    house.verdicts["draft"] = newsroom.draft()
    house.verdicts["submitted"] = newsroom.submitted()
    house.verdicts["approved"] = newsroom.approved()
    scheduled = newsroom.approved()
    house.verdicts["scheduled"] = newsroom.scheduled(scheduled, publish_at=timezone.now() + timedelta(days=1))
    house.objects["publication"] = newsroom.published().publication_id
    correcting = Publication.objects.get(pk=newsroom.published().publication_id)
    start_correction(
        publication_id=correcting.pk,
        seen_version=correcting.version,
        reason="A slip",
        actor=newsroom.actor("pavlo"),
    )
    house.objects["correcting"] = correcting.pk
    for claim in Claim.objects.filter(held_by__isnull=False).exclude(pk=weighed.pk):
        release_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))


def _name(house: House) -> None:
    newsroom, publication = house.newsroom, Publication.objects.get(pk=house.objects["publication"])
    article = take_in_text(
        desk_id=newsroom.desk.pk,
        text="10:40\n\nFour tugs entered the harbour.\n\n11:20\n\nOne of them left.",
        actor=newsroom.actor("jonas"),
        outlet="Harbour Live",
        title="A morning at the port",
        published=date(2026, 3, 4),
        zone="Europe/Kyiv",
    )
    reviewer = house.people["reviewer"]
    conflict = declare_conflict(person_id=reviewer.pk, topic="Ports", actor=newsroom.actor("remi"))
    token, _secret = issue_token(name="Archive", scopes=["read"], days=30, actor=newsroom.actor("remi"))
    piece = house.pieces["accepted"]
    saved = SavedFilter.objects.create(person=reviewer, desk=newsroom.desk, name="Mine", query="waiting=all")
    kept = SavedFilter.objects.create(
        person=reviewer, desk=newsroom.desk, place="claims", name="Counts", query="kind=count"
    )
    job = Job.objects.create(
        kind="gather_evidence",
        subject=1,
        state="dead",
        due_at="2026-03-01T00:00Z",
        created_at="2026-03-01T00:00Z",
    )
    outlet = piece.passage.document.outlet
    source = Source.objects.create(outlet=outlet, feed_url="https://wire.example.org/feed")
    subscription = Subscription.objects.create(
        name="Partner", url="https://partner.example.org/", salt="salt"
    )
    question = ask_colleague(
        claim_id=house.claims["held"].pk,
        words="Do you know the harbour master?",
        person_ids=[reviewer.pk],
        actor=newsroom.actor("jonas"),
    )
    run = Import.objects.create(desk=newsroom.desk, kind="checks", name="all.json", size=1)
    house.named = {
        "import_id": str(run.pk),
        "export_id": str(Export.objects.create(asked_by=house.people["auditor"], asked_at=timezone.now()).pk),
        "job_id": str(enqueue("gather_evidence", house.claims["held"].pk).pk),
        "token": token_of(reviewer.pk),
        "comment_id": str(question.pk),
        "notice_id": str(Notice.objects.get(person=reviewer, kind="mentioned").pk),
        "claim_id": str(house.claims["held"].pk),
        "evidence_id": str(piece.pk),
        "article_id": str(article.pk),
        "passage_id": str(piece.passage_id),
        "document_id": str(piece.passage.document_id),
        "verdict_id": str(house.verdicts["approved"].pk),
        "publication_id": str(publication.pk),
        "slug": publication.slug,
        "person_id": str(house.people["recorder"].pk),
        "conflict_id": str(conflict.pk),
        "token_id": str(token.pk),
        "filter_id": str(saved.pk),
        "kept_id": str(kept.pk),
        "subscription_id": str(subscription.pk),
        "request_id": str(
            request_correction(
                publication_id=publication.pk, words="The log names five tugs.", language="en"
            ).pk
        ),
        "claimant_id": str(publication.claim.claimant_id),
        "outlet_id": str(outlet.pk),
        "number": "1",
        "version": "1",
        "name": "take",
        "key": "all",
        "held_version": str(house.claims["held"].version),
    }
    house.objects |= {
        "claim": house.claims["free"].pk,
        "claimevent": ClaimEvent.objects.filter(claim__isnull=False).earliest("sequence").pk,
        "job": job.pk,
        "apitoken": token.pk,
        "person": house.people["recorder"].pk,
        "desk": newsroom.desk.pk,
        "ratingscale": RatingScale.objects.get().pk,
        "source": source.pk,
        "outlet": outlet.pk,
        "subscription": subscription.pk,
        "topic": Topic.objects.create(
            slug="tugs", label_en="Tugs", label_uk="Буксири", label_ru="Буксиры"
        ).pk,
    }


def outcome(answer: HttpResponse, pattern: str) -> str:
    status = answer.status_code
    if status in (301, 302, 303):
        return "door" if urlsplit(answer["Location"]).path.startswith(DOORS) else "in"
    if status == 503 and pattern == "readyz":
        return "in"
    told = {401: "door", 403: "no", 404: "missing", 405: "method"}.get(status, "in")
    return f"broken ({status})" if status >= 500 else told


def fits(expected: str, got: str) -> bool:
    allowed = set(expected.split(" or "))
    return got in allowed or ("refused" in allowed and got in REFUSALS)


# --- The matrix ---------------------------------------------------------------------------------------


def test_every_route_is_declared_and_nothing_else() -> None:
    assert sorted(set(ALL_PATTERNS) - set(ROUTES)) == [], "Say in permission_matrix.py who may do what there."
    assert sorted(set(ROUTES) - set(ALL_PATTERNS)) == [], "These addresses are gone."


def test_every_button_is_declared() -> None:
    assert set(STEPS) == set(EXPECTED_STEPS)


def test_every_model_at_the_review_desk_is_in_the_matrix() -> None:
    for model in review_desk._registry:
        assert f"admin/claims/{model._meta.model_name}/" in ROUTES


@pytest.mark.parametrize("pattern", ALL_PATTERNS)
def test_everybody_gets_what_is_declared(house: House, pattern: str) -> None:
    route = ROUTES[pattern]
    address = house.address(pattern)
    wrong: list[str] = []

    def try_it(who: str, method: str, audience: Audience, form: Form | None = None) -> None:
        answer, grown = house.ask(who, method, address, form)
        got = outcome(answer, pattern)
        if not fits(audience[who], got):
            wrong.append(f"{method} {address} by {who}: {got} ({answer.status_code}), not {audience[who]}")
        if got != "in" and grown:
            wrong.append(f"{method} {address} by {who}: {got}, and yet something was written")

    for who in PEOPLE:
        for method in READING:
            try_it(who, method, route.get)
        try_it(who, "POST", route.post, house.form(pattern))
        for method in route.others:
            try_it(who, method, route.others[method])
        for method in set(UNKNOWN) - set(route.others):
            answer, grown = house.ask(who, method, address)
            due = 204 if method == "OPTIONS" else 405
            if answer.status_code != due or grown:
                wrong.append(f"{method} {address} by {who}: {answer.status_code}, not {due}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("verb", sorted(STEPS))
def test_each_button_of_a_claim_is_pressed_by_its_roles_alone(house: House, verb: str) -> None:
    """With the right form and in the right state, so that only the role decides."""
    claim_id, form = _step_form(house, verb)
    address = f"/admin/claims/claim/{claim_id}/do/{verb}/"
    if verb == "label":
        Desk.objects.filter(pk=house.newsroom.desk.pk).update(labels_blind=True)
    took: set[str] = set()
    for who in (*PEOPLE, "recorder"):
        answer, grown = house.ask(who, "POST", address, form)
        assert answer.status_code < 500
        if grown:
            took.add(who)
    Desk.objects.filter(pk=house.newsroom.desk.pk).update(labels_blind=False)
    assert took == EXPECTED_STEPS[verb]


def _step_form(house: House, verb: str) -> tuple[int, Form]:
    of_claim = {"take": "free", "release": "held", "reassign": "held", "start": "loose", "contact": "free"}
    of_piece = {"accept": "found", "reject": "found", "stance": "found", "undo": "decided"}
    of_publication = {
        "start_correction": "publication",
        "retract": "publication",
        "cancel_correction": "correcting",
    }
    of_verdict = {
        "co_write": "draft",
        "save": "draft",
        "submit": "draft",
        "withdraw": "draft",
        "drop": "draft",
        "schedule": "approved",
    }
    of_verdict |= {"publish": "approved", "unschedule": "scheduled"}
    form: Form = {
        "reason": "Because.",
        "comment": "Because.",
        "note": "Because.",
        "language": "en",
        "stance": "context",
        "to": house.people["reviewer"].pk,
        "publish_at": f"{timezone.now() + timedelta(days=2):%Y-%m-%dT%H:%M}",
        "channel": ChannelChoice.values[0],
        "outcome": ContactOutcome.WAITING,
        "words": "How many tugs?",
        "summary": "Another summary.",
    }
    if verb in of_claim:
        claim = Claim.objects.get(pk=house.claims[of_claim[verb]].pk)
        return claim.pk, form | {"seen_version": claim.version}
    if verb in of_piece:
        piece = Evidence.objects.get(pk=house.pieces[of_piece[verb]].pk)
        return piece.claim_id, form | {"evidence": piece.pk, "seen_version": piece.version}
    if verb in of_publication:
        publication = Publication.objects.get(pk=house.objects[of_publication[verb]])
        return publication.claim_id, form | {
            "publication": publication.pk,
            "seen_version": publication.version,
        }
    verdict = Verdict.objects.get(pk=house.verdicts[of_verdict.get(verb, "submitted")].pk)
    return verdict.claim_id, form | {
        "verdict": verdict.pk,
        "seen_version": verdict.version,
        "seen_hash": verdict.content_hash,
        "rating": verdict.rating_id or "",
    }


@pytest.mark.parametrize("verb", sorted(PERSON_STEPS))
def test_each_button_of_a_person_is_the_admins_alone(house: House, verb: str) -> None:
    person = Person.objects.get(pk=house.people["reviewer"].pk)
    form: Form = {
        "reason": "Because.",
        "seen_version": person.version,
        "password": "a new long phrase",
        "conflict": house.named["conflict_id"],
    }
    took = {
        who
        for who in PEOPLE
        if house.ask(who, "POST", f"/admin/claims/person/{person.pk}/do/{verb}/", form)[1]
    }
    assert took == {"admin"}


# --- Ids and forms that name nothing ------------------------------------------------------------------


@pytest.mark.parametrize("pattern", WITH_ID)
def test_an_id_that_names_nothing_is_missing(house: House, pattern: str) -> None:
    """Tried by who may read most; nobody learns from the answer what exists."""
    wrong = []
    first = re.search(r"<\w+:(\w+)>", pattern)
    assert first is not None
    prefix, suffix = pattern[: first.start()], pattern[first.end() :]
    suffix = re.sub(r"<\w+:(\w+)>", lambda match: house.named.get(match[1], "take"), suffix)
    for bad in BAD_IDS:
        address = f"/{prefix}{bad}{suffix}"
        for who in ("reviewer", "admin"):
            for method in ("GET", "POST"):
                answer, grown = house.ask(who, method, address, house.form(pattern))
                if answer.status_code not in (403, 404, 405) and bad:
                    wrong.append(f"{method} {address} by {who}: {answer.status_code}")
                if answer.status_code >= 500 or grown:
                    wrong.append(f"{method} {address} by {who}: {answer.status_code}, history + {grown}")
    assert not wrong, "\n".join(wrong)


LISTS = sorted(f"/{pattern}" for pattern in ALL_PATTERNS if re.fullmatch(r"admin/claims/\w+/", pattern))
FORGED = (
    "sort=a.b;--",
    "filter=user__password__startswith",
    "held_by__password__startswith=p",
    "person__password=x",
)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_the_desk_is_not_asked_for_what_it_does_not_offer(house: House, address: str) -> None:
    for query in FORGED:
        answer, _grown = house.ask("admin", "GET", f"{address}?{query}")
        assert answer.status_code == 400, query


@pytest.mark.parametrize("address", ["/claims/", "/articles/", "/sources/", "/checks/", "/corrections/"])
def test_a_page_looks_at_no_parameter_that_it_does_not_offer(house: House, address: str) -> None:
    plain, _grown = house.ask("reviewer", "GET", address)
    for query in FORGED:
        answer, _grown = house.ask("reviewer", "GET", f"{address}?{query}")
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert _rows(answer) == _rows(plain)


def _rows(answer: HttpResponse) -> list[bytes]:
    return re.findall(rb'href="(/(?:claims|articles|sources|checks)/[^"?]*)"', answer.content)


FORMS = sorted(
    pattern
    for pattern, route in ROUTES.items()
    if "in" in route.post.values() and route.post != ROUTES["healthz"].post and pattern != "admin/logout/"
)


@pytest.mark.parametrize("pattern", FORMS)
def test_a_form_of_too_many_fields_is_refused(house: House, pattern: str) -> None:
    """1,001 fields, by somebody who is let in; the form is refused before anything looks at it."""
    route = ROUTES[pattern]
    who = next(
        who for who in ("reviewer", "admin", "publisher", "editor", "anonymous") if route.post[who] == "in"
    )
    form: Form = {f"field{number}": "x" for number in range(1_001)}
    answer, grown = house.ask(who, "POST", house.address(pattern), form, Knock(enforces_csrf=True))
    assert (answer.status_code, grown) == (400, 0)


def test_a_text_of_ten_megabytes_is_refused_wherever_words_are_taken(house: House) -> None:
    big = "word " * 2_000_000
    draft = Verdict.objects.get(pk=house.verdicts["draft"].pk)
    step = f"/admin/claims/claim/{draft.claim_id}/do/"
    person = f"/admin/claims/person/{house.people['reviewer'].pk}/"
    forms: list[tuple[str, str, Form]] = [
        (
            "reviewer",
            f"{step}save/",
            {"verdict": draft.pk, "seen_version": draft.version, "justification": big},
        ),
        ("journalist", "/claims/new/", {"text": big, "offline_origin": "Radio"}),
        ("reviewer", "/account/conflicts/", {"kind": "topic", "name": big}),
        ("reviewer", "/account/conflicts/", {"kind": "topic", "name": "Ports", "note": big}),
        ("anonymous", "/sign-in/", {"username": big, "password": "x"}),
        ("admin", f"{person}change/", {"username": big, "seen_version": 1}),
    ]
    for who, address, form in forms:
        begin = time.perf_counter()
        answer, grown = house.ask(who, "POST", address, form)
        assert answer.status_code in (200, 302, 400), address
        assert not grown, address
        assert time.perf_counter() - begin < 10
