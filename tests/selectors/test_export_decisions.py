"""Every model is either in an export of everything or left out for a reason; none is forgotten."""

from __future__ import annotations

import tomllib

import pytest
from django.apps import apps
from django.db.models import NOT_PROVIDED
from django.utils import translation

import claims
from claims.actions.column_values import parsed
from claims.actions.importing_everything import FILLED
from claims.selectors.export_decisions import DECISIONS, Exported, LeftOut, left_out, shapes, spoken_name
from tests.servers import ROOT

_EVERY_MODEL = {model._meta.label for model in apps.get_models(include_auto_created=True)}
#: Columns whose names tell of a secret; a new one has to be decided about.
_SECRET_WORDS = ("password", "secret", "salt", "token_hash", "code_hash")


def test_every_model_has_a_decision_and_no_decision_is_about_nothing() -> None:
    missing = sorted(_EVERY_MODEL - set(DECISIONS))
    assert missing == [], "decide in claims/selectors/export_decisions.py whether these are exported"
    assert sorted(set(DECISIONS) - _EVERY_MODEL) == []


def test_whatever_is_left_out_says_why_in_a_sentence() -> None:
    for name, why in left_out().items():
        assert why[:1].isupper(), name
        assert why.endswith("."), name


@pytest.mark.parametrize("label", sorted(DECISIONS))
def test_a_column_that_is_left_out_exists_and_can_be_made_anew(label: str) -> None:
    decision = DECISIONS[label]
    if isinstance(decision, LeftOut):
        return
    columns = {one.attname: one for one in apps.get_model(label)._meta.concrete_fields}
    for name in decision.without:
        column = columns[name]
        can_be_made = column.default is not NOT_PROVIDED or column.null or name in FILLED.get(label, {})
        assert can_be_made, f"{label}.{name}"


def test_what_is_left_out_is_told_by_the_names_that_people_know() -> None:
    with translation.override("uk"):
        assert spoken_name("claims.Person.password") == "Люди: пароль"
        assert spoken_name("claims.KeptDraft") == "Незбережені чернетки"
    assert spoken_name("claims.Subscription.former_salt") == "Webhook subscriptions (former_salt)"
    assert spoken_name("claims.Person_groups") == "claims.Person_groups"


def test_no_column_that_is_exported_is_a_secret() -> None:
    for shape in shapes():
        for one in (*shape.columns, *shape.captures):
            assert not any(word in one.attname for word in _SECRET_WORDS), f"{shape.label}.{one.attname}"


def test_what_an_exported_row_names_is_exported_as_well() -> None:
    exported = {label for label, decision in DECISIONS.items() if isinstance(decision, Exported)}
    for shape in shapes():
        for one in shape.columns:
            if one.is_relation:
                assert one.related_model._meta.label in exported, f"{shape.label}.{one.attname}"  # type: ignore[union-attr]


def test_every_kind_of_column_can_be_read_back() -> None:
    said = {"UUIDField": "0" * 32, "DateTimeField": "2026-01-01T00:00:00+00:00", "DateField": "2026-01-01"}
    for shape in shapes():
        for one in shape.columns:
            kind = one
            while kind.is_relation:
                kind = kind.target_field  # type: ignore[attr-defined]
            name = kind.get_internal_type()
            words = name in ("CharField", "SlugField", "TextField")
            value: object = said.get(name, "" if words else True if name == "BooleanField" else 1)
            parsed(one, value)


def test_an_export_tells_the_version_of_the_product() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert claims.__version__ == project["project"]["version"]
