"""Failures as they were kept, told in the language of the person who reads them.

A worker serves nobody in particular, so it keeps in English why a page could not be fetched or read. What
no catalog knows (the words of an exception) is told as it stands, so that no cause is hidden.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

_STATUS = re.compile(r"The site answered with an error \(HTTP (\d{3})\)\.")


def word_failure(kept: str) -> str:
    """Return the sentence ``kept`` in the language in use; "" stays ""."""
    if answered := _STATUS.fullmatch(kept):
        return _("The site answered with an error (HTTP %(status)d).") % {"status": int(answered[1])}
    return _(kept) if kept else ""
