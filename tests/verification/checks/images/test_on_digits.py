"""The checks on scikit-learn's handwritten digits can fail."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters.reference.training import Trainer
from verification.case import Case
from verification.check import message
from verification.checks.images.on_digits import divergence_bound, outputs_in_balls
from verification.images.data import DIGITS, as_network, initial, scaled
from verification.records import Findings
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
WithFault = Callable[..., Case[ImageExample]]
ONLINE, PRETRAINED = "numpy-dnn/325_2", "dl-python/mnist-pretrained"


@pytest.mark.parametrize(
    ("fault", "name", "check_name", "text"),
    [
        ("OwnOrder", ONLINE, "digits", "digits, after 768 updates: "),
        ("CountsAfter", ONLINE, "digits", "classified correctly, not "),
        ("Single", ONLINE, "digits", "digits: distance of the weights at the end "),
        ("OneRow", PRETRAINED, "outputs", "outputs, 20 at a time ["),
    ],
)
def test_an_injected_fault_is_caught(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged, fault: str, name: str, check_name: str, text: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    case = with_fault(image_example(name), fault)
    assert judged(case.on("reference"), check_name).problems == []
    findings = judged(case, check_name)
    assert any(text in problem for problem in findings.problems)
    assert message(findings, case.example).startswith(f"{name} on faulty (float64), {check_name}: {case.example.title}\n")


@pytest.mark.parametrize(
    ("fault", "text"), [("Single", "distance of the weights after 200 updates "), ("OwnOrder", "after 200 updates: ")]
)
def test_a_fault_of_the_compiled_loop_is_caught(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged, fault: str, text: str
) -> None:
    """Where only the compiled loop is wrong, it differs from the eager one."""
    case = with_fault(image_example(ONLINE), fault, only_compiled=True)
    assert any(problem.startswith(text) for problem in judged(case, "compiled").problems)


def test_the_bound_grows_with_the_updates_and_stays_below_what_float32_loses(
    image_example: ImageExamples, on_reference: OnReference
) -> None:
    """Ten times as many updates, a wider bound; it is computed once in a session."""
    case = on_reference(image_example(ONLINE))
    few, many = (divergence_bound(case, updates) for updates in (20, 200))
    assert 0 < few < many < 1e-7
    assert divergence_bound(case, 200) == many


def test_outputs_in_balls_are_those_in_float64(image_example: ImageExamples, on_reference: OnReference) -> None:
    """One row a digit, ten classes; a network of three layers on 64 pixels loses less than 1e-12."""
    case = on_reference(image_example(PRETRAINED))
    samples = scaled(case.session, DIGITS, "test", "255").rows(slice(5))
    x, network = samples.x, as_network(case.example, initial(case.example, 64), samples)
    balls, floats = outputs_in_balls(network, x, 53), Trainer(network, "float64").outputs_for(x, len(x))
    assert balls.shape == floats.shape == (5, 10)
    assert np.all(np.abs(np.asarray(balls, dtype=float) - floats) < 1e-12)
