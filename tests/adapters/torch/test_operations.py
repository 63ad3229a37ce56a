"""Calculations in PyTorch."""

import pytest
import torch

from adapters.calculation import UnsupportedError
from adapters.torch.operations import FUNCTIONS
from reference import graph


def test_only_the_gru_as_published_is_absent() -> None:
    """Every other function of the reference is there, and none besides."""
    assert graph.FUNCTIONS.keys() ^ FUNCTIONS.keys() == {"gru"}


def test_a_slice_with_a_negative_step_is_unsupported() -> None:
    """PyTorch has no such slices; a forward one is fine."""
    x = torch.arange(3)
    backwards = {"index": (slice(None, None, -1),)}
    for name, operands in (("index", (x,)), ("assign", (x, x))):
        with pytest.raises(UnsupportedError, match="no slices with a negative step"):
            FUNCTIONS[name](backwards, *operands)
    assert FUNCTIONS["index"]({"index": (slice(1, None),)}, x).tolist() == [1, 2]


def test_assignment_leaves_its_operand_alone() -> None:
    """The result is a copy."""
    x = torch.zeros(3)
    assert FUNCTIONS["assign"]({"index": (1,)}, x, torch.tensor(2.0)).tolist() == [0, 2, 0]
    assert x.tolist() == [0, 0, 0]
