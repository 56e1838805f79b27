"""Proper names: reading them, and telling whether two of them can name one entity."""

from claims.language.names.reading import name_keys, read_names
from claims.language.names.same import same_name

__all__ = ["name_keys", "read_names", "same_name"]
