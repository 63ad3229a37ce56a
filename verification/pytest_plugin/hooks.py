"""The hooks that this suite adds to pytest's."""

from pathlib import Path

import pytest

from verification.records import Results


@pytest.hookspec
def pytest_epoch79_results(config: pytest.Config, results: Results) -> list[Path]:  # type: ignore[empty-body]
    """A run has verified examples, and these are its results; returns the files that were written from them."""
