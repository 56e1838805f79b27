"""The newsroom that tests of actions work in."""

from tests.newsroom import newsroom

__all__ = ["newsroom"]
