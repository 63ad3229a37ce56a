"""The generators that a recipe can name."""

from collections.abc import Callable, Mapping
from typing import Protocol

from worked_examples.recipes.arguments import Array, Value
from worked_examples.recipes.keras_stream import KerasInitializers
from worked_examples.recipes.numpy_streams import DefaultRng, Legacy
from worked_examples.recipes.python_stream import PythonRandom
from worked_examples.recipes.torch_stream import TorchManualSeed


class Stream(Protocol):
    """A seeded generator: its calls by name, the type of the numbers that it draws, and further numbers from 0 to 1 in float64."""

    calls: Mapping[str, Callable[..., Value]]
    dtype: str

    def uniform_numbers(self, *extents: int) -> Array:
        """Further numbers from 0 to 1, of this shape."""


GENERATORS: Mapping[str, Callable[..., Stream]] = {
    "numpy.random.seed": Legacy,
    "numpy.random.default_rng": DefaultRng,
    "random.seed": PythonRandom,
    "torch.manual_seed": TorchManualSeed,
    "keras.initializers": KerasInitializers,
}
NOT_REPRODUCED: Mapping[str, str] = dict.fromkeys(
    ("keras", "keras.utils.set_random_seed", "tensorflow.random.set_seed", "tf.random.set_seed"),
    "TensorFlow's generator is not reproduced here, but initializers with a seed of their own, keras.initializers; "
    "else print the program's numbers and paste them in place of names",
)
"""The generators of which it is said why they are none."""
TYPES: Mapping[str, tuple[str, ...]] = {"torch.manual_seed": ("float32", "float64"), "keras.initializers": ("float32",)}
"""The number types of generators, the default first; all others draw in float64."""
