"""Engines with a mistake, under the name ``faulty``."""

from collections.abc import Callable

import pytest

from adapters import Adapter
from tests import runs


def plant(monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Adapter]) -> None:
    """Make the fault an engine of the name ``faulty``."""
    right = runs.adapter
    monkeypatch.setattr(runs, "adapter", lambda name: fault() if name == "faulty" else right(name))
