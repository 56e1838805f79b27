"""What the page of a check says about its card: the code to copy, and the link that oEmbed is discovered by."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.publish.embed import discovery_url, frame
from claims.publish.entries import shown_title
from claims.selectors.publications import PublishedPage

register = template.Library()


@register.simple_tag
def oembed_link(published: PublishedPage) -> SafeString:
    """Return the discovery link (https://oembed.com, section 4)."""
    snapshot = published.snapshot
    return format_html(
        '<link rel="alternate" type="application/json+oembed" href="{}" title="{}">',
        discovery_url(settings.SITE_URL + reverse("oembed"), snapshot["url"]),
        shown_title(snapshot, published.publication.state),
    )


@register.simple_tag
def embed_code(published: PublishedPage) -> str:
    """Return the HTML that another site pastes."""
    publication = published.publication
    return frame(
        published.snapshot, publication.state, settings.SITE_URL + reverse("embed", args=[publication.pk])
    )
