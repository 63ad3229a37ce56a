"""A layer of any type, by its ``type``."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Tag

from worked_examples.errors import nearest
from worked_examples.schema.layers.attention import AttentionLayer
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.images import AveragePoolingLayer, ConvolutionLayer, MaxPoolingLayer
from worked_examples.schema.layers.normalization import BatchNormalizationLayer, DropoutLayer, LayerNormalizationLayer
from worked_examples.schema.layers.rearranging import ActivationLayer, AddLayer, ConcatenateLayer, FlattenLayer, ReshapeLayer
from worked_examples.schema.layers.sequences import EmbeddingLayer, GruLayer, LstmLayer, RecurrentLayer

TYPES = (
    *("activation", "add", "attention", "average pooling", "batch normalization", "concatenate", "convolution", "dense", "dropout"),
    *("embedding", "flatten", "gru", "layer normalization", "lstm", "max pooling", "recurrent", "reshape"),
)


def tag(layer: Any) -> str:
    """Which layer a table is; no key has a blank, so that no message shows this."""
    return f"{layer.get('type', 'dense') if isinstance(layer, Mapping) else getattr(layer, 'type', 'dense')} layer"


def known_type(layer: Any) -> Any:
    """Refuse a type that there is not."""
    name = layer.get("type", "dense") if isinstance(layer, Mapping) else "dense"
    if name not in TYPES:
        raise ValueError(f"type: '{name}' is not a type of layer; {nearest(str(name), TYPES)}")
    return layer


AnyLayer = Annotated[
    Annotated[
        Annotated[DenseLayer, Tag("dense layer")]
        | Annotated[ConvolutionLayer, Tag("convolution layer")]
        | Annotated[MaxPoolingLayer, Tag("max pooling layer")]
        | Annotated[AveragePoolingLayer, Tag("average pooling layer")]
        | Annotated[BatchNormalizationLayer, Tag("batch normalization layer")]
        | Annotated[LayerNormalizationLayer, Tag("layer normalization layer")]
        | Annotated[DropoutLayer, Tag("dropout layer")]
        | Annotated[ActivationLayer, Tag("activation layer")]
        | Annotated[FlattenLayer, Tag("flatten layer")]
        | Annotated[ReshapeLayer, Tag("reshape layer")]
        | Annotated[AddLayer, Tag("add layer")]
        | Annotated[ConcatenateLayer, Tag("concatenate layer")]
        | Annotated[EmbeddingLayer, Tag("embedding layer")]
        | Annotated[RecurrentLayer, Tag("recurrent layer")]
        | Annotated[LstmLayer, Tag("lstm layer")]
        | Annotated[GruLayer, Tag("gru layer")]
        | Annotated[AttentionLayer, Tag("attention layer")],
        Discriminator(tag),
    ],
    BeforeValidator(known_type),
]
