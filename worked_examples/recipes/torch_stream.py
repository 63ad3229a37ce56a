"""PyTorch's generator on the CPU, without PyTorch: ``torch.manual_seed`` with ``rand``, ``randn`` and ``nn.Linear``.

The Mersenne Twister of ``numpy.random.RandomState`` with PyTorch's conversions: 24 bits of a draw for float32, 53 bits of two for
float64 (``ATen/core/TransformationHelper.h``), and the method of Box and Muller, one by one below 16 numbers
(``ATen/core/DistributionsHelper.h``), else in groups of 16 (``ATen/native/cpu/DistributionTemplates.h``). As PyTorch computes on
x86 processors with AVX2; ``tests/worked_examples/recipes/test_torch_stream.py`` proves it equal to the installed one, bit by bit.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from worked_examples.limits import product
from worked_examples.recipes.arguments import Array, Value, one_of, shape_of, whole
from worked_examples.recipes.torch_arithmetic import NORMAL

GROUP = 16  # from so many normal numbers on, they are made in groups


class TorchManualSeed:
    """``torch.manual_seed(seed)``, and tensors of a default type, ``float32`` or ``float64``."""

    def __init__(self, seed: int, dtype: str = "float32") -> None:
        self.random, self.dtype, self.second = np.random.RandomState(seed), dtype, list[float]()
        self.calls: Mapping[str, Callable[..., Value]] = {"rand": self.rand, "randn": self.randn, "Linear": self.linear}

    def whole_numbers(self, count: int) -> Array:
        """The next draws of 32 bits."""
        return self.random.randint(0, 2**32, count, dtype=np.uint32)

    def double_numbers(self, count: int) -> Array:
        """Uniform numbers in float64: the last 53 of the 64 bits of two draws."""
        high, low = self.whole_numbers(2 * count).astype(np.uint64).reshape(count, 2).T
        return np.asarray(((high << np.uint64(32) | low) & np.uint64(2**53 - 1)).astype(float) * 2.0**-53)

    def numbers(self, count: int) -> Array:
        """Uniform numbers of the default type; in float32 the last 24 bits of a draw."""
        if self.dtype == "float64":
            return self.double_numbers(count)
        return np.asarray((self.whole_numbers(count) & np.uint32(2**24 - 1)).astype(np.float32) * np.float32(2**-24))

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1."""
        return self.double_numbers(product(extents)).reshape(extents)

    def rand(self, *sizes: Value, size: Value = None) -> Array:
        """``torch.rand``."""
        extents = shape_of(one_of(sizes, size)) or ()
        return self.numbers(product(extents)).reshape(extents)

    def randn(self, *sizes: Value, size: Value = None) -> Array:
        """``torch.randn``."""
        extents = shape_of(one_of(sizes, size)) or ()
        count = product(extents)
        drawn = self.grouped_normal(count) if count >= GROUP else np.array([self.normal() for _ in range(count)], self.dtype)
        return drawn.reshape(extents)

    def normal(self) -> float:
        """One normal number in float64: two are made at once, and the second is kept for the next call."""
        if self.second:
            return self.second.pop()
        angle, radius = self.double_numbers(2)
        radius, angle = math.sqrt(-2.0 * math.log1p(-radius)), 2.0 * math.pi * angle
        self.second.append(radius * math.sin(angle))
        return radius * math.cos(angle)

    def grouped_normal(self, count: int) -> Array:
        """Normal numbers in groups of 16; where some are left over, the last 16 are made anew."""
        drawn, box_muller = self.numbers(count), NORMAL[self.dtype]
        groups = drawn[: count - count % GROUP].reshape(-1, GROUP)
        groups[:] = box_muller(groups)
        if count % GROUP:
            drawn[-GROUP:] = box_muller(self.numbers(GROUP)[np.newaxis])[0]
        return drawn

    def linear(self, in_features: Value, out_features: Value, bias: Value = True) -> tuple[Array, ...]:
        """``torch.nn.Linear``: its weight ``(out_features, in_features)`` and, unless ``bias`` is False, its bias."""
        extents = whole(out_features, 1), whole(in_features, 1)
        shape_of(tuple(map(float, extents)))
        deviation = math.sqrt(2.0 / (1 + math.sqrt(5) ** 2)) / math.sqrt(extents[1])
        weight = self.between(math.sqrt(3.0) * deviation, product(extents)).reshape(extents)
        return (weight, self.between(1 / math.sqrt(extents[1]), extents[0])) if bias else (weight,)

    def between(self, bound: float, count: int) -> Array:
        """``uniform_(-bound, bound)``: ``u * 2 bound - bound``, rounded once; here by one product, since ``2 u - 1`` is exact."""
        return np.asarray(np.array(bound, self.dtype) * (2 * self.numbers(count) - 1))
