"""An example's network as a functional Keras model, and one pass over its data."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from adapters.keras.units import Slot, Unit, dense, dense_of, unit_of
from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from reference.optimization.penalties import Penalty
from worked_examples import NetworkExample


class OfLabels(keras.losses.SparseCategoricalCrossentropy):  # type: ignore[misc]  # Keras does not have types
    """Keras's loss of labels; they are written as rows with a single 1."""

    def call(self, y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
        """The loss of every sample."""
        return super().call(keras.ops.argmax(y_true, axis=-1), y_pred)


LOSSES = {
    "squared error": keras.losses.MeanSquaredError,
    "half squared error": keras.losses.MeanSquaredError,
    "mean squared error": keras.losses.MeanSquaredError,
    "cross entropy": keras.losses.CategoricalCrossentropy,
    "binary cross entropy": keras.losses.BinaryCrossentropy,
    "sparse cross entropy": OfLabels,
    "cross entropy from logits": partial(keras.losses.CategoricalCrossentropy, from_logits=True),
    "binary cross entropy from logits": partial(keras.losses.BinaryCrossentropy, from_logits=True),
    "hinge": keras.losses.Hinge,
}
SUMMED_OVER_OUTPUTS = ("cross entropy", "sparse cross entropy", "cross entropy from logits")  # all others are means
FACTORS = {"half squared error": 0.5}
REDUCTIONS = {"sum": "sum", "mean": "sum_over_batch_size"}


class Net:
    """Layers as one functional ``keras.Model``, whose variables are read and set in the reference's terms."""

    def __init__(self, units: Sequence[Unit], sources: Sequence[Sequence[int]], inputs: int) -> None:
        self.units, self.sources = units, sources
        x = keras.Input((inputs,))
        self.model = keras.Model(x, self.walk(x)[0][-1])
        self.slots = [unit.slots() for unit in units]

    def walk(self, x: Any) -> tuple[list[Any], list[Any]]:
        """The outputs and the pre-activations of every layer."""
        outputs, pre_activations = [x], []
        for unit, sources in zip(self.units, self.sources, strict=True):
            pre_activation, output = unit([outputs[source] for source in sources])
            pre_activations.append(pre_activation)
            outputs.append(output)
        return outputs[1:], pre_activations

    def load(self, parameters: Sequence[Parameters]) -> None:
        """Set all parameters; see ``adapters.Engine``: an optimizer's state behind the layers plays no part."""
        for slots, layer in zip(self.slots, parameters, strict=False):
            for slot in slots:
                slot.variable.assign(slot.of(layer))

    def unload(self) -> list[Parameters]:
        """All parameters."""
        return [as_parameters(slots, [slot.variable.numpy() for slot in slots]) for slots in self.slots]


def as_parameters(slots: Sequence[Slot], values: Sequence[Any]) -> Parameters:
    """Values of a layer's variables, or gradients by them, as the parameters of the layer."""
    fields = [slot.fields_of(array) for slot, array in zip(slots, values, strict=True)]
    return Parameters(**{name: array for arrays in fields for name, array in arrays.items()})


def in_dtype(dtype: str) -> None:
    """Begin a new network, whose layers are of a dtype."""
    keras.config.set_floatx(dtype)
    keras.utils.clear_session(free_memory=False)


def sequential(activations: Sequence[str], parameters: Sequence[Parameters], dtype: str) -> Net:
    """Dense layers with these parameters, one after the other."""
    in_dtype(dtype)
    units = [dense(layer.bias.size, name) for name, layer in zip(activations, parameters, strict=True)]
    net = Net(units, [(index,) for index in range(len(units))], len(parameters[0].kernel))
    net.load(parameters)
    return net


def regularize(units: Sequence[Unit], penalty: Penalty) -> None:
    """Give layers their regularizers, before they make their variables.

    Keras casts a coefficient by way of float32 if it is Python's float, but not if it is NumPy's float64.
    """
    regularizer = keras.regularizers.L1L2()
    regularizer.l1, regularizer.l2 = np.float64(penalty.l1), np.float64(penalty.l2)
    for unit in units:
        for name in penalty.of if unit.core else ():
            setattr(unit.core, f"{name}_regularizer", regularizer)


def no_optimizer() -> keras.optimizers.Optimizer:
    """One that changes nothing."""
    return keras.optimizers.SGD(0.0)


def units_of(example: NetworkExample) -> list[Unit]:
    """The units that a training needs: by its rule gradients may go back through updated weights."""
    training = example.training
    if training is None or training.rule != "updated weights":
        return [unit_of(layer) for layer in example.network.layers]
    pairs = zip(example.network.layers, example.trained, strict=True)
    return [dense_of(layer, float(training.constant_rate) if "kernel" in names else None) for layer, names in pairs]


def build(example: NetworkExample, dtype: str, make_optimizer: Callable[[], keras.optimizers.Optimizer] | None = None) -> Net:
    """The example's network, compiled, with its initial parameters; the optimizer of its training is made in its dtype."""
    in_dtype(dtype)
    network, (inputs, outputs) = example.network, example.data.shapes
    units = units_of(example) if make_optimizer else [unit_of(layer) for layer in network.layers]
    if network.penalty:
        regularize(units, network.penalty.rule("float64"))
    net = Net(units, network.sources, inputs[1])
    net.load([Parameters(*layer) for layer in network.parameters(dtype)])
    settings = loss_settings(network.loss, network.reduction, outputs[1], network.output_reduction)
    net.model.compile((make_optimizer or no_optimizer)(), **settings)
    return net


def loss_settings(name: str, reduction: str, outputs: int, output_reduction: str = "sum") -> dict[str, Any]:
    """The arguments of ``compile`` for a loss.

    The book sums ``(y - t)^2 / 2``; ``MeanSquaredError`` averages over the K outputs: the loss weight K/2 makes them equal. All of
    Keras's losses but the cross entropy of classes average over outputs.
    """
    keras_sums, sums = name in SUMMED_OVER_OUTPUTS, output_reduction == "sum" and name != "mean squared error"
    weight = FACTORS.get(name, 1.0) * (outputs if sums and not keras_sums else 1) / (outputs if keras_sums and not sums else 1)
    return {"loss": LOSSES[name](reduction=REDUCTIONS[reduction]), "loss_weights": weight}


def evaluate(net: Net, example: NetworkExample, dtype: str) -> Evaluation:
    """One pass over the example's data, differentiated by ``tf.GradientTape``."""
    x, t = (tf.constant(array) for array in example.data.numbers(dtype))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        outputs, pre_activations = net.walk(x)
        loss = net.model.compute_loss(x=x, y=t, y_pred=outputs[-1])
        losses = loss_terms(example.network.loss, outputs[-1], t, example.network.output_reduction)
        total = keras.ops.sum(losses) / (1 if example.network.reduction == "sum" else len(t))
    variables = [[slot.variable.value for slot in slots] for slots in net.slots]
    sources = (variables, x, pre_activations, outputs[:-1])
    gradients, of_input, of_pre_activations, of_outputs = tape.gradient(loss, sources, unconnected_gradients="zero")
    last = tape.gradient(total, outputs[-1])  # the loss itself may be computed from pre-activations
    return Evaluation(
        arrays(outputs),
        loss.numpy(),
        [as_parameters(slots, [*map(tf.convert_to_tensor, arrays)]) for slots, arrays in zip(net.slots, gradients, strict=True)],
        of_input.numpy(),
        Intermediates(
            arrays(pre_activations),
            arrays(of_pre_activations),
            arrays([*of_outputs, last]),
            losses.numpy(),
            np.asarray(sum(loss.numpy() for loss in net.model.losses)) if net.model.losses else None,
        ),
    )


def loss_terms(name: str, y: Any, t: Any, output_reduction: str) -> Any:
    """The terms of the loss ``(samples, outputs)``: Keras's own losses are means over outputs, here over one at a time."""
    is_mean = output_reduction == "mean" or name == "mean squared error"
    factor = FACTORS.get(name, 1.0) / (y.shape[1] if is_mean else 1)
    if name in SUMMED_OVER_OUTPUTS:
        return -factor * t * (keras.ops.log_softmax(y) if "logits" in name else keras.ops.log(y))
    return factor * LOSSES[name](reduction=None)(t[..., None], y[..., None])


def arrays(tensors: Sequence[Any]) -> list[Array]:
    """Tensors as arrays."""
    return [tensor.numpy() for tensor in tensors]
