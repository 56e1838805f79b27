"""My API tokens: make one (its secret is shown in the one answer that makes it), look at them, revoke them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions.refusals import Invalid
from claims.actions.tokens import LONGEST_LIFE_DAYS, LONGEST_NAME, issue_token, revoke_token
from claims.models import ScopeChoice
from claims.selectors.tokens import counts, tokens_of
from claims.web.edges import actor, desk_page, id_in
from claims.web.forms import explain


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=LONGEST_NAME,
        help_text=_("A program or a partner, for example."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"), choices=ScopeChoice.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("For how many days"), min_value=1, max_value=LONGEST_LIFE_DAYS, initial=90
    )


@never_cache
@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, and make one."""
    form = TokenForm(request.POST or None, initial={"scopes": [ScopeChoice.READ.value]})
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = issue_token(**form.cleaned_data, actor=actor(request))
            form = TokenForm(initial={"scopes": [ScopeChoice.READ.value]})
        except Invalid as refusal:
            explain(form, refusal)
    person_id = actor(request).person_id
    assert person_id is not None, "Only people who have signed in come this far."
    labels = dict(ScopeChoice.choices)
    rows = [
        {
            "token": token,
            "counts": counts(token),
            "scopes": [labels.get(scope, scope) for scope in token.scopes],
        }
        for token in tokens_of(person_id)
    ]
    context = {"form": form, "secret": secret, "rows": rows}
    status = 400 if request.method == "POST" and not secret else 200
    return render(request, "claims/account_tokens.html", context, status=status)


@desk_page
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one of one's own tokens at once."""
    revoke_token(token_id=id_in(token_id), actor=actor(request))
    return redirect("account_tokens")
