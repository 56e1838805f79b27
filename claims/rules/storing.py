"""What any database takes as text. Pure."""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return ``text`` as every column can hold it; call it before a length is counted or words are cut.

    A NUL, which PostgreSQL refuses and nobody sees, goes. A lone surrogate, half of a character that UTF-8
    cannot write, becomes U+FFFD, so that a reader sees that something stood there.
    """
    return _SURROGATES.sub("\ufffd", text.replace("\x00", ""))
