"""Addresses of the API: the operations, the schema, and the page that describes them."""

from __future__ import annotations

from django.urls import path

from claims.api.app import api
from claims.api.pages import docs, front, openapi_json

urlpatterns = [
    path("api/", front, name="api_front"),
    path("api/docs/", docs, name="api_docs"),
    path("api/v1/openapi.json", openapi_json, name="api_schema"),
    path("api/", api.urls),
]
