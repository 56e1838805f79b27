"""Following a claim or article, asking a colleague about a claim, answering."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions import follows
from claims.actions.comments import LONGEST_WORDS, answer_question, ask_colleague
from claims.actions.refusals import Invalid
from claims.models import Claim
from claims.selectors.comments import colleagues_of, threads_about
from claims.web.articles import article_of
from claims.web.claims import claim_of
from claims.web.edges import actor, desk_page, id_in
from claims.web.forms import explain


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What you say"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AskForm(WordsForm):
    person = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Whom you ask"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, sent: QueryDict | None, *, claim: Claim, but: int | None) -> None:
        super().__init__(sent)
        people = colleagues_of(claim.desk_id, but=but)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (person.pk, f"{person} (@{person.username})") for person in people
        ]


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def claim_ask(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The questions about a claim with their answers, and a form to ask one."""
    claim = claim_of(request, claim_id)
    if request.GET.get("part") == "questions":
        context = {"claim": claim, "threads": threads_about(claim)}
        return render(request, "claims/partials/_questions.html", context)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, claim=claim, but=actor(request).person_id)
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        try:
            ask_colleague(
                claim_id=claim.pk, words=given["words"], person_ids=given["person"], actor=actor(request)
            )
            messages.success(request, _("Asked. You will be told when there is an answer."))
            return redirect("claim_ask", claim.pk)
        except Invalid as refusal:
            explain(form, refusal)
    context = {"claim": claim, "form": form, "threads": threads_about(claim)}
    return render(request, "claims/claim_ask.html", context, status=400 if sent is not None else 200)


@desk_page
@require_POST
def answer(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Answer a question about a claim."""
    words = request.POST.get("words", "")
    comment = answer_question(comment_id=id_in(comment_id), words=words, actor=actor(request))
    messages.success(request, _("Answered."))
    return redirect(f"{reverse('claim_ask', args=[comment.claim_id])}#question-{comment.answers_id}")


@desk_page
@require_POST
def claim_follow(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Follow a claim, or stop following it."""
    claim = claim_of(request, claim_id)
    if request.POST.get("follow") == "0":
        follows.unfollow_claim(claim_id=claim.pk, actor=actor(request))
        messages.success(request, _("You no longer follow this claim."))
    else:
        follows.follow_claim(claim_id=claim.pk, actor=actor(request))
        messages.success(request, _("You follow this claim. You will be told what becomes of it."))
    return redirect(claim)


@desk_page
@require_POST
def article_follow(request: HttpRequest, article_id: int) -> HttpResponse:
    """Follow an article, or stop following it."""
    article = article_of(request, article_id)
    if request.POST.get("follow") == "0":
        follows.unfollow_article(article_id=article.pk, actor=actor(request))
        messages.success(request, _("You no longer follow this article."))
    else:
        follows.follow_article(article_id=article.pk, actor=actor(request))
        messages.success(request, _("You follow this article. New versions appear on your day."))
    return redirect(article)
