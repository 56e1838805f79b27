"""The one Django app of the product."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Fact-checking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # A web process sends tasks by name, and Celery only knows a name whose module has been imported.
        from claims import checks, tasks  # noqa: F401
