"""The named functions of calculations in ``keras.ops``."""

from collections.abc import Callable, Mapping
from typing import Any

from keras import ops

from adapters.keras.layers import LAYERS

Table = Mapping[str, Callable[..., Any]]


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function without parameters."""
    return lambda _, *arrays: function(*arrays)


def truth(condition: Any, like: Any) -> Any:
    """A condition as 1 and 0 in the dtype of ``like``."""
    return ops.cast(condition, like.dtype)


FUNCTIONS: Table = {
    **{
        name: plain(getattr(ops, name))
        for name in ("add", "subtract", "multiply", "divide", "negative", "exp", "log", "sin", "cos", "sigmoid", "tanh", "relu")
    },
    **{name: plain(getattr(ops, name)) for name in ("power", "sum", "max", "maximum", "minimum", "transpose", "softmax", "dot")},
    "identity": lambda _, x: x,
    "step": lambda _, x: truth(ops.greater(x, 0), x),
    "step at zero": lambda _, x: truth(ops.greater_equal(x, 0), x),
    "greater or equal": lambda _, a, b: truth(ops.greater_equal(a, b), a),
    "half squared error": lambda _, y, t: ops.sum(ops.square(y - t)) / 2,
    "cross entropy": lambda _, y, t, delta: ops.sum(-t * ops.log(y + delta)),
    "naive softmax": lambda _, x: ops.exp(x) / ops.sum(ops.exp(x)),
    "reshape": lambda p, x: ops.reshape(x, p["shape"]),
    "flatten": lambda _, x: ops.reshape(x, (-1,)),
    "stack": lambda p, *arrays: ops.stack(arrays, axis=p.get("axis", 0)),
    "index": lambda p, x: x[p["index"]],
    "arange": lambda _, start, stop, step: start + step * ops.arange(ops.ceil((stop - start) / step), dtype=start.dtype),
    **LAYERS,
    "pick": lambda _, x, t: ops.take_along_axis(x, ops.cast(t, "int64")[:, None], axis=1)[:, 0],
    "argmax": lambda p, x: ops.argmax(x, axis=p.get("axis")),
}
