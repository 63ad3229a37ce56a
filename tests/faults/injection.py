"""Engines with a mistake, under the name ``faulty``."""

from collections.abc import Callable

import pytest

from adapters import Engine
from verification import session


def plant(monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Engine]) -> None:
    """Make the fault an engine of the name ``faulty``."""
    right = session.adapter
    monkeypatch.setattr(session, "adapter", lambda name: fault() if name == "faulty" else right(name))
