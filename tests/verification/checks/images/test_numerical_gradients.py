"""The check of numerical gradients can fail."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array
from verification.case import Case
from verification.checks.images.numerical_gradients import beyond_bound, gradient, loss_of, rounding_of_loss
from verification.images.data import DIGITS, initial
from verification.images.training_runs import after_first_batch, on_first_batch
from verification.records import Findings, Outcome
from verification.rounding.error_bounds import flat
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
WithFault = Callable[..., Case[ImageExample]]
NUMERICAL = "dl-python/twolayer-numerical"


def test_an_injected_fault_is_caught(image_example: ImageExamples, with_fault: WithFault, judged: Judged) -> None:
    """Summed where the example averages, the gradient is not the numerical one; without the fault it is."""
    case = with_fault(image_example(NUMERICAL), "SumForMean")
    assert judged(case.on("reference"), "differences").problems == []
    (problem,) = judged(case, "differences").problems
    assert problem.startswith("parameter ")
    assert f", {DIGITS}: gradient " in problem


@pytest.mark.usefixtures("digits_for_mnist")
def test_a_fault_is_caught_in_a_sample_of_the_parameters(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged
) -> None:
    """On the page's images every 199th parameter is compared."""
    case = with_fault(image_example(NUMERICAL), "SumForMean")
    assert judged(case.on("reference"), "sampled_differences").problems == []
    assert ", mnist: gradient " in judged(case, "sampled_differences").problems[0]


def test_without_the_page_s_images_the_sample_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, image_example: ImageExamples, on_reference: OnReference, judged: Judged
) -> None:
    """The reason says that the data are not available."""
    monkeypatch.setenv("KERAS_HOME", "/nowhere")
    findings = judged(on_reference(image_example(NUMERICAL)), "sampled_differences")
    assert findings.outcome is Outcome.NOT_JUDGED
    assert findings.reason.startswith("data not available: ")


def test_the_loss_is_a_function_of_the_chosen_parameters(image_example: ImageExamples, on_reference: OnReference) -> None:
    """At the initial values it is the loss of the batch; another value of a chosen parameter changes it."""
    case = on_reference(image_example(NUMERICAL))
    first, start = on_first_batch(case, DIGITS), flat(initial(case.example, 64))
    chosen = np.array([start.size - 1])
    loss = loss_of(first.example, start, chosen)
    trainer = case.engine.trainer(first.example, "float64", compiled=False)
    assert loss(start[chosen]) == trainer.loss_on(*first.example.data.pair)
    assert loss(start[chosen] + 1) != loss(start[chosen])


def test_bounds_are_a_few_units_in_the_last_place(image_example: ImageExamples, on_reference: OnReference) -> None:
    """Rounding of the loss, and what the subtraction of parameters loses of the gradient."""
    case = on_reference(image_example(NUMERICAL))
    first = on_first_batch(case, DIGITS)
    before, after = flat(initial(case.example, 64)), flat(after_first_batch(first))
    computed, bound = gradient(before, after, 0.5)
    assert 0 < rounding_of_loss(first.example) < 1e-12
    assert computed.shape == bound.shape
    assert np.array_equal(computed, (before - after) / 0.5)
    assert 0 <= bound.min() < bound.max() < 1e-12


@pytest.mark.parametrize(
    ("value", "bound", "entries"),
    [
        (1.25, 0.25, []),
        (0.75, 0.25, []),
        (np.nextafter(1.25, 2), 0.25, [1]),
        (np.nextafter(0.75, 0), 0.25, [1]),
        (np.nan, 0.25, [1]),
        (np.inf, 0.25, [1]),
        (1.0, np.inf, [1]),
        (1.0, np.nan, [1]),
    ],
)
def test_a_gradient_is_within_its_bound_or_named(value: float, bound: float, entries: list[int]) -> None:
    """Both sides of the bound, and what is not a finite number."""
    vectors = np.array([1.0, value]), np.ones(2), np.array([0.25, bound])
    assert beyond_bound(*vectors) == entries


@pytest.mark.parametrize("other", [np.ones(0), np.ones(1), np.ones((2, 1)), np.array(1.0)])
def test_gradients_of_other_shapes_are_not_compared(other: Array) -> None:
    """Nothing is broadcast, on either side, and nothing is not compared with nothing."""
    two = np.ones(2)
    for vectors in ((other, two, two), (two, other, two), (two, two, other), (np.ones(0), np.ones(0), np.ones(0))):
        with pytest.raises(ValueError, match="gradients of the shapes"):
            beyond_bound(*vectors)
