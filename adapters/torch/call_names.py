"""The names below ``torch`` that a convention may call, by family. No other name is ever looked up."""

from collections.abc import Mapping

LOSSES = (
    *("nn.MSELoss", "nn.HuberLoss", "nn.SmoothL1Loss", "nn.KLDivLoss", "nn.CrossEntropyLoss", "nn.NLLLoss"),
    *("nn.BCELoss", "nn.BCEWithLogitsLoss"),
)
ACTIVATIONS = ("nn.LeakyReLU", "nn.PReLU", "nn.GELU", "nn.Softplus", "nn.ReLU")
OPERATIONS = ("relu", "maximum", "clamp", "max", "amax", "log", "softmax", "sigmoid", "log_softmax")
LAYERS = tuple(
    f"nn.{name}"
    for name in (
        *("Linear", "Flatten", "Conv2d", "MaxPool2d", "AvgPool2d", "ZeroPad2d", "BatchNorm1d", "LayerNorm", "Dropout"),
        *("LSTM", "GRU"),
    )
)
INITIALIZERS = tuple(
    f"nn.init.{name}_"
    for name in ("kaiming_normal", "xavier_normal", "xavier_uniform", "normal", "trunc_normal", "zeros", "uniform")
)
CALLS: Mapping[str, tuple[str, ...]] = {
    "optimizer": tuple(f"optim.{name}" for name in ("SGD", "Adagrad", "Adadelta", "RMSprop", "Adam", "AdamW")),
    "function": (*LOSSES, *ACTIVATIONS, *OPERATIONS),
    "layer": LAYERS,
    "initializer": (*INITIALIZERS, "nn.Linear kernel", "nn.Linear bias", "nn.Embedding kernel", "nn.LSTM bias"),
    "training": ("utils.data.DataLoader",),
}
