"""The check of the first update can fail, and its bound is that of ball arithmetic."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from verification import exact_arithmetic
from verification.case import Case
from verification.checks.images.first_update import updated_in_balls
from verification.images.data import DIGITS
from verification.images.training_runs import first_batch
from verification.records import Findings
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]
OnReference = Callable[[ImageExample], Case[ImageExample]]
Judged = Callable[[Case[ImageExample], str], Findings]
WithFault = Callable[..., Case[ImageExample]]
ADAM, MEAN, ONLINE = "backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"


@pytest.mark.parametrize(
    ("fault", "name", "message"),
    [
        ("SumForMean", MEAN, "layer 1 kernel after the first update"),
        ("OutsideEpsilon", ADAM, "after the first update"),
        ("Single", ONLINE, "layer 1 kernel after the first update"),
    ],
)
def test_an_injected_fault_is_caught(
    image_example: ImageExamples, with_fault: WithFault, judged: Judged, fault: str, name: str, message: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    case = with_fault(image_example(name), fault)
    assert judged(case.on("reference"), "update").problems == []
    assert any(message in problem for problem in judged(case, "update").problems)


def test_correct_digits_are_recorded(image_example: ImageExamples, on_reference: OnReference, judged: Judged) -> None:
    """A float64 update has more than ten of them."""
    digits = judged(on_reference(image_example(MEAN)), "update").correct_digits["parameters"]
    assert digits == "exact" or digits > 10


def test_fewer_bits_give_wider_balls_around_the_same_update(image_example: ImageExamples, on_reference: OnReference) -> None:
    """The ball at 53 bits contains the one at high precision."""
    case = on_reference(image_example(ONLINE))
    exact, rough = (
        updated_in_balls(case.example, first_batch(case, DIGITS), bits)[0].bias for bits in (exact_arithmetic.EXACT, 53)
    )
    radii = np.asarray(exact_arithmetic.radius(rough), dtype=float)
    assert np.all(radii >= np.asarray(exact_arithmetic.radius(exact), dtype=float))
    assert radii.max() > 0
    with flint.ctx.workprec(exact_arithmetic.EXACT):
        assert all(wide.contains(narrow) for wide, narrow in zip(rough.ravel(), exact.ravel(), strict=True))
