"""Why a page could not be fetched, each reason as a named error with a sentence for the person.

Invariant: every error that leaves ``claims.ingest.fetch`` is a ``FetchError``; ``retryable`` says whether
the same request may succeed later, so that a job backs off or gives up without reading the sentence.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FetchError(Exception):
    """A page was not fetched. ``str(error)`` is a sentence for the person."""

    retryable = False
    sentence = gettext_lazy("The page could not be fetched.")

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or str(self.sentence))


class BadAddress(FetchError):
    """The address itself is not one that we follow."""

    sentence = gettext_lazy("This is not a web address that can be fetched.")


class AddressNotPublic(FetchError):
    """The name leads, at least in part, to an address inside a private or reserved network."""

    sentence = gettext_lazy("The address is not public, so it is not fetched.")


class UnknownHost(FetchError):
    """The name did not resolve."""

    retryable = True
    sentence = gettext_lazy("The site's name could not be found.")


class Unreachable(FetchError):
    """No connection, or no trusted one, could be made."""

    retryable = True
    sentence = gettext_lazy("No connection to the site could be made.")


class TooSlow(FetchError):
    """The time for the whole request ran out."""

    retryable = True
    sentence = gettext_lazy("The site took too long to answer.")


class TooLarge(FetchError):
    """The page is larger than the limit, on the wire or once unpacked."""

    sentence = gettext_lazy("The page is too large to be taken in.")


class BrokenAnswer(FetchError):
    """The answer broke off or is not proper HTTP."""

    retryable = True
    sentence = gettext_lazy("The site's answer was broken or cut short.")


class TooManyRedirects(FetchError):
    """The site kept sending us elsewhere."""

    sentence = gettext_lazy("The site redirected too many times.")


class StatusRefused(FetchError):
    """The site answered with an error status; ``retry_after`` are its seconds to wait, if it said."""

    def __init__(self, status: int, retry_after: float | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        self.retryable = status in (408, 425, 429) or status >= 500
        super().__init__(_("The site answered with an error (HTTP %(status)d).") % {"status": status})


class RobotsRefused(FetchError):
    """The site's robots.txt asks programs not to read this page."""

    sentence = gettext_lazy("The site's robots.txt asks not to fetch this page automatically.")


class RobotsUnavailable(FetchError):
    """robots.txt could not be read; until it can be, nothing is fetched automatically (RFC 9309, 2.3.1.4)."""

    retryable = True
    sentence = gettext_lazy("The site's robots.txt could not be read, so the page is not fetched for now.")
