"""What the pages of a person's day show: what happened, and where each thing is worked on."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from claims.models import Article, Claim, Notice, Person
from claims.selectors.addresses import review_address
from claims.selectors.comments import talk_about
from claims.selectors.keys import keys_of
from claims.selectors.notices import sentence_of

register = template.Library()

register.filter("happening", sentence_of)


@register.filter
def zone(notice: Notice) -> str:
    """Return the time zone of the desk that a notice is about."""
    subject = notice.claim or notice.article
    assert subject is not None
    return subject.desk.zone


@register.filter
def is_late(claim: Claim) -> bool:
    """Say whether the deadline of ``claim`` has passed."""
    return claim.deadline is not None and claim.deadline < timezone.now()


@register.simple_tag
def place_of_work(claim: Claim, person: Person) -> str:
    """Return where ``person`` works on a claim: the review desk for who may enter it, else the claim's page."""
    return review_address(claim, person) or claim.get_absolute_url()


@register.inclusion_tag("claims/partials/_colleagues.html", takes_context=True)
def colleagues(context: template.Context, subject: Claim | Article) -> dict[str, Any]:
    """Show the buttons to follow a claim or article and to ask a colleague about a claim. One query."""
    is_claim = isinstance(subject, Claim)
    return {
        "talk": talk_about(subject, context["user"].pk),
        "claim": subject if is_claim else None,
        "address": reverse("claim_follow" if is_claim else "article_follow", args=[subject.pk]),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("claims/partials/_keys_dialog.html", takes_context=True)
def keys_dialog(context: template.Context) -> dict[str, Any]:
    """Show the list of the page's keys, closed until ? is pressed."""
    match = context["request"].resolver_match
    return {"places": keys_of(match.url_name or "" if match else "")}
