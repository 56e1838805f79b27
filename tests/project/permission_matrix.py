"""Who may do what at which address: the one table that the permission matrix is tried by.

A new route has to be declared here, or the suite fails. Its key is the pattern as the resolver tells it. For
each of reading (GET, HEAD) and sending (POST) stands what each person gets:

    in        let in: a page, a redirect onwards, or the sentence that a form is incomplete
    door      led to the sign-in page
    no        403, with a sentence
    missing   404, like what does not exist
    refused   any of the above but “in”; nothing is shown and nothing written

PUT, PATCH and DELETE are 405 for everybody, but where ``others`` says more about an address of the API; OPTIONS
is 204 for everybody, and tells nothing but what the address takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

#: Everybody who knocks. Each holds one role at the desk that owns what the addresses name, but for “other desk”
#: (editor, reviewer and publisher elsewhere) and the superuser (no role). All but the journalist are staff;
#: “disabled” was a reviewer with an open session.
PEOPLE = (
    "anonymous",
    "journalist",
    "editor",
    "reviewer",
    "publisher",
    "auditor",
    "other desk",
    "disabled",
    "admin",
    "superuser",
)
STRANGERS = ("anonymous", "disabled")
AT_THE_DESK = ("journalist", "editor", "reviewer", "publisher", "auditor", "admin")
WRITERS = ("journalist", "editor", "reviewer", "publisher")
#: Who gets past the door of the review desk.
STAFF = ("editor", "reviewer", "publisher", "auditor", "other desk", "admin")

Audience = Mapping[str, str]


def _audience(default: str, **groups: tuple[str, ...]) -> Audience:
    told = dict.fromkeys(PEOPLE, default)
    for outcome, people in groups.items():
        told |= dict.fromkeys(people, outcome)
    return told


EVERYONE = _audience("in")
NOBODY = _audience("refused")
#: The pages of whoever is signed in, with a desk or without.
SIGNED_IN = _audience("in", door=STRANGERS)


def of_desk(*may: str, others: str = "no") -> Audience:
    """A page about something of the desk: ``may`` are let in, the rest of the desk gets ``others``."""
    return (
        _audience("missing", door=STRANGERS) | dict.fromkeys(AT_THE_DESK, others) | dict.fromkeys(may, "in")
    )


def anywhere(*may: str, others: str = "no") -> Audience:
    """A page about no desk's thing in particular."""
    return _audience(others, door=STRANGERS) | dict.fromkeys(may, "in")


def at_review(*may: str, others: str = "no") -> Audience:
    """A page of the review desk: who is not staff with a role is led to the door (which tells them why)."""
    return _audience("door") | dict.fromkeys(STAFF, others) | dict.fromkeys(may, "in")


def of_review(*may: str, others: str = "no") -> Audience:
    """The same, about something of the desk: to the other desk it does not exist."""
    return {**at_review(*may, others=others), "other desk": "missing"}


@dataclass(frozen=True)
class Route:
    """What reading and sending give whom.

    ``form`` is what is sent, with ``{…_version}`` for the version that was seen; ``address`` is for patterns
    that name none. ``others`` is for what the API takes besides: a method with who gets what.
    """

    get: Audience = field(default_factory=lambda: NOBODY)
    post: Audience = field(default_factory=lambda: NOBODY)
    form: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    others: Mapping[str, Audience] = field(default_factory=dict)


def reading(audience: Audience) -> Route:
    """A page that takes no form; where a view does not look at the method, sending reads it again."""
    return Route(get=audience, post={who: f"{told} or refused" for who, told in audience.items()})


REVIEW_READERS = tuple(who for who in STAFF if who != "other desk")

ROUTES: dict[str, Route] = {
    # --- For the world --------------------------------------------------------------------------------
    "healthz": reading(EVERYONE),
    "readyz": reading(EVERYONE),
    "feeds/rss.xml": reading(EVERYONE),
    "feeds/atom.xml": reading(EVERYONE),
    "feeds/feed.json": reading(EVERYONE),
    "feeds/datafeed.json": reading(EVERYONE),
    "feeds/datafeed-changes.json": reading(EVERYONE),
    "feeds/history.json": reading(EVERYONE),
    ".well-known/factcheck-key.json": reading(EVERYONE),
    "": reading(EVERYONE),
    "checks/": reading(EVERYONE),
    "checks/<int:publication_id>/": reading(EVERYONE),
    "checks/<int:publication_id>/<str:slug>/": reading(EVERYONE),
    "checks/<int:publication_id>/ask-for-correction/": Route(
        get=EVERYONE, post=EVERYONE, form={"words": "The log names five tugs and not four."}
    ),
    "corrections/requests/": reading(SIGNED_IN),
    "corrections/requests/<int:request_id>/": Route(
        get=of_desk(*AT_THE_DESK),
        post=of_desk("editor", "publisher"),
        form={"version": "1", "state": "declined", "answer": "The log names four."},
    ),
    "about/": reading(EVERYONE),
    "funding/": reading(EVERYONE),
    "about/edit/": Route(
        get=anywhere("admin"), post=anywhere("admin"), form={"seen_number": "0", "text_en": "We check."}
    ),
    "funding/edit/": Route(
        get=anywhere("admin"), post=anywhere("admin"), form={"seen_number": "0", "text_en": "Readers pay."}
    ),
    "checks/search/": reading(EVERYONE),
    "checks/<int:publication_id>/revisions/<int:number>/": reading(EVERYONE),
    "checks/<int:publication_id>/revisions/<int:number>/check.pdf": reading(EVERYONE),
    "checks/<int:publication_id>/image-<int:version>.png": reading(EVERYONE),
    "claimants/<int:claimant_id>/": reading(EVERYONE),
    # No check of a claim from that outlet, and none of that claim, is published.
    "outlets/<int:outlet_id>/": reading(_audience("missing")),
    "id/claim/<int:claim_id>": reading(_audience("missing")),
    # Only with DEBUG is there such a page.
    "styleguide/": reading(_audience("missing")),
    "topics/<slug:slug>/": replace(reading(EVERYONE), address="/topics/war/"),
    "ratings/<slug:key>/": replace(reading(EVERYONE), address="/ratings/true/"),
    "methodology/": reading(EVERYONE),
    "robots.txt": reading(EVERYONE),
    "sitemap.xml": reading(EVERYONE),
    "sitemap-<int:number>.xml": reading(EVERYONE),
    "sitemap-news.xml": reading(EVERYONE),
    "corrections/": reading(EVERYONE),
    "embed/<int:publication_id>/": Route(get=EVERYONE),
    # Without an address to describe it answers 400.
    "oembed": Route(get=EVERYONE),
    "language/": Route(get=EVERYONE, post=EVERYONE, form={"language": "uk"}),
    # Its operations are in api_permission_matrix.py: they are asked by token, and not by session.
    "api/": reading(EVERYONE),
    "api/docs/": reading(EVERYONE),
    "api/v1/openapi.json": reading(EVERYONE),
    # --- The door and one's own account ---------------------------------------------------------------
    "sign-in/": Route(get=EVERYONE, post=EVERYONE),
    "sign-in/code/": Route(get=_audience("door"), post=_audience("door")),
    "sign-out/": Route(post=EVERYONE),
    "account/": reading(SIGNED_IN),
    "help/": reading(SIGNED_IN),
    "help/keys/": reading(SIGNED_IN),
    "help/bookmarklet/": reading(SIGNED_IN),
    "help/<slug:name>/": replace(reading(SIGNED_IN), address="/help/journalist/"),
    "tour/": Route(post=SIGNED_IN, form={"step": "2"}),
    "work/": reading(SIGNED_IN),
    "work/state/": reading(SIGNED_IN),
    "work/<int:job_id>/stop/": Route(post=of_desk("journalist", "editor", "reviewer")),
    "notices/": reading(SIGNED_IN),
    # Who is not signed in hears nothing, and is not led away from what they write.
    "notices/count/": reading(EVERYONE),
    "notices/read/": Route(post=SIGNED_IN, form={"newest": "1"}),
    "notices/mail/": Route(post=SIGNED_IN, form={"mail": "off"}),
    # The link in a letter works without signing in, for whoever holds it.
    "notices/mail/end/<str:token>/": Route(
        get=EVERYONE, post=EVERYONE, form={"List-Unsubscribe": "One-Click"}
    ),
    # It is the reviewer's own; to all others it does not exist.
    "notices/<int:notice_id>/": reading(_audience("missing", door=STRANGERS) | {"reviewer": "in"}),
    "account/password/": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account/sign-out-elsewhere/": Route(post=SIGNED_IN),
    "account/tokens/": Route(get=SIGNED_IN, post=SIGNED_IN),
    # It is the reviewer's own; the admin may end anybody's.
    "account/tokens/<int:token_id>/revoke/": Route(
        post=_audience("missing", door=STRANGERS) | {"reviewer": "in", "admin": "in"}
    ),
    "account/second-factor/": Route(get=SIGNED_IN, post=SIGNED_IN, form={"step": "confirm", "code": "1"}),
    "account/second-factor/qr.svg": reading(_audience("missing", door=STRANGERS)),
    "account/conflicts/": Route(post=SIGNED_IN, form={"kind": "topic", "name": "Ports"}),
    # It is the reviewer's own; the admin looks after people, and to all others it does not exist.
    "account/conflicts/<int:conflict_id>/end/": Route(
        post=_audience("missing", door=STRANGERS) | {"reviewer": "in", "admin": "in"},
        form={"reason": "Over"},
    ),
    # --- The pages of the newsroom --------------------------------------------------------------------
    "articles/": reading(SIGNED_IN),
    "articles/new/": Route(
        get=SIGNED_IN, post=anywhere(*WRITERS, "other desk"), form={"way": "text", "text": "Words."}
    ),
    "articles/<int:article_id>/": reading(of_desk(*AT_THE_DESK)),
    "articles/<int:article_id>/state/": reading(of_desk(*AT_THE_DESK)),
    "articles/<int:article_id>/versions/": reading(of_desk(*AT_THE_DESK)),
    "articles/<int:article_id>/news/": reading(of_desk(*AT_THE_DESK)),
    "articles/<int:article_id>/watch/": Route(post=of_desk(*WRITERS), form={"watch": "0"}),
    # The claim that the addresses name was not said in the article.
    "articles/<int:article_id>/claims/<int:claim_id>/": reading(_audience("missing", door=STRANGERS)),
    "articles/<int:article_id>/fetch/": Route(post=of_desk(*WRITERS)),
    "articles/<int:article_id>/follow/": Route(post=of_desk(*AT_THE_DESK), form={"follow": "1"}),
    "articles/<int:article_id>/log/": Route(get=of_desk(*WRITERS), post=of_desk(*WRITERS)),
    "claims/": reading(SIGNED_IN),
    "claims/list.csv": reading(SIGNED_IN),
    "claims/filters/": Route(post=SIGNED_IN, form={"name": "Mine", "question": "mine=1"}),
    "claims/filters/<int:kept_id>/": reading(of_desk(*AT_THE_DESK)),
    # It is the reviewer's own.
    "claims/filters/<int:kept_id>/forget/": Route(post=of_desk("reviewer")),
    # Without a ticked claim everybody is told to tick some; what each may do is asked of each claim.
    "claims/steps/<slug:name>/": Route(post=SIGNED_IN, address="/claims/steps/topics/"),
    "claims/from-page/": reading(SIGNED_IN),
    "claims/new/": Route(
        get=SIGNED_IN,
        post=anywhere(*WRITERS, "other desk"),
        form={"text": "A tug sank.", "offline_origin": "Radio", "kind": "event", "language": "en"},
    ),
    "claims/<int:claim_id>/": reading(of_desk(*AT_THE_DESK)),
    "claims/<int:claim_id>/evidence/": reading(of_desk(*AT_THE_DESK)),
    "claims/<int:claim_id>/gather/": Route(post=of_desk("journalist", "editor", "reviewer")),
    "claims/<int:claim_id>/edit/": Route(
        post=of_desk(*WRITERS), form={"version": "1", "kind": "other", "summary": "New"}
    ),
    "claims/<int:claim_id>/topics/": Route(post=of_desk(*WRITERS), form={"version": "1", "topics": "war"}),
    "claims/<int:claim_id>/follow/": Route(post=of_desk(*AT_THE_DESK), form={"follow": "1"}),
    "claims/<int:claim_id>/ask/": Route(
        get=of_desk(*AT_THE_DESK), post=of_desk(*AT_THE_DESK), form={"words": "Do you know more?"}
    ),
    "claims/questions/<int:comment_id>/answer/": Route(
        post=of_desk(*AT_THE_DESK), form={"words": "Four, says the log."}
    ),
    "claims/<int:claim_id>/merge/": Route(get=of_desk("editor"), post=of_desk("editor")),
    "claims/<int:claim_id>/unmerge/": Route(
        post=of_desk("editor"), form={"seen_version": "{held_version}", "reason": "Other."}
    ),
    # A reading aid, kept beside the passage; where no service is set up, everybody is told so.
    "passages/<int:passage_id>/translation/": Route(get=SIGNED_IN, post=SIGNED_IN, form={"target": "uk"}),
    "search/": reading(SIGNED_IN),
    "sources/": reading(SIGNED_IN),
    "sources/add/": Route(
        get=SIGNED_IN,
        post=anywhere(*WRITERS, "other desk"),
        form={"way": "hand", "text": "Words of a source.", "hand_outlet": "Wire", "title": "Wire"},
    ),
    "sources/documents/<int:document_id>/": reading(SIGNED_IN),
    "imports/": Route(
        get=SIGNED_IN,
        post=anywhere(*WRITERS, "other desk"),
        form={"url": "https://checks.example.net/all.json"},
    ),
    "imports/<int:import_id>/": reading(of_desk(*AT_THE_DESK)),
    "imports/<int:import_id>/state/": reading(of_desk(*AT_THE_DESK)),
    "imports/<int:import_id>/stop/": Route(post=of_desk(*WRITERS)),
    "imports/<int:import_id>/resume/": Route(post=of_desk(*WRITERS)),
    "imports/<int:import_id>/report.csv": reading(of_desk(*AT_THE_DESK)),
    # Everything of every desk: the auditor of one desk may not, and here is nobody who audits both.
    "exports/": Route(get=anywhere(), post=anywhere()),
    "exports/<int:export_id>/": reading(anywhere()),
    "exports/<int:export_id>/state/": reading(anywhere()),
    "exports/<int:export_id>/stop/": Route(post=anywhere()),
    "exports/<int:export_id>/file/": reading(anywhere()),
    # --- The review desk ------------------------------------------------------------------------------
    "admin/": reading(at_review(*STAFF)),
    # Who has come in and may not enter is told why, instead of being sent in circles.
    "admin/login/": Route(
        get=_audience("in", door=STRANGERS, no=("journalist", "superuser")),
        post=_audience("in", door=STRANGERS, no=("journalist", "superuser")),
    ),
    # Who reads it instead of sending is led back to the first page of the review desk, or refused.
    "admin/logout/": Route(get=_audience("in or refused"), post=EVERYONE),
    "admin/password_change/": reading(at_review(*STAFF)),
    "admin/password_change/done/": reading(at_review(*STAFF)),
    "admin/autocomplete/": reading(at_review(others="no")),
    "admin/jsi18n/": reading(at_review(*STAFF)),
    "admin/^(?P<app_label>claims)/$": Route(
        get=at_review(*STAFF), post=reading(at_review(*STAFF)).post, address="/admin/claims/"
    ),
    "admin/(?P<url>.*)$": Route(
        get=at_review(others="missing"), post=at_review(others="missing"), address="/admin/nothing/here/"
    ),
    "admin/claims/claim/next/": Route(post=at_review(*STAFF)),
    "admin/claims/claim/steps/<slug:name>/": Route(post=at_review(*STAFF)),
    "admin/claims/claim/filters/": Route(post=at_review(*STAFF)),
    "admin/claims/claim/filters/<int:filter_id>/": reading(of_review(*REVIEW_READERS)),
    "admin/claims/claim/filters/<int:filter_id>/forget/": Route(post=of_review("reviewer")),
    "admin/claims/claim/<int:claim_id>/keep/": Route(post=of_review(others="missing")),
    "admin/claims/claim/<int:claim_id>/preview/": Route(
        get=of_review(others="missing"), post=of_review(others="missing")
    ),
    "admin/claims/claim/<int:claim_id>/capture/<int:evidence_id>/": reading(of_review(*REVIEW_READERS)),
    "admin/claims/claimevent/measures/": reading(at_review(*STAFF)),
    "admin/claims/claimevent/measures/<slug:key>.csv": reading(at_review(*STAFF)),
    "admin/claims/publication/dossier/<int:verdict_id>/": Route(
        get=of_review("editor", "reviewer", "publisher", "auditor"),
        post=of_review("editor", "reviewer", "publisher", "auditor"),
    ),
    "admin/claims/publication/dossier/<int:verdict_id>/file/": reading(of_review(others="no or missing")),
    "admin/claims/claim/<int:claim_id>/do/<slug:verb>/": Route(post=of_review(*REVIEW_READERS)),
    "admin/claims/person/<int:person_id>/do/<slug:verb>/": Route(post=at_review("admin")),
    "admin/claims/subscription/receipts/": Route(get=at_review("admin")),
    "admin/claims/subscription/<int:subscription_id>/do/<slug:verb>/": Route(
        post=at_review("admin"), form={"seen_version": "1", "reason": "Over"}
    ),
}


def stock(
    model: str,
    readers: Audience,
    *,
    change: Audience | None = None,
    add: Audience | None = None,
    history: Audience | None = None,
    listed: Audience | None = None,
) -> dict[str, Route]:
    """The five addresses that Django gives a model: nobody deletes, and mostly nobody adds or changes."""
    root, one = f"admin/claims/{model}/", f"admin/claims/{model}/<path:object_id>/"
    closed = at_review(others="no or missing")
    return {
        root: reading(listed or readers),
        f"{root}add/": Route(get=add or closed, post=add or closed),
        f"{one}history/": reading(history or readers),
        f"{one}delete/": Route(get=closed, post=closed, form={"post": "yes"}),
        f"{one}change/": Route(get=readers, post=change or closed),
    }


ROUTES |= stock(
    "claim",
    of_review(*REVIEW_READERS),
    listed=at_review(*STAFF),
    # The screen of a claim is this page; a form that is sent to it is shown the screen and writes nothing.
    change=_audience("in or refused"),
)
ROUTES |= stock("claimevent", of_review(*REVIEW_READERS), listed=at_review(*STAFF))
ROUTES |= stock("publication", of_review(*REVIEW_READERS), listed=at_review(*STAFF))
ROUTES |= stock("apitoken", at_review("admin", others="no or missing"))
ROUTES |= stock("job", at_review("auditor", "admin", others="no or missing"))
ROUTES |= stock("source", at_review(*STAFF), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock("topic", at_review(*STAFF), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock("outlet", at_review(*STAFF), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock("person", at_review("admin"), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock("subscription", at_review("admin"), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock("desk", at_review("admin"), change=at_review("admin"), add=at_review("admin"))
ROUTES |= stock(
    "ratingscale", at_review("admin"), change=at_review(others="no or missing"), add=at_review("admin")
)

#: Every button of the one-claim screen, with those whose press of it, with the right form, is written down.
#: “recorder” is the reviewer who holds the claim and wrote the verdict.
STEPS: dict[str, frozenset[str]] = {
    "take": frozenset({"reviewer", "recorder"}),
    "release": frozenset({"recorder"}),
    "reassign": frozenset({"editor"}),
    "accept": frozenset({"reviewer", "recorder"}),
    "reject": frozenset({"reviewer", "recorder"}),
    "stance": frozenset({"reviewer", "recorder"}),
    "undo": frozenset({"reviewer", "recorder"}),
    "start": frozenset({"reviewer", "recorder"}),
    "co_write": frozenset({"reviewer"}),
    "save": frozenset({"reviewer", "recorder"}),
    "submit": frozenset({"reviewer", "recorder"}),
    "withdraw": frozenset({"recorder"}),
    "review": frozenset({"editor", "reviewer"}),
    "approve": frozenset({"editor", "reviewer"}),
    "request_changes": frozenset({"editor", "reviewer"}),
    "discuss": frozenset({"editor", "reviewer", "recorder"}),
    "label": frozenset({"editor", "reviewer"}),
    "contact": frozenset({"editor", "reviewer", "publisher", "recorder"}),
    "schedule": frozenset({"publisher"}),
    "unschedule": frozenset({"publisher"}),
    "publish": frozenset({"publisher"}),
    "start_correction": frozenset({"publisher"}),
    "cancel_correction": frozenset({"publisher"}),
    "retract": frozenset({"publisher"}),
    # A kept form is the person's own and stands in no history; whoever has none drops nothing.
    "drop": frozenset(),
}
