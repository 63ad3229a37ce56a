"""Files that cannot be used: each is one failed test, so that it neither hides nor keeps the others from being judged."""

from pathlib import Path
from typing import Any

import pytest

from verification.pytest_plugin.options import SESSION, TEST, verifies
from worked_examples.errors import in_line
from worked_examples.loading import ROOT


class BrokenFixture(pytest.Item):
    """The test of a file that cannot be used; it fails with one line."""

    def __init__(self, *, error: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.error = error

    def runtest(self) -> None:
        """Fail."""
        pytest.fail(self.error, pytrace=False)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where the test is, for the report."""
        return self.path, None, self.name


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for every file that cannot be used, where the worked examples are what is run, and not single ones of them."""
    if not verifies(config) or any("::" in argument for argument in config.args):
        return
    for file, error in config.stash[SESSION].unreadable.items():
        name = f"broken-fixture[{in_line(file)}]"
        place = f"{TEST.relative_to(ROOT.parent).as_posix()}::{name}"
        items.append(BrokenFixture.from_parent(session, name=name, nodeid=place, path=TEST, error=str(error)))
