"""What a person typed and has not saved: kept while they write, and carried over a sign-in that ended.

Nothing here touches a verdict. Words wait in a row of the person's own or, while nobody is signed in, in the
browser's session; both are offered back on the screen of the claim.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from claims.actions.kept_drafts import LONGEST_KEPT, keep_draft
from claims.actions.refusals import REFUSALS
from claims.admin.steps import number, seen
from claims.rules.permissions import Actor

_SESSION_KEY = "typed_before_sign_in"
#: Fields of the form that are about the form and not about the verdict.
_OF_THE_FORM = frozenset({"csrfmiddlewaretoken", "seen_version", "verdict", "then"})


def is_verdict_form(form: QueryDict) -> bool:
    return "justification" in form and "verdict" in form


def words_typed(form: QueryDict) -> dict[str, Any]:
    """Return the fields that a person fills in, each as the list of its values."""
    return {name: values for name, values in form.lists() if name not in _OF_THE_FORM}


def form_from(words: dict[str, Any]) -> QueryDict:
    """Return the form that ``words`` (from ``words_typed``) were typed into."""
    form = QueryDict(mutable=True)
    for name, values in words.items():
        form.setlist(name, [str(value) for value in values])
    return form


def keep_typed(form: QueryDict, actor: Actor) -> bool:
    """Keep what was typed for the person who typed it; say whether it could be kept."""
    if not is_verdict_form(form):
        return False
    try:
        keep_draft(
            verdict_id=number(form, "verdict"),
            seen_version=seen(form),
            words=words_typed(form),
            actor=actor,
        )
    except REFUSALS:
        return False
    return True


def stash(request: HttpRequest, claim_id: int) -> None:
    """Carry what was typed over the sign-in, in this browser's session; one form, of a length that people type."""
    words = words_typed(request.POST)
    if sum(len(value) for values in words.values() for value in values) > LONGEST_KEPT:
        return
    carried = {name: request.POST.get(name, "")[:20] for name in ("verdict", "seen_version")}
    request.session[_SESSION_KEY] = {"claim": claim_id, "words": words, **carried}


def take_from_stash(request: HttpRequest, claim_id: int, actor: Actor) -> bool:
    """Keep for ``actor`` what was typed on this claim before the sign-in; say whether there was something."""
    stashed = request.session.get(_SESSION_KEY)
    if not isinstance(stashed, dict) or stashed.get("claim") != claim_id:
        return False
    del request.session[_SESSION_KEY]
    form = form_from(stashed["words"])
    form["verdict"], form["seen_version"] = stashed["verdict"], stashed["seen_version"]
    return keep_typed(form, actor)
