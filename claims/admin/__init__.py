"""The review desk: Django's admin with its own screens. Stock forms write nothing editorial."""

from claims.admin import (  # noqa: F401
    claim_desk,
    history,
    jobs,
    people,
    ratings,
    sources,
    subscriptions,
    tokens,
    topics,
)
from claims.admin.site import desk

__all__ = ["desk"]
