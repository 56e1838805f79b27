"""What a person typed and has not saved: kept while they write, and carried over a sign-in that ended.

Nothing here touches a verdict. Words of a verdict wait in a row of the person's own or, while nobody is signed
in, in the browser's session; so do the remarks that stood beside a button which refused. All are offered back
on the screen of the claim.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from claims.actions.kept_drafts import LONGEST_KEPT, keep_draft
from claims.actions.refusals import REFUSALS
from claims.admin.steps import number, seen
from claims.rules.permissions import Actor

_SESSION_KEY = "typed_before_sign_in"
_ASIDE = "not_taken"
#: The fields beside the buttons, and so many characters of each are kept.
_REMARKS = ("comment", "note", "words", "reason_words", "reason", "publish_at", "deadline", "contacted_at")
LONGEST_REMARK = 5_000
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


# --- What was typed beside a button -------------------------------------------------------------------


def remarks_in(form: QueryDict) -> list[str]:
    """Return what a person typed beside a button: a comment, a reason, an entry, a moment. The reasons that the
    buttons of an evidence card bring along are no one's words."""
    fields = [name for name in _REMARKS if name != "reason" or "evidence" not in form]
    typed = (form.get(name, "").strip() for name in fields)
    return [words[:LONGEST_REMARK] for words in typed if words]


def set_aside(request: HttpRequest, claim_id: int) -> None:
    """Keep the remarks of a form that was not taken, in this browser's session, for the next look at the claim."""
    if remarks := remarks_in(request.POST):
        request.session[_ASIDE] = {"claim": claim_id, "remarks": remarks}


def take_back(request: HttpRequest, claim_id: int) -> list[str]:
    """Return the remarks that were set aside on this claim, once."""
    kept = request.session.get(_ASIDE)
    if not isinstance(kept, dict) or kept.get("claim") != claim_id:
        return []
    del request.session[_ASIDE]
    return [str(words) for words in kept["remarks"]]


# --- Over a sign-in -----------------------------------------------------------------------------------


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
