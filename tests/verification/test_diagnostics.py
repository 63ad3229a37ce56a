"""Notes to the author: dead units, ReLUs that never act, zero gradients, trainings that are the same."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Evaluation, Parameters
from verification.case import Case
from verification.certification.files import committed_run
from verification.diagnostics import always_active, dead_units, identical_trajectories, notes, zero_gradients
from verification.session import Session
from worked_examples import NetworkExample, load_all

Network = Callable[[str], NetworkExample]
ZERO, ONE = [[0.0, 0.0], [0.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]


def evaluation(hidden: list[list[float]], kernel: float = 1.0, bias: float = 1.0) -> Evaluation:
    """A pass with these outputs of two hidden units, and gradients."""
    gradients = [Parameters(np.full((2, 2), kernel), np.full(2, bias)), Parameters(np.full((2, 2), kernel), np.full(2, bias))]
    return Evaluation([np.array(hidden), np.ones((1, 2))], np.array(0.0), gradients, np.zeros((1, 2)))


@pytest.fixture
def relu(network: Network) -> NetworkExample:
    """A net with two hidden units of ReLU and another output."""
    example = network("numpy-dnn/317_1")
    first, *others = example.network.layers
    layers = [first.model_copy(update={"activation": "relu"}), *others]
    return example.model_copy(update={"network": example.network.model_copy(update={"layers": layers})})


@pytest.mark.parametrize(
    ("hidden", "dead"),
    [
        ([ZERO], "unit 1, 2 of 2"),
        ([[[0.0, 1.0]]], "unit 1 of 2"),
        ([ONE], ""),
        ([[[0.0, 1.0]], [[1e-300, 1.0]]], ""),
    ],
)
def test_a_unit_is_dead_where_no_sample_ever_wakes_it(hidden: list[list[list[float]]], dead: str, relu: NetworkExample) -> None:
    """At any checkpoint, however little."""
    notes = list(dead_units(relu, [evaluation(activations) for activations in hidden]))
    assert notes == ([f"hidden layer 1, dead from the start (no positive pre-activation): {dead}"] if dead else [])


@pytest.mark.parametrize(
    ("hidden", "is_active"), [([[[1.0, 2.0]]], True), ([[[1.0, 0.0]]], False), ([[[1.0, 2.0]], [[0.0, 2.0]]], False)]
)
def test_a_relu_that_never_acts_is_linear(hidden: list[list[list[float]]], is_active: bool, relu: NetworkExample) -> None:
    """Every pre-activation of every sample at every checkpoint is positive."""
    notes = list(always_active(relu, [evaluation(activations) for activations in hidden]))
    assert notes == (
        ["layer 1: ReLU is always active (every pre-activation is positive), the layer is linear"] if is_active else []
    )


def test_parameters_without_gradient_are_named() -> None:
    """Exactly zero at every checkpoint; where no kernel has one, the epoch count depends on none."""
    assert list(zero_gradients([evaluation(ONE)])) == []
    assert list(zero_gradients([evaluation(ONE, bias=0.0)])) == [
        "the gradient of layer 1 bias, layer 2 bias is exactly zero throughout"
    ]
    assert list(zero_gradients([evaluation(ONE, bias=0.0), evaluation(ONE)])) == []
    notes = list(zero_gradients([evaluation(ONE, kernel=0.0)]))
    assert notes[1].startswith("the epoch count does not depend on the weights at all")


def test_trainings_that_are_the_same_are_named() -> None:
    """Certified parameters agree digit for digit, and the stop is the same; an example is not compared with itself."""
    examples = [example for example in load_all().values() if isinstance(example, NetworkExample)]
    session = Session(examples)
    pairs = [(example.id, note) for example in examples for note in identical_trajectories(session, example)]
    assert pairs
    for name, note in pairs:
        other = session.example(note.removeprefix("numerically the same training as "))
        assert isinstance(other, NetworkExample)
        certified, identical = committed_run(session.examples[name]), committed_run(other)
        assert certified
        assert identical
        assert (certified.stop_epoch, certified.same_parameters(identical), other.id != name) == (identical.stop_epoch, True, True)


def test_a_plain_training_has_no_note(network: Network) -> None:
    """311_1 is linear and stops."""
    example = network("numpy-dnn/311_1")
    assert notes(Case(example, "reference", Session([example]))) == []
