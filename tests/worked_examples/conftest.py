"""What the tests of fixtures have in common: copies of good fixtures with one change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from worked_examples import Example, FixtureError, load
from worked_examples.loading import ROOT


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Writes a copy of a fixture with one change; the file."""

    def write(name: str, old: str, new: str) -> Path:
        text = (ROOT / f"{name}.toml").read_text(encoding="utf-8")
        assert old in text, f"{name}: no {old!r}"
        file = tmp_path / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return write


@pytest.fixture
def refusal(changed: Callable[[str, str, str], Path]) -> Callable[[str, str, str], str]:
    """The message for a copy of a fixture with one change, without the file, which it must name first."""

    def message(name: str, old: str, new: str) -> str:
        file = changed(name, old, new)
        with pytest.raises(FixtureError) as caught:
            load(file)
        text = str(caught.value)
        assert text.startswith(f"{file}: ")
        assert "\n" not in text
        return text.removeprefix(f"{file}: ")

    return message


@pytest.fixture
def loaded(changed: Callable[[str, str, str], Path]) -> Callable[[str, str, str], Example]:
    """The example of a copy of a fixture with one change."""
    return lambda name, old, new: load(changed(name, old, new))
