"""All addresses of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from factcheck.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("claims.feeds")),
    path("admin/", admin.site.urls),
]
