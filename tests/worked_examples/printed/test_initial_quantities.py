"""Quantities at the initial parameters have the shapes that they are printed in; formulas that do not fit are refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from verification.case import Case
from verification.runs.engine_numbers import EngineNumbers
from verification.session import Session
from worked_examples import FixtureError, load
from worked_examples.printed.initial_quantities import InitialQuantities
from worked_examples.printed.quantities import quantity
from worked_examples.schema.kinds.network import NetworkExample

WORDS = (
    *("epoch", "learning rate", "loss", "loss per output", "loss per sample", "input", "target", "output", "gradient of input"),
    *("layer 1 kernel", "layer 1 bias", "layer 1 pre-activation", "layer 1 output", "gradient of layer 1 kernel"),
    *("gradient of layer 1 bias", "gradient of layer 2 pre-activation", "gradient of layer 1 output", "gradient of output"),
    *("mae", "delta", "right", "gap"),
)


@pytest.mark.parametrize("words", WORDS)
def test_every_quantity_has_the_shape_that_an_engine_gives(words: str, network: Callable[[str], NetworkExample]) -> None:
    """And the value."""
    example = network("ours/loss-table")
    named = quantity(words, example.formulas)
    numbers = EngineNumbers(Case(example, "reference", Session([example])))
    moment = numbers.moment(0, 0, "")
    assert moment is not None
    expected = numbers.operand(numbers.array(named, moment))
    found = InitialQuantities(example).array(named)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, np.asarray(expected, dtype=float), rtol=1e-12)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            'mae = "mean(target @ output)"',
            "quantities.mae: 'target @ output' cannot be computed as 'dot' of target (3, 1), output (3, 1): ",
        ),
        ('mae = "mean(output[:, 1])"', "quantities.mae: "),
        (
            'mae = "mean(reshape(output, (3,)))"',
            "quantities.mae: for test, ",
        ),
    ],
)
def test_a_formula_that_does_not_fit_is_refused_when_it_is_loaded(
    changed: Callable[[str, str, str], Path], new: str, message: str
) -> None:
    """With its name, its operands and their shapes; of further data too."""
    with pytest.raises(FixtureError) as caught:
        load(changed("ours/loss-table", 'mae = "mean(abs(target - output))"', new))
    assert str(caught.value).partition(".toml: ")[2].startswith(message), str(caught.value)


def test_of_further_data_only_what_the_fixture_names_must_fit(changed: Callable[[str, str, str], Path]) -> None:
    """A formula for the training data alone need not be one of other data."""
    mae = 'mae = "mean(abs(target - output))"'
    example = load(changed("ours/loss-table", mae, f'{mae}\nfirst = "reshape(output, (3,))"'))
    assert isinstance(example, NetworkExample)
    assert "first" in example.formulas
    assert "test" in example.further_data


def test_a_formula_may_be_no_number_at_the_initial_parameters(changed: Callable[[str, str, str], Path]) -> None:
    """A root of what is negative there may be one where it is printed; what has no value for any numbers is refused."""
    mae = 'mae = "mean(abs(target - output))"'
    example = load(changed("ours/loss-table", mae, f'{mae}\nroot = "sqrt(output - 1000)"'))
    assert isinstance(example, NetworkExample)
    assert "root" in example.formulas
    with pytest.raises(FixtureError, match=r"quantities\.root: "):
        load(changed("ours/loss-table", mae, f'{mae}\nroot = "output * (inf - inf)"'))
