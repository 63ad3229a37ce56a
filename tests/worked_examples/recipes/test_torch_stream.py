"""PyTorch's generator without PyTorch, against PyTorch itself, bit by bit."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from worked_examples.recipes.torch_stream import TorchManualSeed

torch = pytest.importorskip("torch")
Draws = Callable[..., dict[str, Any]]
WITH_AVX2 = torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
pytestmark = pytest.mark.skipif(not WITH_AVX2, reason="PyTorch rounds otherwise on processors without AVX2")


@pytest.fixture(params=["float32", "float64"])
def dtype(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each default type, set in PyTorch too."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(getattr(torch, request.param))
    yield request.param
    torch.set_default_dtype(before)


@pytest.mark.parametrize("seed", [0, 1, 42, 1234, 2**32 - 1])
@pytest.mark.parametrize("shape", [(1,), (3, 4), (15,), (16,), (17,), (5, 7), (2, 3, 40), (1000,)])
def test_draws_are_pytorch_s(seed: int, shape: tuple[int, ...], dtype: str, draws: Draws) -> None:
    """Uniform and normal numbers of every size, one call after the other from one stream, and arithmetic in the default type."""
    text = f"""
    a = rand{shape}
    b = randn{shape}
    c = randn(3)
    d = 2*rand({shape}) - 1
    e = randn{shape} * 0.1 / sqrt(3) + 1
    f = randn(2)
    """
    torch.manual_seed(seed)
    expected = [torch.rand(*shape), torch.randn(*shape), torch.randn(3), 2 * torch.rand(shape) - 1]
    expected += [torch.randn(*shape) * 0.1 / np.sqrt(3) + 1, torch.randn(2)]
    values = draws(text, "torch.manual_seed", seed, dtype)
    for name, numbers in zip(values, expected, strict=True):
        assert values[name].dtype == dtype
        assert np.array_equal(values[name], numbers.numpy()), name


@pytest.mark.parametrize("seed", [0, 1, 42])
@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (2, 3), (3, 4), (10, 20), (64, 32)])
def test_linear_layers_are_pytorch_s(seed: int, inputs: int, outputs: int, dtype: str, draws: Draws) -> None:
    """Weight ``(out, in)``, then bias; a layer without bias draws none."""
    text = f"W1, b1 = Linear({inputs}, {outputs})\nW2 = Linear({outputs}, 2, False)[0]\nr = rand(3)"
    torch.manual_seed(seed)
    first, second = torch.nn.Linear(inputs, outputs), torch.nn.Linear(outputs, 2, bias=False)
    expected = [first.weight, first.bias, second.weight, torch.rand(3)]
    values = draws(text, "torch.manual_seed", seed, dtype)
    for name, numbers in zip(("W1", "b1", "W2", "r"), expected, strict=True):
        assert np.array_equal(values[name], numbers.detach().numpy()), name


def test_many_normal_numbers_are_pytorch_s() -> None:
    """No rare rounding differs: 160,000 numbers in float32."""
    torch.manual_seed(7)
    assert np.array_equal(TorchManualSeed(7).randn(160_000.0), torch.randn(160_000, dtype=torch.float32).numpy())


def test_further_numbers_are_float64() -> None:
    """From the same stream."""
    stream = TorchManualSeed(2)
    stream.rand(3.0)
    torch.manual_seed(2)
    torch.rand(3, dtype=torch.float32)
    assert np.array_equal(stream.uniform_numbers(2, 2), torch.rand(2, 2, dtype=torch.float64).numpy())
