"""The review desk: Django's admin with its own screens. Stock forms write nothing editorial."""

from claims.admin import claim_desk, history, jobs, people, ratings, sources, tokens, topics  # noqa: F401
from claims.admin.site import desk

__all__ = ["desk"]
