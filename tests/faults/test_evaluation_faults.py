"""Faults injected into one evaluation of a network: the arrays that are wrong are named."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Evaluation, Intermediates, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.exact import arithmetic
from worked_examples import NetworkExample


class TransposedKernel(Engine):
    """The forward pass multiplies by W^T."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """As the reference, with every kernel transposed."""
        weights = parameters or arithmetic.initial(example, "float64")
        return super().evaluate(example, [layer._replace(kernel=layer.kernel.T) for layer in weights], dtype)


class TransposedOuterProduct(Engine):
    """The weight gradient is Yb^T X instead of X^T Yb."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """As the reference, with every kernel's gradient transposed."""
        evaluation = super().evaluate(example, parameters, dtype)
        return evaluation._replace(gradients=[layer._replace(kernel=layer.kernel.T) for layer in evaluation.gradients])


class MissingHalf(Engine):
    """The squared error is summed without the factor 1/2, gradients included."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """As the reference, doubled from the loss on."""
        evaluation = super().evaluate(example, parameters, dtype)
        gradients = [Parameters(*(2 * array for array in layer)) for layer in evaluation.gradients]
        z, of_z, of_y, losses, _ = evaluation.intermediates or Intermediates([], [], [], np.zeros(()))
        known = Intermediates(z, [2 * array for array in of_z], [2 * array for array in of_y], 2 * losses)
        return Evaluation(evaluation.outputs, 2 * evaluation.loss, gradients, 2 * evaluation.input_gradient, known)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """As the reference, with doubled steps and a doubled loss."""
        trainer = super().trainer(example, dtype, compiled)
        stops, trainer.learning_rate = trainer.should_stop, 2 * trainer.learning_rate
        trainer.should_stop = lambda error: stops(2 * error)
        return trainer


@pytest.mark.parametrize(
    ("fault", "name", "check_name", "line"),
    [
        (
            TransposedKernel,
            "numpy-dnn/311_1",
            "outputs",
            "output of layer 1 [0, 0]: computed 22.0, exact 19.0, difference 3.0e+00, bound 0.0e+00",
        ),
        (TransposedKernel, "numpy-dnn/311_1", "gradients", "gradient of layer 1 kernel [1, 0]: computed -15.0, exact -24.0"),
        (
            TransposedOuterProduct,
            "numpy-dnn/matrix-2x2",
            "gradients",
            "gradient of layer 1 kernel [0, 1]: computed -24.0, exact 120.0, difference 1.4e+02, bound 0.0e+00; "
            "it looks like the expected one transposed",
        ),
        (TransposedOuterProduct, "numpy-dnn/matrix-2x2", "printed", "Wb[0, 1] (gradient of layer 1 kernel [0, 1]), "),
        (
            TransposedOuterProduct,
            "numpy-dnn/exercise-2x3",
            "gradients",
            "gradient of layer 1 kernel: shape (3, 2), expected (2, 3)",
        ),
        (
            MissingHalf,
            "numpy-dnn/311_1",
            "outputs",
            "loss: computed 3664.0, exact 1832.0, difference 1.8e+03, bound 0.0e+00; "
            "it looks like the expected one doubled (a missing 1/2, or a factor 2 too many)",
        ),
        (MissingHalf, "numpy-dnn/311_1", "epochs", "stop at epoch 38, printed epoch 79 (loss < 0.0000001; the loss there is "),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_an_injected_fault_is_caught(
    fault: type[Engine], name: str, check_name: str, line: str, caught: Callable[..., str]
) -> None:
    """The message names array, entry, both values and what the mistake looks like."""
    assert line in caught(fault(), name, check_name)
