"""What the tests of fixtures share: how a copy of a good fixture with one change is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from worked_examples import FixtureError, load


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
