"""Scaled dot-product attention."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from reference.layer_types.attention import Attention
from reference.layer_types.layer_type import LayerType
from worked_examples.schema.layers.base import Given, Plain, Shape, axes
from worked_examples.schema.layers.sequences import SEQUENCES


class AttentionLayer(Plain):
    """``softmax(Q K^T / sqrt(d)) V``; its inputs are queries, keys and values."""

    n_inputs: ClassVar[int | None] = 3

    type: Literal["attention"]
    causal: bool = Field(default=False, description="whether no time sees a later one")

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The features of the values at the times of the queries."""
        query, key, value = (axes(one, 2, "inputs", SEQUENCES) for one in given)
        if query[1] != key[1]:
            raise ValueError(f"inputs: queries of {query[1]} features but keys of {key[1]}; accepted: equally many")
        if key[0] != value[0]:
            raise ValueError(f"inputs: {key[0]} keys but {value[0]} values; accepted: equally many")
        if self.causal and query[0] != key[0]:
            raise ValueError(f"inputs: {query[0]} queries but {key[0]} keys; accepted where causal: equally many")
        return (query[0], value[1])

    def work(self, given: Sequence[Given], n_outputs: int) -> int:
        """Every score, compared with all others of its row."""
        return n_outputs + given[0].shape[0] * given[1].shape[0] ** 2

    def reference(self, number_type: str) -> LayerType:
        """The attention."""
        return Attention(self.causal)
