"""The product: one Django app in rooms. ``__version__`` is that of pyproject.toml; a test holds them equal."""

__version__ = "0.1.0"
