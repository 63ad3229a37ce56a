"""Sizes of networks: every engine counts its own layers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters import Engine
from reference.sizes import Count
from worked_examples import load

HEAD = """
kind = "network"
id = "ours/1"
title = "small"
source = { document = "ours", section = "tests" }
provenance = "ours"
"""
SIZES = """
[network]
layers = [
  { name = "image", type = "reshape", shape = [2, 6, 4] },
  { name = "conv", type = "convolution", filters = 4, kernel_size = 3, padding = 1, groups = 2, activation = "relu" },
  { name = "norm", type = "batch normalization" },
  { name = "plain", type = "convolution", filters = 4, kernel_size = 1, bias = "none" },
  { name = "sum", type = "add", inputs = ["norm", "plain"] },
  { type = "concatenate", inputs = ["sum", "conv"] },
  { type = "max pooling", size = 2 },
  { type = "average pooling", size = [1, 2], padding = [0, 1], stride = 1 },
  { type = "reshape", shape = [9, 8] },
  { type = "layer normalization" },
  { units = 5, activation = "sigmoid" },
]
"""
SEQUENCES = """
[network]
loss = "half squared error"
layers = [
  { name = "x", type = "embedding", kernel = [["1", "2"], ["3", "4"]] },
  { type = "lstm", kernel = K4, recurrent_kernel = K4, bias = B4, returns_sequences = true },
  { type = "gru", reset = "after", kernel = K3, recurrent_kernel = K3, bias = B3, recurrent_bias = B3, returns_sequences = true },
  { name = "h", kernel = [["1", "2"], ["3", "4"]], bias = "0", activation = "tanh" },
  { type = "attention", inputs = ["h", "x", "x"] },
  { type = "recurrent", kernel = K1, recurrent_kernel = K1, bias = B1 },
]

[data]
input = [["0", "1", "0"], ["1", "1", "0"], ["0", "0", "0"]]
target = [["1", "2"], ["1", "2"], ["1", "2"]]
"""


def filled(text: str) -> str:
    """Kernels and biases of two units with so many gates."""
    for gates in (1, 3, 4):
        row = "[" + ", ".join(['"0.5"'] * 2 * gates) + "]"
        text = text.replace(f"K{gates}", f"[{row}, {row}]").replace(f"B{gates}", row)
    return text


@pytest.fixture
def network_of(tmp_path: Path) -> Callable[[str], Any]:
    """The network of a text."""

    def read(text: str) -> Any:
        file = tmp_path / "ours" / "1.toml"
        file.parent.mkdir()
        file.write_text(HEAD + filled(text), encoding="utf-8")
        return load(file)

    return read


def test_every_engine_counts_sizes_alone(engine: Engine, network_of: Callable[[str], Any]) -> None:
    """By hand: 4 filters of 1x3x3 at 24 positions; 4x4x1x1; 8 inputs to 5 units at each of 9 times."""
    assert engine.count(network_of(SIZES)) == [
        Count((2, 6, 4), 0, 0, 0),
        Count((4, 6, 4), 36, 4, 36 * 24),
        Count((4, 6, 4), 4, 4, 0),
        Count((4, 6, 4), 16, 0, 16 * 24),
        Count((4, 6, 4), 0, 0, 0),
        Count((8, 6, 4), 0, 0, 0),
        Count((8, 3, 2), 0, 0, 0),
        Count((8, 3, 3), 0, 0, 0),
        Count((9, 8), 0, 0, 0),
        Count((9, 8), 8, 8, 0),
        Count((9, 5), 40, 5, 9 * 40),
    ]


def test_every_engine_counts_what_it_computes(engine: Engine, network_of: Callable[[str], Any]) -> None:
    """By hand: four gates and two matrices of 2x2 each at three times; 3 queries of 2 features by 3 keys, and 9 products by 2."""
    assert engine.count(network_of(SEQUENCES)) == [
        Count((3, 2), 4, 0, 0),
        Count((3, 2), 32, 8, 3 * 32),
        Count((3, 2), 24, 12, 3 * 24),
        Count((3, 2), 4, 2, 3 * 4),
        Count((3, 2), 0, 0, 3 * 3 * (2 + 2)),
        Count((2,), 8, 2, 3 * 8),
    ]
