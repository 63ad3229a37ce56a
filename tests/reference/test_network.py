"""Dense networks: gradients against central differences, float64 against exact rationals, softmax under cross entropy."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Any

import flint
import numpy as np
import pytest

from adapters.reference.engine import Engine
from reference.activations import ACTIVATIONS
from reference.comparisons import Array
from reference.finite_differences import numerical_gradient
from reference.layer_types.parameters import Layer
from reference.losses import LOSSES
from reference.network import PROBABILITIES, Design, Signals, backward, forward, loss, output_gradient
from verification.certification.files import is_certifiable
from verification.exact import arithmetic
from worked_examples import NetworkExample, load_all

fractions: Any = np.frompyfunc(Fraction, 1, 1)
NETWORKS = [e for e in load_all().values() if isinstance(e, NetworkExample) and is_certifiable(e)]
SMOOTH = [e for e in NETWORKS if not e.training or e.training.rule == "gradient"]  # a perceptron's rule is no gradient
DENSE = [example for example in NETWORKS if example.network.is_chain_of_dense]
LINEAR = [example for example in DENSE if {layer.activation for layer in example.network.layers} == {"identity"}]


def ids(examples: list[NetworkExample]) -> list[str]:
    """The ids of the examples, as test ids."""
    return [example.id for example in examples]


@pytest.mark.parametrize("example", SMOOTH, ids=ids(SMOOTH))
def test_gradients_are_the_central_differences_of_the_loss(example: NetworkExample) -> None:
    """Every gradient, of parameters and input, is the central difference of the loss, taken at 200 bits.

    A step h = 2^-40 makes the difference wrong by h^2/6 = 1.4e-25 times the third derivative; to leave the bound of 1e-20 times
    the greatest gradient, that derivative would have to be 70,000 times the gradient, in nets whose weights are near 1.
    """
    with flint.ctx.workprec(200):
        design, weights = example.network.design("ball"), layers(example)
        x, t = example.data.numbers("ball")
        computed = backward(design, weights, x, forward(design, weights, x), t)
        arrays, gradients = [*chain(*weights), x], vector([*chain(*computed.layers), computed.input])

        def value(point: Array) -> Any:
            *parameters, x = split(point, arrays)
            pairs = [Layer(*parameters[start : start + 4]) for start in range(0, len(parameters), 4)]
            return loss(design, forward(design, pairs, x), t)

        differences = numerical_gradient(value, vector(arrays), flint.arb(2) ** -40)
        worst = max(float(abs(a - b).upper()) for a, b in zip(differences, gradients, strict=True))
    assert worst <= 1e-20 * max(float(abs(gradient).upper()) for gradient in gradients)


def layers(example: NetworkExample) -> list[Layer]:
    """The initial parameters in balls."""
    return example.network.parameters("ball")


def vector(arrays: list[Array]) -> Array:
    """All entries of all arrays in a row."""
    return np.concatenate([np.ravel(array) for array in arrays])


def split(row: Array, like: list[Array]) -> list[Array]:
    """The inverse of ``vector``."""
    ends = np.cumsum([array.size for array in like])[:-1]
    return [segment.reshape(array.shape) for segment, array in zip(np.split(row, ends), like, strict=True)]


@pytest.mark.parametrize("example", LINEAR, ids=ids(LINEAR))
def test_linear_networks_are_exact_in_rationals(example: NetworkExample) -> None:
    """In exact rational arithmetic the reference gives what float64 gives, within float64's rounding bound."""
    exact = Engine().evaluate(example, None, "rational")
    rounded, bound = Engine().evaluate(example, None, "float64"), arithmetic.bounds(example, None, "float64")
    for (_, name, a), (_, _, b), (_, _, e) in zip(
        arithmetic.named(rounded), arithmetic.named(exact), arithmetic.named(bound), strict=True
    ):
        error = np.abs(np.asarray(b, dtype=object) - fractions(np.asarray(a)))
        assert np.all(error <= np.asarray(e)), f"{name}: error {error}, bound {e}"


def test_softmax_under_cross_entropy_needs_no_shortcut(random_balls: Callable[..., Any]) -> None:
    """The rule Ob = O - T is the softmax rule applied to the cross entropy's gradient, exactly, where targets sum to 1."""
    x, t = random_balls(2, 3), np.array([[flint.arb(n) for n in row] for row in ((0, 1, 0), (1, 0, 0))], dtype=object)
    both = Design(("softmax",), "cross entropy")
    signals = forward(both, [Layer(np.eye(3, dtype=int), np.zeros(3, dtype=int))], x)
    y = signals.outputs[-1]
    long = ACTIVATIONS["softmax"].backward(x, y, LOSSES["cross entropy"].gradient(y, t))
    assert all(difference.contains(0) for difference in (long - output_gradient(both, signals, t)).ravel())


def test_gradients_are_summed_over_samples() -> None:
    """By hand, in rationals: a linear unit with kernel 2 and bias 1 on the samples 1 and 3 with targets 0."""
    linear, net = Design(("identity",), "half squared error"), [Layer(np.array([[Fraction(2)]]), np.array([Fraction(1)]))]
    x, t = np.array([[Fraction(1)], [Fraction(3)]]), np.array([[Fraction(0)], [Fraction(0)]])
    signals = forward(linear, net, x)
    assert signals.pre_activations[0].tolist() == signals.outputs[0].tolist() == [[3], [7]]
    assert loss(linear, signals, t) == Fraction(9 + 49, 2)
    gradients = backward(linear, net, x, signals, t)
    assert [gradients.layers[0].kernel.tolist(), gradients.layers[0].bias.tolist()] == [[[3 + 21]], [3 + 7]]
    assert gradients.input.tolist() == [[6], [14]]


def test_gradients_are_averaged_over_samples() -> None:
    """The same unit with the mean of both losses: everything is halved, also where softmax or sigmoid need no division."""
    x, t = np.array([[Fraction(1)], [Fraction(3)]]), np.array([[Fraction(0)], [Fraction(0)]])
    net = [Layer(np.array([[Fraction(2)]]), np.array([Fraction(1)]))]
    mean = Design(("identity",), "half squared error", "mean")
    signals = forward(mean, net, x)
    assert loss(mean, signals, t) == Fraction(9 + 49, 4)
    assert backward(mean, net, x, signals, t).layers[0].kernel.tolist() == [[12]]
    for last, name in PROBABILITIES:
        y, target = np.array([[Fraction(1, 2)], [Fraction(1, 4)]]), np.array([[Fraction(1)], [Fraction(0)]])
        halved = output_gradient(Design((last,), name, "mean"), Signals([y], [y]), target)
        assert (2 * halved == y - target).all()


def test_sigmoid_under_binary_cross_entropy_needs_no_division(random_balls: Callable[..., Any]) -> None:
    """The chain rule gives ``y - t`` too, for any targets."""
    x, t = random_balls(2, 3), random_balls(2, 3, seed=2)
    both = Design(("sigmoid",), "binary cross entropy")
    signals = Signals([x], [ACTIVATIONS["sigmoid"].value(x)])
    y = signals.outputs[-1]
    long = ACTIVATIONS["sigmoid"].backward(x, y, LOSSES["binary cross entropy"].gradient(y, t))
    assert all(difference.contains(0) for difference in (long - output_gradient(both, signals, t)).ravel())


def test_the_recovered_weights_of_312_1_are_the_only_ones() -> None:
    """Of all whole-number biases, only [1 2 3] gives the gradients that 312_1 prints; the kernel follows from the bias."""
    x, final, bias = [2, 3, 4], [[2.2, -0.867, 14.2], [2.8, -2.8, 18.3], [3.4, -4.733, 22.4]], [0.6, -0.933, 6.1]
    printed = [["0.000"] * 4, ["0.001"] * 3 + ["0.000"], ["-0.001"] * 3 + ["-0.000"]]
    for column, start in enumerate(([1], [2], [3])):
        errors = {b: 30 * (b - bias[column]) for b in range(-200, 201)}
        gradients = {b: [f"{factor * e * 0.7**35:.3f}" for factor in (*x, 1)] for b, e in errors.items()}
        assert [b for b in gradients if gradients[b] == printed[column]] == start
        kernel = [round(final[row][column] + x[row] * (start[0] - bias[column]), 2) for row in range(3)]
        assert kernel == [[3, 4, 5], [5, 6, 7], [8, 9, 10]][column]


def test_a_mean_over_samples_divides_the_loss_and_every_gradient() -> None:
    """By the number of samples: the input's gradient too."""
    example = next(example for example in NETWORKS if example.data.samples > 1)
    x, t = example.data.numbers("float64")
    layers = example.network.parameters("float64")
    summed = Design(tuple(layer.activation for layer in example.network.layers), example.network.loss)
    averaged = replace(summed, reduction="mean")
    signals = forward(summed, layers, x)
    assert np.isclose(loss(averaged, signals, t) * len(x), loss(summed, signals, t), rtol=1e-14)
    of_sum, of_mean = (backward(design, layers, x, signals, t) for design in (summed, averaged))
    assert np.allclose(of_mean.input * len(x), of_sum.input, rtol=1e-13)
    for one, other in zip(of_mean.layers, of_sum.layers, strict=True):
        assert np.allclose(one.kernel * len(x), other.kernel, rtol=1e-13)
        assert np.allclose(one.bias * len(x), other.bias, rtol=1e-13)


def test_by_the_perceptron_s_rule_a_step_has_the_derivative_1() -> None:
    """``Wb = X^T (O - T)``, for any step; without the rule the gradient is 0."""
    layers = [Layer(np.array([[1.0], [-1.0]]), np.array([0.5]))]
    x, t = np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([[1.0], [-1.0]])
    for activation in ("step", "bipolar step at zero"):
        design = Design((activation,), "half squared error")
        signals = forward(design, layers, x)
        difference = signals.outputs[-1] - t
        by_rule = backward(replace(design, rule="perceptron"), layers, x, signals, t)
        assert np.array_equal(by_rule.layers[0].kernel, x.T @ difference)
        assert np.array_equal(by_rule.layers[0].bias, difference.sum(axis=0))
        assert not np.any(backward(design, layers, x, signals, t).layers[0].kernel)


def test_a_mean_over_outputs_divides_by_their_number() -> None:
    """The loss and its gradients."""
    design, layers = Design(("identity",), "squared error"), [Layer(np.array([[1.0, 2.0]]), np.zeros(2))]
    x, t = np.array([[1.0], [2.0]]), np.zeros((2, 2))
    signals, mean = forward(design, layers, x), replace(design, output_reduction="mean")
    assert loss(mean, signals, t) == loss(design, signals, t) / 2
    halved, whole = (backward(each, layers, x, signals, t).layers[0].kernel for each in (mean, design))
    assert np.array_equal(2 * halved, whole)
