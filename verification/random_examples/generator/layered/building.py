"""A random network of layers while it grows: tables of the fixture, and the same layers as the oracle takes them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.training.trained_parameters import trained_parameters
from verification.random_examples.truth.network import ACTIVATIONS, Layer
from verification.random_examples.truth.numbers import Array, numbers

NONE: Mapping[str, Any] = MappingProxyType({})
COMMON = ("tanh", "sigmoid", "identity", "relu", "softmax")


class LayerBuilder:
    """Layers so far. Number 0 is the data, ``n`` the output of the ``n``-th layer; ``shapes`` are those of one sample.

    ``words`` is how many words there are where the data are of words. ``is_full_batch``: a layer has a mask for every sample;
    ``least_batch``: the fewest samples that a batch must have for a layer's statistics.
    """

    def __init__(self, draw: st.DrawFn, samples: int, columns: int, words: int = 0) -> None:
        self.draw, self.samples, self.words = draw, samples, words
        self.shapes: list[tuple[int, ...]] = [(columns,)]
        self.tables: list[dict[str, Any]] = []
        self.layers: list[Layer] = []
        self.activations: list[str] = []
        self.parameters: list[Array] = []
        self.is_full_batch = False
        self.least_batch = 1

    @property
    def last(self) -> int:
        """The number of the last layer."""
        return len(self.layers)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of its output."""
        return self.shapes[-1]

    def texts(self, *shape: int) -> Any:
        """Numbers for a parameter."""
        return self.draw(texts(shape, plain=True))

    def activation(self, shape: Sequence[int]) -> str:
        """An activation; none of units for images, and seldom that of one unit, which is 1 with gradients of 0 or -0."""
        has_softmax = len(shape) <= 2 and (shape[-1] > 1 or not self.draw(st.integers(0, 7)))
        known = [name for name in (*ACTIVATIONS, *COMMON) if has_softmax or name != "softmax"]
        return self.draw(st.sampled_from(known))

    def bias(self, units: int) -> Any:
        """A number for each unit, one for all, or none at all."""
        return {"several": self.texts(units), "one": self.texts(), "none": "none"}[
            self.draw(st.sampled_from(("several", "several", "one", "none")))
        ]

    def layout(self, layouts: tuple[str, str]) -> tuple[str, dict[str, str]]:
        """One of two layouts, the first more often, and how the fixture says so: the first need not be written."""
        layout = self.draw(st.sampled_from((layouts[0], *layouts)))
        return layout, {"layout": layout} if layout != layouts[0] or self.draw(st.booleans()) else {}

    def add(
        self,
        kind: str,
        shape: tuple[int, ...],
        inputs: tuple[int, ...] = (),
        weights: Mapping[str, Any] = NONE,
        table: Mapping[str, Any] = NONE,
        options: Mapping[str, Any] = NONE,
        activation: str | None = None,
        units: int = 0,
    ) -> int:
        """The number of a new layer: its keys in the fixture, and the ``options`` that the oracle takes besides these.

        A single number as a weight is that of each of the ``units``.
        """
        sources = inputs or (self.last,)
        keys = {**table, **weights, **self.written_inputs(sources)}
        if activation is not None and (activation != "identity" or kind in ("dense", "activation") or self.draw(st.booleans())):
            keys["activation"] = activation
        known = {name: given for name, given in weights.items() if given != "none"}
        trained, written = self.draw(trained_parameters(tuple(known)))
        kind_key = {} if kind == "dense" and self.draw(st.booleans()) else {"type": kind}
        self.tables.append({**kind_key, **keys, **written})
        self.layers.append(Layer(kind, {**table, **options}, sources, tuple(known), trained))
        self.parameters += [numbers([given] * units if isinstance(given, str) else given) for given in known.values()]
        self.activations.append(activation or "identity")
        self.shapes.append(shape)
        return self.last

    def written_inputs(self, sources: tuple[int, ...]) -> dict[str, Any]:
        """The names of the inputs, which need not be written where they are the layer before."""
        if sources == (self.last,) and self.draw(st.integers(0, 3)):
            return {}
        return {"inputs": [self.name(source) for source in sources]}

    def name(self, source: int) -> str:
        """The name of an input, which it gets when it is first called by it."""
        return str(self.tables[source - 1].setdefault("name", f"layer_{source}")) if source else "input"
