"""The hook of results: other plugins get the results of a run, and name the files that they wrote."""

from pathlib import Path
from typing import Any

import pytest
from pluggy import PluginValidationError

from verification.pytest_plugin import hooks


@pytest.fixture
def manager() -> pytest.PytestPluginManager:
    """A manager of plugins that knows the hook."""
    plugins = pytest.PytestPluginManager()
    plugins.add_hookspecs(hooks)
    return plugins


def test_every_plugin_gets_the_results(manager: pytest.PytestPluginManager) -> None:
    """The files of all plugins come back; a plugin need not take the configuration."""

    class Plugin:
        """Writes a file by the name of the results."""

        def pytest_epoch79_results(self, results: Any) -> list[Path]:
            """One file."""
            return [Path(f"{results}.txt")]

    manager.register(Plugin())
    assert manager.hook.pytest_epoch79_results(config=None, results="results") == [[Path("results.txt")]]


def test_a_plugin_with_another_argument_is_refused(manager: pytest.PytestPluginManager) -> None:
    """A misspelled argument is an error at registration, not a silent omission."""

    class Plugin:
        """Misspells the argument."""

        def pytest_epoch79_results(self, result: Any) -> list[Path]:
            """Never called."""
            return [result]

    with pytest.raises(PluginValidationError, match="result"):
        manager.register(Plugin())
