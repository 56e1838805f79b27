"""The forms of one's own account. They parse and label; the actions say whether it can be taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConflictKind(models.TextChoices):
    """What a conflict of interest may be with."""

    CLAIMANT = "claimant", _("a claimant")
    OUTLET = "outlet", _("an outlet")
    TOPIC = "topic", _("a topic")
    CLAIM = "claim", _("one claim")


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(label=_("I keep out of"), choices=ConflictKind.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("The name as it stands on the claim; of one claim the number in its address."),
    )
    note = forms.CharField(label=_("Why (for the history)"), required=False, max_length=500)


class BeginForm(forms.Form):
    password = forms.CharField(
        label=_("Your password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class OwnPasswordForm(PasswordChangeForm):
    """Django's form without its list of rules in HTML; what is wrong is told at the field."""

    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _("At least 12 characters; several words are best.")
