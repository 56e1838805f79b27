"""The newsroom whose checks are published."""

from tests.newsroom import newsroom

__all__ = ["newsroom"]
