"""The one Django app of the product."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Fact-checking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # A web process sends tasks by name, and Celery only knows a name whose module has been imported.
        from claims import checks, tasks  # noqa: F401
        from claims.language.lexicon import use_lexicon_folders

        if settings.LEXICON_FOLDER:
            use_lexicon_folders([Path(settings.LEXICON_FOLDER)], signal=settings.LEXICON_SIGNAL)
        post_migrate.connect(_seed, sender=self)


def _seed(using: str, plan: Any = (), **kwargs: Any) -> None:
    """Put the default rating scale and topics in place once the tables stand; going backwards needs none."""
    from claims.actions.ratings import seed_rating_scale
    from claims.actions.topics import seed_topics
    from claims.models import RatingScale, Topic

    backwards = any(is_backwards for _migration, is_backwards in plan)
    if using == "default" and not backwards:
        with connections[using].cursor() as cursor:
            tables = connections[using].introspection.table_names(cursor)
        if RatingScale._meta.db_table in tables:
            seed_rating_scale()
        if Topic._meta.db_table in tables:
            seed_topics()
