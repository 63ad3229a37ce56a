"""Scaled dot-product attention."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from reference.layer_types.attention import Attention
from reference.layer_types.layer_type import LayerType
from worked_examples.number_types import Array, numbers
from worked_examples.schema.layers.base import Given, Nested, Plain, Shape, axes, shape_of
from worked_examples.schema.layers.sequences import SEQUENCES


class AttentionLayer(Plain):
    """``softmax(Q K^T / sqrt(d)) V``; its inputs are queries, keys and values."""

    n_inputs: ClassVar[int | None] = 3

    type: Literal["attention"]
    causal: bool = Field(default=False, description="whether no time sees a later one")
    mask: Nested | None = Field(
        None,
        description="1 where a query (a row) sees a key (a column), 0 where its score is minus infinity; one for all samples, "
        "or one for each of a full batch",
    )

    @model_validator(mode="after")
    def of_bits(self) -> "AttentionLayer":
        """A mask is of 1 and 0, and every query sees a key."""
        if self.mask is None:
            return self
        if len(shape_of(self.mask)) not in (2, 3):
            raise ValueError(f"mask: {len(shape_of(self.mask))} axes; accepted: a row for each query, or such rows for each sample")
        if not set(numbers(self.mask).ravel().tolist()) <= {0.0, 1.0}:
            raise ValueError("mask: accepted: 1 where a query sees a key, and 0")
        if not np.all(np.any(self.seen, axis=-1)):
            raise ValueError("mask: a query sees no key, so that its softmax has no value; accepted: at least a 1 in every row")
        return self

    @cached_property
    def seen(self) -> Array:
        """The mask as booleans, without later times where it is causal."""
        seen = numbers(self.mask) > 0
        return np.asarray(seen & (np.tri(*seen.shape[-2:]) > 0) if self.causal else seen)

    def samples(self, given: Sequence[Given]) -> int | None:
        """For how many samples there is a mask; None where it is one for all, or there is none."""
        return None if self.mask is None or self.seen.ndim == 2 else len(self.seen)

    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The features of the values at the times of the queries."""
        query, key, value = (axes(one, 2, "inputs", SEQUENCES) for one in given)
        if query[1] != key[1]:
            raise ValueError(f"inputs: queries of {query[1]} features but keys of {key[1]}; accepted: equally many")
        if key[0] != value[0]:
            raise ValueError(f"inputs: {key[0]} keys but {value[0]} values; accepted: equally many")
        if self.causal and query[0] != key[0]:
            raise ValueError(f"inputs: {query[0]} queries but {key[0]} keys; accepted where causal: equally many")
        if self.mask is not None and self.seen.shape[-2:] != (query[0], key[0]):
            found, wanted = list(self.seen.shape[-2:]), [query[0], key[0]]
            raise ValueError(f"mask: the shape {found}; accepted: {wanted}, a row for each query and a column for each key")
        return (query[0], value[1])

    def work(self, given: Sequence[Given], n_outputs: int) -> int:
        """Every score, compared with all others of its row."""
        return n_outputs + given[0].shape[0] * given[1].shape[0] ** 2

    def reference(self, number_type: str) -> LayerType:
        """The attention."""
        return Attention(self.causal, None if self.mask is None else self.seen)
