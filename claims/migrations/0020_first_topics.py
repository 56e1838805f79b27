"""The topics that every installation begins with. Taking it back removes those that no claim has."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from claims.rules.topics import FIRST_TOPICS


def plant(apps: Any, schema_editor: Any) -> None:
    Topic = apps.get_model("claims", "Topic")
    for first in FIRST_TOPICS:
        names = {"label_en": first.label_en, "label_uk": first.label_uk, "label_ru": first.label_ru}
        Topic.objects.get_or_create(slug=first.slug, defaults=names)


def uproot(apps: Any, schema_editor: Any) -> None:
    slugs = [first.slug for first in FIRST_TOPICS]
    apps.get_model("claims", "Topic").objects.filter(slug__in=slugs, claims__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_topics")]
    operations = [migrations.RunPython(plant, uproot)]
