"""What the pages' forms ask for. They parse and label; whether it can be taken is the actions' to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.actions.refusals import Invalid
from claims.models import Claim, Claimant, LanguageChoice


def explain(form: forms.BaseForm, refusal: Invalid) -> None:
    """Put a refusal's sentences at the fields that they are about, else above the form."""
    told = {name: sentence for name, sentence in refusal.fields.items() if name in form.fields}
    for name, sentence in told.items():
        form.add_error(name, sentence)
    if not told:
        form.add_error(None, refusal.sentence)


def given_in(form: forms.Form) -> dict[str, Any]:
    """Return what was filled in. Raises ``Invalid`` with all that is wrong, for a page that shows no form."""
    if not form.is_valid():
        raise Invalid(" ".join(str(sentence) for told in form.errors.values() for sentence in told))
    return dict(form.cleaned_data)


class UrlForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the article or live blog"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
    )


class FileForm(forms.Form):
    file = forms.FileField(label=_("Saved page (HTML)"), allow_empty_file=True)
    page_url = forms.CharField(label=_("Its address, if you know it"), required=False, max_length=2000)
    file_outlet = forms.CharField(label=_("Outlet"), required=False, max_length=200)


class PastedForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Lines with a time of their own, like “12:00 p.m.” or “10:40”, become updates."),
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    outlet = forms.CharField(label=_("Outlet"), required=False, max_length=200)
    text_url = forms.CharField(label=_("Address, if it has one"), required=False, max_length=2000)
    published_on = forms.DateField(
        label=_("Day of publication"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    zone = forms.CharField(
        label=_("Time zone of the printed times"),
        required=False,
        max_length=64,
        help_text=_("Like Europe/Kyiv. Left empty, the outlet's own zone is taken."),
    )


class ClaimForm(forms.Form):
    """Everything about a claim but where it was made."""

    text = forms.CharField(
        label=_("Claim as said"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One checkable assertion. Complete it if the words alone do not say who, what or when."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"data-count-to": "75"}),
        help_text=_("At most 75 characters: how lists and search results show it."),
    )
    claimant_name = forms.CharField(
        label=_("Who said it"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty when nobody is named."),
    )
    claimant_kind = forms.ChoiceField(
        label=_("Is that a"), choices=[("", _("not known")), *Claimant.Kind.choices], required=False
    )
    attribution = forms.CharField(label=_("Reported by"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind of claim"), choices=Claim.Kind.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LanguageChoice.choices, required=False)
    topic = forms.CharField(label=_("Topic"), required=False, max_length=80)


class ElsewhereForm(ClaimForm):
    """A claim that was not read in an article of the desk."""

    url = forms.CharField(
        label=_("Address where it was made"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    offline_origin = forms.CharField(
        label=_("Or where it was said, if not online"),
        required=False,
        max_length=500,
        help_text=_("For example: a speech in parliament, 12 May, from the minutes."),
    )
    made_on = forms.DateField(
        label=_("Day on which it was made"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class EditClaimForm(forms.Form):
    """What may change about a claim: everything but its words."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    summary = ClaimForm.base_fields["summary"]
    kind = forms.ChoiceField(label=_("Kind of claim"), choices=Claim.Kind.choices)
    attribution = ClaimForm.base_fields["attribution"]
    topic = ClaimForm.base_fields["topic"]


class TopicsForm(forms.Form):
    """The topics that readers find a claim's checks by. What is suggested is named, never ticked."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    topics = forms.MultipleChoiceField(
        label=_("Topics for readers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], suggested: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)
        topics.choices = choices
        names = [name for slug in suggested for known, name in choices if known == slug]
        if names:
            topics.help_text = _("Its words speak of: %(topics)s.") % {"topics": ", ".join(names)}


class FeedForm(forms.Form):
    feed_url = forms.CharField(label=_("Address of the feed (RSS or Atom)"), max_length=2000)
    feed_outlet = forms.CharField(label=_("Outlet"), required=False, max_length=200)


class SourceUrlForm(forms.Form):
    source_url = forms.CharField(label=_("Address of one page"), max_length=2000)


class ByHandForm(forms.Form):
    outlet = forms.CharField(label=_("Outlet or body"), required=False, max_length=200)
    title = forms.CharField(label=_("Title"), required=False, max_length=500)
    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    url = forms.CharField(label=_("Address, if it has one"), required=False, max_length=2000)
    published_on = forms.DateField(
        label=_("Day of publication"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class ImportForm(forms.Form):
    file = forms.FileField(label=_("File (JSON Lines)"), allow_empty_file=True)


class ChecksForm(forms.Form):
    file = forms.FileField(label=_("File (JSON, HTML or CSV)"), required=False, allow_empty_file=True)
    url = forms.CharField(
        label=_("Or its address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
    )
