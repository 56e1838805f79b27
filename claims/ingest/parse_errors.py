"""Why something that was given could not be read, each reason as a named error with a sentence.

Invariant: an error can cross from the parsing subprocess to its parent as its class name alone, so the
sentences are lazy: they are translated where they are shown, never inside the subprocess.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class ParseError(Exception):
    """Something was not readable. ``str(error)`` is a sentence for the person."""

    retryable = False
    sentence = _("This could not be read.")

    def __str__(self) -> str:
        return str(self.sentence)


class NothingGiven(ParseError):
    sentence = _("There is no text in it.")


class TooMuchText(ParseError):
    sentence = _("The text is too long; at most 2 million characters are taken in.")


class BinaryContent(ParseError):
    sentence = _("This is not text or a web page but another kind of file.")


class NoArticle(ParseError):
    sentence = _(
        "No article was found in this page. If it needs a browser or a login, paste its text instead."
    )


class NotAFeed(ParseError):
    sentence = _("This address does not hold an RSS or Atom feed.")


class ParserFailed(ParseError):
    sentence = _("The page could not be read: it is broken in a way the reader does not survive.")


class ParserTooSlow(ParseError):
    sentence = _("The page could not be read within the time and memory allowed.")


BY_NAME: dict[str, type[ParseError]] = {
    error.__name__: error
    for error in (NothingGiven, TooMuchText, BinaryContent, NoArticle, NotAFeed, ParserFailed, ParserTooSlow)
}
