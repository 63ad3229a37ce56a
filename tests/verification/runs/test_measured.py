"""Quantities at an epoch, over its updates, and as formulas: against a loop that shares nothing with the suite."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.arithmetics.network_values import network_value
from verification.case import Case
from verification.runs.engine_numbers import EngineNumbers
from verification.session import Session
from verification.verdicts.verdict import Verdict, unit
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.claims import Claim, claims, quantity_of
from worked_examples.printed.moments import AVERAGED, BY_SAMPLES, LAST, SUMMED
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]
Array = np.ndarray[Any, Any]
X, T = np.array([[1, 0.5], [2, -1], [-0.5, 0.25]]), np.array([[1], [0.5], [0]])
ORDERS = ([0, 1, 2], [2, 0, 1])


def passed(weights: list[Array], x: Array) -> tuple[Array, Array]:
    """The outputs of both layers."""
    h = np.tanh(x @ weights[0] + weights[1])
    return h, 1 / (1 + np.exp(-(h @ weights[2] + weights[3])))


def loop(epochs: int) -> tuple[list[list[tuple[int, float, float]]], list[list[Array]]]:
    """Of every epoch, and of every batch in it before its update: samples, loss, sum of errors; and the weights after the epoch."""
    weights = [np.array([[0.5, -0.25], [0.75, 0.125]]), np.array([0.25, -0.5]), np.array([[0.5], [-0.75]]), np.array([0.25])]
    velocity, rows, after = [0 * array for array in weights], [], [list(weights)]
    for epoch in range(epochs):
        row = []
        for batch in (ORDERS[epoch % 2][:2], ORDERS[epoch % 2][2:]):
            x, t = X[batch], T[batch]
            h, y = passed(weights, x)
            row.append((len(batch), float(np.sum((y - t) ** 2) / 2), float(np.mean(np.abs(t - y)))))
            delta = (y - t) * y * (1 - y)
            hidden = delta @ weights[2].T * (1 - h**2)
            gradients = [x.T @ hidden, hidden.sum(axis=0), h.T @ delta, delta.sum(axis=0)]
            velocity = [0.9 * v - 0.5 / (1 + 0.1 * epoch) * g for v, g in zip(velocity, gradients, strict=True)]
            weights = [w + v for w, v in zip(weights, velocity, strict=True)]
        rows.append(row)
        after.append(list(weights))
    return rows, after


@pytest.fixture
def example(network: Network) -> NetworkExample:
    """The table of losses, with momentum and two batches an epoch."""
    return network("ours/loss-table")


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_what_is_taken_over_the_updates_is_what_a_program_sums(example: NetworkExample, engine: str) -> None:
    """Loss and a formula, of each batch before its own update."""
    rows, _ = loop(3)
    numbers = EngineNumbers(Case(example, engine, Session([example])))
    for epoch, row in enumerate(rows):
        losses, errors = [loss for _, loss, _ in row], [error for *_, error in row]
        by_samples = sum(count * error for count, _, error in row) / 3
        expected = {("loss", SUMMED): sum(losses), ("loss", AVERAGED): sum(losses) / 2, ("loss", LAST): losses[-1]}
        expected |= {("mae", SUMMED): sum(errors), ("mae", BY_SAMPLES): by_samples, ("mae", LAST): errors[-1]}
        for (words, over), value in expected.items():
            assert numbers.measured(quantity(words, example.formulas)._replace(over=over), epoch) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_further_data_are_passed_through_the_trained_network(example: NetworkExample, engine: str) -> None:
    """Before and after an epoch: outputs, loss, a formula, and a formula of both data."""
    _, after = loop(2)
    numbers = EngineNumbers(Case(example, engine, Session([example])))
    x, t = np.array([[0.5, 0.5], [1, -0.5]]), np.array([[1], [0]])
    for epoch in (0, 1):
        y = passed(after[epoch + 1], x)[1]
        gap = np.sum((y - t) ** 2) / 2 - np.sum((passed(after[epoch + 1], X)[1] - T) ** 2) / 2
        expected = {"output for test after update [1, 0]": y[1, 0], "loss for test after update": np.sum((y - t) ** 2) / 2}
        expected |= {"mae for test after update": np.mean(np.abs(y - t)), "gap after update": gap, "target for test [0]": 1}
        for words, value in expected.items():
            assert float(numbers.measured(quantity(words, example.formulas), epoch)) == pytest.approx(value, rel=1e-12)


def off_by_one(text: str) -> list[str]:
    """A printed number, one unit of its last place more and less."""
    return [f"{float(text) + sign * float(unit(text)):.{len(text.partition('.')[2])}f}" for sign in (1, -1)]


def of_formulas(example: NetworkExample) -> list[Claim]:
    """The claims but epochs."""
    return [claim for claim in claims(example) if quantity_of(example, claim).part != "epoch"]


@pytest.mark.parametrize("arithmetic", ["exact", "float64", "float32"])
def test_a_printed_number_is_confirmed_and_one_unit_off_is_not(example: NetworkExample, arithmetic: str) -> None:
    """In every arithmetic: formulas, further data, and what is taken over the updates."""
    case = Case(example, "torch", Session([example]))
    for claim in of_formulas(example):
        value = network_value(case, quantity_of(example, claim), claim.epoch, arithmetic)
        assert value
        wrong = {value.judge(text).verdict for text in off_by_one(claim.text)}
        if arithmetic != "float32" or len(claim.text.partition(".")[2]) <= 5:  # float32 may round the sixth differently
            assert value.judge(claim.text).verdict is Verdict.CONFIRMED
            assert Verdict.CONFIRMED not in wrong
        assert Verdict.UNDECIDED not in wrong or arithmetic != "exact"


def test_no_rounded_chain_is_made_of_them(example: NetworkExample) -> None:
    """No digit is certain there, so that nothing is claimed."""
    case = Case(example, "reference", Session([example]))
    for claim in of_formulas(example):
        value = network_value(case, quantity_of(example, claim), claim.epoch, "rounded chain")
        assert value
        assert not value.radius.is_finite()


@pytest.mark.parametrize("arithmetic", ["exact", "float64"])
def test_an_epoch_whose_updates_are_not_made_has_no_sum(example: NetworkExample, arithmetic: str) -> None:
    """The training ends after 10 epochs."""
    case = Case(example, "reference", Session([example]))
    summed = quantity("loss")._replace(over=SUMMED)
    assert network_value(case, summed, 9, arithmetic) is not None
    assert network_value(case, summed, 10, arithmetic) is None
    assert EngineNumbers(case).measured(summed, 10) is None


def test_a_formula_that_cannot_be_computed_is_told_with_its_name(example: NetworkExample) -> None:
    """The function, the operands with their shapes, and the reason."""
    changed = example.model_copy(update={"quantities": {**example.quantities, "mae": "output @ target"}})
    case = Case(changed, "torch", Session([changed]))
    with pytest.raises(FixtureError) as caught:
        EngineNumbers(case).measured(quantity("mae", changed.formulas), 0)
    message = "loss-table.toml: quantities.mae: 'mae' cannot be computed as 'dot' of output (3, 1), target (3, 1): "
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["0.45454543828964233", "0.45454545454545453"])
def test_a_program_may_keep_the_learning_rate_in_its_type_or_in_float64(example: NetworkExample, text: str) -> None:
    """Neither print is wrong in float32."""
    case = Case(example, "reference", Session([example]))
    value = network_value(case, quantity("learning rate"), 1, "float32")
    assert value
    assert value.judge(text).verdict in (Verdict.CONFIRMED, Verdict.UNDECIDED)
