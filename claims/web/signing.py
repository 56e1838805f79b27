"""The public key that dossiers are signed with, at an address that does not change."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from claims.publish.signing import described_key, ensure_signing_key


@require_safe
def signing_key(request: HttpRequest) -> JsonResponse:
    """Answer with algorithm, public key and fingerprint; ``verify_dossier --key`` takes this very file."""
    described = described_key(ensure_signing_key(settings.SIGNING_KEY_FILE).public_key())
    response = JsonResponse({**described, "use": "dossiers", "site": settings.SITE_URL})
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    return response
