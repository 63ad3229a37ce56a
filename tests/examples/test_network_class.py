"""The class of backprop-notes as printed: it does not compute what the derivation says, and would with one letter less."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from adapters import Array, Parameters
from verification.case import Case
from verification.rounding import error_bounds
from verification.runs.networks import evaluate, run
from worked_examples import NetworkExample, load
from worked_examples.loading import ROOT

EXAMPLE = load(ROOT / "backprop-notes" / "network-class.toml")
assert isinstance(EXAMPLE, NetworkExample)
CASE = Case(EXAMPLE, "reference")
Function = Callable[[Array], Array]


def sig(x: Array) -> Array:
    """The sigmoid, by a power of e as in the class."""
    return np.asarray(1 / (1 + np.power(np.e, -x)))


def sigm(x: Array) -> Array:
    """Its derivative."""
    return np.asarray(np.power(np.e, -x) / (1 + np.power(np.e, -x)) ** 2)


class Printed(NamedTuple):
    """The class: rows of ``wih`` and ``who`` are the units above; ``final`` is in the place of the output's activation."""

    wih: Array
    who: Array
    final: Function

    def signals(self) -> tuple[Array, Array, Array]:
        """Hidden pre-activations, hidden outputs and output pre-activations, as columns."""
        inputs = CASE.example.data.numbers("float64")[0].T
        pre_activations = self.wih @ inputs + 0.35
        return pre_activations, sig(pre_activations), self.who @ sig(pre_activations) + 0.60

    def query(self) -> Array:
        """The outputs."""
        return self.final(self.signals()[2])

    def loss(self) -> float:
        """Half the sum of squares of the outputs that the class computes."""
        return float(np.sum((self.query() - CASE.example.data.numbers("float64")[1].T) ** 2) / 2)

    def gradients(self) -> tuple[Array, Array]:
        """What the class subtracts, times eta, from ``wih`` and ``who``."""
        inputs, targets = (array.T for array in CASE.example.data.numbers("float64"))
        pre_activations, hidden, finals = self.signals()
        errors = (self.final(finals) - targets) * sigm(finals)
        return (errors.T @ self.who).T * sigm(pre_activations) * inputs.T, errors * hidden.T

    def trained(self, updates: int) -> "Printed":
        """After some updates with eta 0.5."""
        net = self
        for _ in range(updates):
            to_wih, to_who = net.gradients()
            net = net._replace(wih=net.wih - 0.5 * to_wih, who=net.who - 0.5 * to_who)
        return net


def start(final: Function) -> Printed:
    """The two printed matrices."""
    return Printed(np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]]), final)


def finite_difference_gradients(net: Printed) -> Array:
    """The gradient of the class's loss with respect to all eight weights, by central differences.

    With a step of 1e-6 rounding makes them wrong by 1e-10, the third derivative by less: signs of gradients of 4e-4 are certain.
    """
    gradients = []
    for name, array in (("wih", net.wih), ("who", net.who)):
        for place in np.ndindex(*array.shape):
            step = np.zeros_like(array)
            step[place] = 1e-6
            up, down = (moved(net, name, array + step).loss(), moved(net, name, array - step).loss())
            gradients.append((up - down) / 2e-6)
    return np.array(gradients)


def moved(net: Printed, name: str, array: Array) -> Printed:
    """The class with another array of this name."""
    return net._replace(wih=array) if name == "wih" else net._replace(who=array)


def test_with_the_sigmoid_restored_the_class_is_the_derivation() -> None:
    """With the sigmoid at the output, 10,000 updates end where the engine's end, within twice the divergence bound of either."""
    trajectory = run(CASE).parameters
    net, bound = start(sig).trained(10_000), error_bounds.divergence_bounds(CASE.example, trajectory, "float64")
    biases = [pair.bias for pair in trajectory[10_000]]
    got = [Parameters(kernel.T, bias) for kernel, bias in zip((net.wih, net.who), biases, strict=True)]
    assert np.linalg.norm(error_bounds.flat(got) - error_bounds.flat(trajectory[10_000])) <= 2 * bound[10_000]
    assert net.query().ravel().round(8).tolist() == [0.01591362, 0.98406427]


def test_as_printed_the_output_is_no_sigmoid() -> None:
    """As printed both outputs stay below 1/4, the greatest derivative of the sigmoid, so that the loss stays above 0.2738."""
    net = start(sigm)
    for _ in range(10):
        assert np.all(net.query() <= 0.25)
        assert net.loss() >= (0.99 - 0.25) ** 2 / 2
        net = net.trained(1000)
    assert start(sigm).query().ravel().round(8).tolist() == [0.1868156, 0.17551005]


def test_as_printed_training_makes_the_loss_worse() -> None:
    """As printed the loss rises from 0.34733 to 0.48982; the derivation's falls from 0.29837 to 0.0000351."""
    trajectory = run(CASE)
    with_correct_gradients = [float(evaluate(CASE, trajectory.parameters[epoch]).loss) for epoch in (0, 10_000)]
    printed, trained = start(sigm), start(sigm).trained(10_000)
    assert [round(net.loss(), 8) for net in (printed, trained)] == [0.34732882, 0.4898194]
    assert [round(loss, 8) for loss in with_correct_gradients] == [0.29837111, 0.0000351]
    assert trained.query().ravel().round(8).tolist() == [0.01541264, 0.00024775]


def test_as_printed_every_update_increases_the_class_s_loss() -> None:
    """At the start the class's update and the gradient of its loss have opposite signs in all eight weights."""
    net = start(sigm)
    assert np.all(
        np.sign(finite_difference_gradients(net)) == -np.sign(np.concatenate([gradients.ravel() for gradients in net.gradients()]))
    )
    restored = start(sig)
    assert np.all(
        np.sign(finite_difference_gradients(restored))
        == np.sign(np.concatenate([gradients.ravel() for gradients in restored.gradients()]))
    )
