"""``docs/architecture.md`` is true: every path that it names exists, and every module and package is named."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGES = ("reference", "worked_examples", "adapters", "verification", "report", "benchmarks")
NAMED = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:toml|ini|txt|md))`", MAP))
MODULES = [file.relative_to(ROOT) for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", sorted(NAMED - {"book.toml", "report.md"}))
def test_every_path_of_the_map_exists(path: str) -> None:
    """A file or folder that the map names is there, but for those that an author or a run writes."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", [file for file in MODULES if file.name != "__init__.py"], ids=str)
def test_every_module_is_on_the_map(module: Path) -> None:
    """A module has its line."""
    assert f"- `{module}`: " in MAP


@pytest.mark.parametrize("package", sorted({str(file.parent) for file in MODULES}))
def test_every_package_is_on_the_map(package: str) -> None:
    """A package is named with what it is for."""
    assert f"`{package}/`: " in MAP
