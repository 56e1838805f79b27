"""The letter that tells a person of unread notices: plain text, in their language, with a way to end it.

Invariant: no word that somebody else wrote stands in a header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Notice, Person
from claims.selectors.notices import sentence_of

#: A signature with this salt opens nothing but the end of the mail.
_signer = signing.Signer(salt="claims.notice-mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one person. ``headers`` are RFC 8058's one-click end and RFC 3834's mark of a program."""

    subject: str
    text: str
    headers: dict[str, str]


def letter_to(person: Person, notices: Sequence[Notice], more: int) -> Letter:
    """Return the letter about ``notices``, newest first; ``more`` unread ones are only counted. No query."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        count = len(notices) + more
        subject = ngettext("%(count)d notice from the newsroom", "%(count)d notices from the newsroom", count)
        parts = [_told(notice) for notice in notices]
        if more:
            further = ngettext("And %(count)d more.", "And %(count)d more.", more) % {"count": more}
            parts.append(f"{further} {settings.SITE_URL}{reverse('notice_list')}")
        ending = settings.SITE_URL + reverse("mail_end", args=[token_of(person.pk)])
        parts.append("-- \n" + _("You asked for this mail. To end it: %(address)s") % {"address": ending})
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "List-Unsubscribe": f"<{ending}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        # A letter that is handed in twice is one letter to the receiver.
        "Message-ID": f"<notices.{person.pk}.{notices[0].pk}@{host}>",
    }
    return Letter(subject % {"count": count}, "\n\n".join(parts) + "\n", headers)


def token_of(person_id: int) -> str:
    """Return what ends a person's mail without signing in."""
    return _signer.sign(str(person_id))


def person_of_token(token: str) -> int | None:
    """Return whose mail ``token`` ends; None for anything that was not made here."""
    try:
        return int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _told(notice: Notice) -> str:
    lines = [sentence_of(notice), str(notice.claim or notice.article)]
    if notice.note:
        lines.append(f"“{notice.note}”")
    lines.append(settings.SITE_URL + reverse("notice_open", args=[notice.pk]))
    return "\n".join(lines)
