"""When two addresses or two texts are the same one.

Invariant: pure and idempotent: ``canonical_url(canonical_url(u)) == canonical_url(u)``, and two texts that
differ only in case, blanks, punctuation or Unicode composition have one fingerprint.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_ga|_gl|_openstat|ysclid|twclid|ttclid|"
    r"at_medium|at_campaign|at_\w+|cmpid|cmp|ncid|ocid|smid|sr_share|ref_src|ref_url|share|spm|wt_mc|"
    r"xtor|from_source|__twitter_impression|guccounter|feature|src_tw)",
    re.IGNORECASE,
)
_AMP = re.compile(r"(?:outputtype|amp|_amp)", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?:/|\.html)?$|^/amp(?=/.)", re.IGNORECASE)
_AMP_HOST = re.compile(r"^amp\.(?=[^.]+\.)")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_COPIED = str.maketrans({"\t": None, "\r": None, "\n": None, " ": "%20"})
#: Characters that the columns of addresses hold.
LONGEST_ADDRESS = 2000
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")


def canonical_url(url: str) -> str:
    """Return the one address under which a page is known, or ``""`` for what is no http(s) address.

    Lower-cases scheme and host (as punycode), takes https for http, drops default ports, fragments,
    tracking and AMP parameters, sorts the rest, and drops a final slash. ``www.`` is kept: the two names
    may be different sites.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return ""
    host = _stripped(_AMP_HOST, _punycode(host))
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port not in (80, 443):
        host = f"{host}:{port}"
    path = _tidy_escapes(parts.path)
    path = _stripped(_AMP_PATH, path.rstrip("/")).rstrip("/") or "/"
    return urlunsplit(("https", host, path, _kept_parameters(parts.query), ""))


def given_address(url: str) -> str:
    """Return an address as it was given, or ``""`` for what is no http(s) address or no plain one.

    This is what is stored, opened and linked: a site may have no TLS and may read its parameters in order,
    which ``canonical_url``, the key of a page, does not keep. Blanks around it and line breaks of a copied
    address go and blanks within are escaped, as browsers do; control characters, lone surrogates and
    backslashes, which programs read differently, and more than 2,000 characters make it no address.
    """
    given = url.strip().translate(_COPIED)
    if not given.isprintable() or "\\" in given or len(given) > LONGEST_ADDRESS:
        return ""
    return given if 0 < len(canonical_url(given)) <= LONGEST_ADDRESS else ""


def text_fingerprint(text: str) -> str:
    """Return the SHA-256 (hex) of the text's letters and digits alone, folded."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(character for character in folded if character.isalnum())
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _stripped(pattern: re.Pattern[str], text: str) -> str:
    """Remove a pattern until it is gone: what one removal lays bare may match again."""
    while (shorter := pattern.sub("", text).rstrip("/")) != text:
        text = shorter
    return text


def _kept_parameters(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        name, _equals, value = pair.partition("=")
        if not pair or _TRACKING.fullmatch(name) or (_AMP.fullmatch(name) and value in ("", "1", "amp")):
            continue
        kept.append(_tidy_escapes(pair))
    return "&".join(sorted(kept))


def _tidy_escapes(text: str) -> str:
    """Escape what must be, unescape what need not be, so that one path has one spelling (RFC 3986, 6.2.2)."""

    def one(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match[0])
        return byte.decode("ascii") if byte[0] in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(one, quote(text.encode("utf-8", "replace"), safe="/:@!$&'()*+,;=-._~%"))
