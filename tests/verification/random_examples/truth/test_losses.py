"""Losses and penalties of the oracle: by hand, and term by term against PyTorch in float64."""

import math

import pytest
import torch
from torch.nn import functional

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.losses import LOSSES, Penalty
from verification.random_examples.truth.network import Network, data_loss, gradients, loss, terms
from verification.random_examples.truth.numbers import number, numbers, size

Y, T = numbers([["0.5", "0.25"]]), numbers([["1", "0"]])
LN2, LOGITS = math.log(2), math.log(1 + math.exp(-0.25))
BY_HAND = {
    "squared error": [0.25, 0.0625],
    "half squared error": [0.125, 0.03125],
    "mean squared error": [0.125, 0.03125],
    "cross entropy": [LN2, 0],
    "sparse cross entropy": [LN2, 0],
    "binary cross entropy": [LN2, math.log(4 / 3)],
    "cross entropy from logits": [LOGITS, 0],
    "binary cross entropy from logits": [math.log(1 + math.exp(-0.5)), math.log(1 + math.exp(0.25))],
    "hinge": [0.5, 1],
}


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_terms_are_those_by_hand(name: str) -> None:
    """Of the outputs 1/2 and 1/4, the targets 1 and 0: a term for each; a loss without an entry here fails."""
    assert [float(term) for term in LOSSES[name](Branches(), Y, T)[0]] == pytest.approx(BY_HAND[name], rel=1e-12)


@pytest.mark.parametrize(
    ("name", "of_torch"),
    [
        ("squared error", functional.mse_loss),
        ("binary cross entropy", functional.binary_cross_entropy),
        ("binary cross entropy from logits", functional.binary_cross_entropy_with_logits),
        ("hinge", lambda y, t, reduction: functional.hinge_embedding_loss(t * y, -torch.ones_like(y), reduction=reduction)),
    ],
)
def test_terms_are_those_of_torch(name: str, of_torch: object) -> None:
    """The second opinion, in float64."""
    y, t = numbers([["0.75", "0.125"], ["0.3", "0.9"]]), numbers([["1", "0"], ["0", "1"]])
    mine = torch.tensor(LOSSES[name](Branches(), y, t).astype(float), dtype=torch.float64)
    theirs = of_torch(*(torch.tensor(array.astype(float), dtype=torch.float64) for array in (y, t)), reduction="none")  # type: ignore[operator]
    assert torch.allclose(mine, theirs, rtol=1e-14, atol=0)


@pytest.mark.parametrize(
    ("reduction", "output_reduction", "expected"),
    [("sum", "sum", 7), ("mean", "sum", 3.5), ("sum", "mean", 3.5), ("mean", "mean", 1.75)],
)
def test_a_loss_is_reduced_over_samples_and_over_outputs(reduction: str, output_reduction: str, expected: float) -> None:
    """Squared errors 1, 1, 1 and 4 of two samples with two outputs; terms are divided by the outputs only."""
    network = Network(("identity",), "squared error", reduction, output_reduction)
    parameters, x, t = (numbers([["1", "1"]]), numbers(["0", "0"])), numbers([["1"], ["2"]]), numbers([["0", "2"], ["1", "0"]])
    of_outputs = terms(network, parameters, x, t)
    assert float(loss(network, parameters, x, t)) == float(data_loss(network, of_outputs)) == expected
    assert float(of_outputs[1, 1]) == (4 if output_reduction == "sum" else 2)


@pytest.mark.parametrize(("half", "expected"), [(False, 0.5 * 6 + 0.25 * 14), (True, 0.5 * 6 + 0.25 * 7)])
def test_a_penalty_is_the_weighted_sum_of_sizes_and_squares(half: bool, expected: float) -> None:
    """Of 1, -2 and 3 at the places 0 and 2; what is at place 1 is not penalized."""
    parameters = numbers([["1"], ["-2"]]), numbers(["7"]), numbers(["3"])
    assert float(Penalty(number("0.5"), number("0.25"), half, (0, 2)).of(parameters)) == expected
    assert size(Penalty(number("0"), number("1"), half, ()).of(parameters)) == 0


@pytest.mark.parametrize(("kernel", "slope"), [("1e-134", 0), ("0", 0), ("1e-90", 1), ("-1e-90", -1)])
def test_what_differences_leave_of_0_is_not_drawn_to_0_by_a_penalty(kernel: str, slope: int) -> None:
    """A step of Adam along 1e-140 makes a kernel of 1e-134, which is 0; 1e-90, nearer to 0 than a difference goes, is not."""
    network = Network(("identity",), "squared error", penalty=Penalty(number("1"), number("0"), half=False, places=(0,)))
    zero = numbers([["0"]])
    (by_kernel,) = gradients(network, (numbers([[kernel]]), numbers(["0"])), zero, zero, (0,))
    assert float(by_kernel[0, 0]) == pytest.approx(slope, abs=1e-15)


def test_a_loss_has_its_penalty() -> None:
    """The loss of the data is 0, the kernel 3."""
    network = Network(("identity",), "squared error", "mean", "mean", Penalty(number("1"), number("0"), half=False, places=(0,)))
    assert float(loss(network, (numbers([["3"]]), numbers(["0"])), numbers([["0"]]), numbers([["0"]]))) == 3
