"""Which class is predicted, and how surely, in the frameworks."""

import importlib
from typing import Any

import numpy as np
import pytest

Y = np.array([[0.0, 0.875, 0.25], [-3.0, -1.0, -2.5], [5.0, 4.5, 0.0]])
T = np.eye(3)[[1, 1, 2]]


def counted(name: str, y: Any, t: Any) -> tuple[int, float]:
    """What an engine counts."""
    tensor = pytest.importorskip({"keras": "tensorflow", "torch": "torch"}[name])
    make = tensor.constant if name == "keras" else tensor.from_numpy
    n_correct, margin = importlib.import_module(f"adapters.{name}.classes").metrics(make(y), make(t))
    return int(n_correct), float(margin)


@pytest.mark.parametrize("name", ["keras", "torch"])
def test_greatest_outputs_are_counted(name: str) -> None:
    """Two of three are right, whatever the range of the outputs; the least distance to the second greatest is that of the last."""
    assert counted(name, Y, T) == (2, 0.5)


@pytest.mark.parametrize("name", ["keras", "torch"])
def test_equal_outputs_have_no_margin(name: str) -> None:
    """Rounding would decide the class."""
    assert counted(name, np.array([[2.0, 2.0, 1.0]]), T[:1])[1] == 0.0
