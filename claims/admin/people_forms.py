"""The forms of people and desks: they parse and label, and carry the version that was seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.actions.people import Roles, roles_of
from claims.models import Desk, Person, RoleChoice
from claims.rules.permissions import Role


class _Seen(forms.ModelForm):  # type: ignore[type-arg]
    """Carries the version that the person saw; a changed one is a conflict, told by the action."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version


class PersonForm(_Seen):
    language = forms.ChoiceField(
        label=_("interface language"),
        required=False,
        choices=[("", _("as the browser asks")), *settings.LANGUAGES],
    )
    roles = forms.MultipleChoiceField(
        label=_("roles"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    class Meta:
        model = Person
        fields = ("username", "first_name", "last_name", "email", "language", "is_staff")
        labels = {"is_staff": _("may open the review desk")}
        help_texts = {"is_staff": "", "username": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.MultipleChoiceField)
        roles.choices = [
            (desk.name, [(f"{desk.pk}:{value}", label) for value, label in RoleChoice.choices])
            for desk in Desk.objects.order_by("name")
        ]
        if self.instance.pk:
            held = roles_of(self.instance)
            roles.initial = [f"{desk_id}:{role}" for desk_id, role in held]

    def clean_roles(self) -> Roles:
        chosen = (str(choice).partition(":") for choice in self.cleaned_data["roles"])
        return frozenset((int(desk_id), Role(role)) for desk_id, _colon, role in chosen)


class NewPersonForm(PersonForm):
    password = forms.CharField(
        label=_("first password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; several words are best."),
    )


class DeskForm(_Seen):
    approvals_required = forms.TypedChoiceField(
        label=_("approvals required"), coerce=int, choices=[(number, str(number)) for number in (1, 2, 3)]
    )

    class Meta:
        model = Desk
        fields = ("name", "zone", "approvals_required", "second_factor_required", "labels_blind")


def told_refusal(form: type[forms.ModelForm[Any]], sentence: str) -> type[forms.ModelForm[Any]]:
    """Return ``form`` with the sentence by which the action refused what it holds; it is never valid."""

    class Refused(form):  # type: ignore[misc, valid-type]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, sentence)
            return cleaned

    return Refused
