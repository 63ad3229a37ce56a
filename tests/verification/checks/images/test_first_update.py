"""The check of the first update can fail."""

from collections.abc import Callable

import pytest

from verification.case import Case
from verification.check import message
from verification.records import Findings
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
WithFault = Callable[..., Case[ImageExample]]
ADAM, MEAN, ONLINE = "backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"


@pytest.mark.parametrize(
    ("fault", "name", "line"),
    [
        ("SumForMean", MEAN, "layer 1 kernel at epoch 1"),
        ("OutsideEpsilon", ADAM, "layer 1 kernel at epoch 1"),
        ("Single", ONLINE, "layer 1 kernel at epoch 1"),
    ],
)
def test_an_injected_fault_is_caught(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged, fault: str, name: str, line: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    case = with_fault(image_example(name), fault)
    assert judged(case.on("reference"), "update").problems == []
    findings = judged(case, "update")
    assert any(line in problem for problem in findings.problems)
    assert message(findings, case.example).startswith(f"{name} on faulty (float64), update: {case.example.title}\n")


def test_correct_digits_are_recorded(image_example: ImageExamples, on_reference: OnReference, judged: Judged) -> None:
    """A float64 update has more than ten of them."""
    digits = judged(on_reference(image_example(MEAN)), "update").correct_digits["parameters"]
    assert digits == "exact" or digits > 10
