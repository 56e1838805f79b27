"""What the repository promises about itself: locks without addresses, and one command for each job."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.servers import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))


def _pins(lock: Path) -> dict[str, str]:
    return dict(
        re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^\s\\]+)", lock.read_text("utf-8"), re.MULTILINE)
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_hashes_and_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_the_development_lock_has_the_same_versions_as_the_one_that_is_served() -> None:
    served, development = _pins(ROOT / "requirements.lock"), _pins(ROOT / "requirements-dev.lock")
    assert len(served) > 30
    assert served.items() <= development.items()


def test_every_declared_dependency_is_locked() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    locked = {_normal(name) for name in _pins(ROOT / "requirements.lock")}
    names = {_normal(re.split(r"[\[<>=!~ ;]", requirement)[0]) for requirement in declared}
    assert names <= locked


@pytest.mark.parametrize("target", ["run", "test", "evaluate", "bench", "lint"])
def test_make_knows_the_target(target: str) -> None:
    shown = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert shown.returncode == 0, shown.stderr


@pytest.mark.parametrize("script", [".ci/run", ".ci/environment.sh"])
def test_a_shell_script_parses(script: str) -> None:
    first = (ROOT / script).read_text("utf-8").splitlines()[0]
    shell = "bash" if "bash" in first else "sh"
    subprocess.run([shell, "-n", str(ROOT / script)], check=True, timeout=120)
