"""The newsroom whose checks are published, and a folder of its own for what is kept of its feeds."""

from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import newsroom

__all__ = ["newsroom"]


@pytest.fixture(autouse=True)
def var_folder(tmp_path: Path, settings: Any) -> Path:
    """Tests make the same ids again and again: what one has kept is not another's."""
    settings.VAR_DIR = tmp_path
    return tmp_path
