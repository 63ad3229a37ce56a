"""The names below ``keras`` that a convention may call, by family. No other name is ever looked up."""

from collections.abc import Mapping

OPTIMIZERS = tuple(f"optimizers.{name}" for name in ("SGD", "Adagrad", "Adadelta", "RMSprop", "Adam", "AdamW"))
LOSSES = tuple(
    f"losses.{name}"
    for name in (
        *("MeanSquaredError", "mean_squared_error", "Huber", "KLDivergence"),
        *("CategoricalCrossentropy", "BinaryCrossentropy"),
    )
)
ACTIVATIONS = tuple(f"activations.{name}" for name in ("relu", "leaky_relu", "gelu", "softplus", "softmax", "sigmoid", "linear"))
OPERATIONS = tuple(
    f"ops.{name}" for name in ("relu", "maximum", "max", "gelu", "leaky_relu", "softplus", "log", "softmax", "sigmoid")
)
LAYERS = tuple(
    f"layers.{name}"
    for name in (
        *("Dense", "Flatten", "Conv2D", "MaxPooling2D", "AveragePooling2D", "BatchNormalization", "LayerNormalization"),
        *("Dropout", "LSTM", "GRU"),
    )
)
INITIALIZERS = tuple(
    f"initializers.{name}"
    for name in (
        *("HeNormal", "LecunNormal", "GlorotNormal", "GlorotUniform", "VarianceScaling"),
        *("RandomNormal", "TruncatedNormal", "Zeros", "RandomUniform"),
    )
)
CALLS: Mapping[str, tuple[str, ...]] = {
    "optimizer": (*OPTIMIZERS, "regularizers.L2"),
    "function": (*LOSSES, *ACTIVATIONS, *OPERATIONS, "layers.LeakyReLU", "layers.PReLU", "regularizers.L2"),
    "layer": LAYERS,
    "initializer": (*INITIALIZERS, "layers.Dense kernel", "layers.Dense bias", "layers.Embedding kernel", "layers.LSTM bias"),
    "training": ("Model.fit", "Model.evaluate"),
}
