"""All addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from claims.admin import desk
from factcheck.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("claims.feeds")),
    path("", include("claims.api.urls")),
    path("admin/", desk.urls),
    path("", include("claims.web.urls")),
]

handler400 = "claims.web.errors.bad_request"
handler403 = "claims.web.errors.permission_denied"
handler404 = "claims.web.errors.page_not_found"
handler500 = "claims.web.errors.server_error"
