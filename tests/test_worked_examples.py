"""Every worked example on every engine: the suite's main job."""

from typing import Any

import pytest

from verification.case import Case
from verification.check import Check
from verification.pytest_plugin.collection import verify


def test_worked_example(case: Case[Any], check: Check, request: pytest.FixtureRequest) -> None:
    """The engine gives what the book prints, and what the exact arithmetic gives; see the check of this name for how."""
    verify(request.node, case, check)
